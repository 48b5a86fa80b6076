"""Exploring: every kind of question (`lingyu.kernel.questions`) answered on journeys, bitmaps and SQL.

Holds pure functions over `Sequences`: what a log offers, and a plain file as well. Needs no Django to be
imported, and keeps nothing. Distinct counts are exact.
"""

from .asking import answer
from .sequences import Arrays, Day, Property, Sequences

__all__ = ["Arrays", "Day", "Property", "Sequences", "answer"]

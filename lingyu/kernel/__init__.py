"""Floor 0: the vocabulary of the house, in plain Python.

Holds what a fact, a metric, a reaction, a permission and an operation *are*.
Knows no Django, no database and no page; everything above is built from these values.
"""

"""Quotes for articles.

Holds `feathers.quotes` for the one purpose of this room.
"""

from functools import partial

from lingyu.community.feathers import quotes
from lingyu.community.feathers.quotes import BadQuote, Quote

from .purposes import UNLOCK

__all__ = ["BadQuote", "Quote", "quote", "read"]

quote = partial(quotes.quote, UNLOCK)
read = partial(quotes.read, UNLOCK)

"""What the rows of groups come to: the three KPIs, who is lost and why, who may be soon, who came and turned.

Holds arithmetic over rows that were read once (`book`); no pages and no words but those of reasons.
"""

from .book import Book, open_book

__all__ = ["Book", "open_book"]

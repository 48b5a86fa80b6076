"""The full-text index of each database, behind the same functions: put, drop, find.

Holds which one serves. `columns` of `put` are lists of tokens: title, keywords, body, near.
"""

from django.db import connection

from ..asking import Asked
from . import postgres, sqlite
from .base import Found, Wanted


def engine():
    """The module that speaks the database's own language."""
    return postgres if connection.vendor == "postgresql" else sqlite


def find(asked: Asked, wanted: Wanted, limit: int, offset: int = 0) -> Found:
    """The documents that meet every chunk of what was asked; signs alone ask for nothing."""
    return engine().find(asked, wanted, limit, offset) if asked else Found([], 0)

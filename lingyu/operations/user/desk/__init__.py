"""The desk's own pages, each in its own module; `reading` works out what they show."""

from .groups import groups
from .growth import growth
from .imports import imports
from .posts import posts
from .validity import validity
from .warnings import warnings

__all__ = ["groups", "growth", "imports", "posts", "validity", "warnings"]

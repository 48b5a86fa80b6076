"""Rows of the articles: columns, keywords, articles, revisions, working copies, features, readings.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

from .articles import BODY_LIMIT, FEATURED_LIMIT, Article, ArticleQuerySet, Feature, FeatureQuerySet
from .columns import Column, Keyword
from .readings import Readership, Reading
from .writing import COPY_LIMIT, Revision, WorkingCopy

__all__ = [
    "BODY_LIMIT",
    "COPY_LIMIT",
    "FEATURED_LIMIT",
    "Article",
    "ArticleQuerySet",
    "Column",
    "Feature",
    "FeatureQuerySet",
    "Keyword",
    "Readership",
    "Reading",
    "Revision",
    "WorkingCopy",
]

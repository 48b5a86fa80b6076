"""Fixtures that several tests of this room ask for; they are written where what they are about is written."""

from .known import article, link  # noqa: F401

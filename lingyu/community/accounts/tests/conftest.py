"""Fixtures that several tests of this room ask for; they are written where what they are about is written."""

from .known import home, kingfisher, traces  # noqa: F401
from .provider import providers  # noqa: F401

"""Views of a text, each with the way back to the writer's own characters."""

from .views import View

__all__ = ["View", "Views"]


class Views:
    """The views of one text, each made when it is first asked for."""

    original: str
    clean: View
    compact: View
    pinyin: View

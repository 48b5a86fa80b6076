"""Icons: Lucide's outlines as inline SVG, and our own feather.

An icon is decoration unless it carries a label; then it is an image with that name.
"""

from functools import lru_cache

import lucide
from markupsafe import Markup, escape

# Our own mark on Lucide's 24 x 24 grid: the vane, and the quill that parts it.
_VANE = (
    "M21 3C13.6 2.6 7.7 5.8 6 12.2c-.5 1.9-.6 3.8-.4 5.6 4.8.8 9-.6 11.6-4.2l-3.6.1 5-2.3"
    "c.8-1.5 1.4-3.1 1.8-4.8l-3.2.5 3.6-2.4c.1-.6.2-1.1.2-1.7z"
)
_QUILL = "M3.4 20.6C6.6 15.4 10.6 11.3 15.6 8.2"


@lru_cache(maxsize=1024)
def icon(name: str, size: int = 18, label: str | None = None) -> Markup:
    """The Lucide icon `name` at `size` pixels; hidden from screen readers unless it has a `label`.

    Raises lucide.IconDoesNotExist for a name that Lucide does not know.
    """
    spoken = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    svg = lucide._render_icon(name, size, stroke_width="1.75", focusable="false", **spoken)
    return Markup(svg.replace("<svg ", '<svg class="icon" ', 1))  # noqa: S704 - Lucide's own drawing


@lru_cache(maxsize=8)
def feather(size: int = 18) -> Markup:
    """Our feather as an outline in the text's colour."""
    return Markup(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" focusable="false" '
        'aria-hidden="true"><path d="{1}"/><path d="{2}"/></svg>'
    ).format(size, _VANE, _QUILL)


@lru_cache(maxsize=1)
def mark() -> Markup:
    """The brand's mark: the feather in white on kingfisher blue; `.mark` of cards.css colours it."""
    return Markup(
        '<span class="mark" aria-hidden="true"><svg viewBox="0 0 24 24" focusable="false">'
        '<path class="mark-vane" d="{}"/><path class="mark-quill" d="{}"/></svg></span>'
    ).format(_VANE, _QUILL)


def initial(name: str) -> str:
    """The letter that stands for a person without a picture: the last of a Chinese name, else the first."""
    name = name.strip()
    if not name:
        return "?"
    letter = name[-1] if "\u4e00" <= name[-1] <= "\u9fff" else name[0]
    return str(escape(letter.upper()))

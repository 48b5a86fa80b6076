"""QR codes, drawn here: an address as SVG within the page or beside it, or as a picture to keep.

Holds drawing only. No other server ever sees what is shared. Drawing takes some 20 ms, which is too
much for every article page: there, the code is an image of its own that is fetched when it comes into view.
"""

from functools import lru_cache
from io import BytesIO

import segno
from django.utils.translation import gettext as _
from markupsafe import Markup

# Four modules of quiet, as ISO/IEC 18004 asks; correction M survives a thumb and a recompressed picture.
QUIET, CORRECTION, PIXELS = 4, "m", 12


def drawn(address: str) -> Markup:
    """The QR code of an address as an SVG image, black on white whatever the theme."""
    spoken = Markup('<svg role="img" aria-label="{}" ').format(_("QR code of the link"))
    return spoken + _shape(address)


@lru_cache(maxsize=512)
def _shape(address: str) -> Markup:
    code = segno.make(address, error=CORRECTION, micro=False)
    svg = code.svg_inline(border=QUIET, omitsize=True, light="#fff", svgclass=None, lineclass=None)
    return Markup(svg.removeprefix("<svg "))  # noqa: S704 - segno's own drawing


def picture(address: str) -> bytes:
    """The same as a PNG file."""
    out = BytesIO()
    segno.make(address, error=CORRECTION, micro=False).save(out, kind="png", scale=PIXELS, border=QUIET)
    return out.getvalue()


@lru_cache(maxsize=512)
def vector(address: str) -> bytes:
    """The same as an SVG file."""
    out = BytesIO()
    code = segno.make(address, error=CORRECTION, micro=False)
    code.save(out, kind="svg", border=QUIET, omitsize=True, light="#fff", svgclass=None, lineclass=None)
    return out.getvalue()

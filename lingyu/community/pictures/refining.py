"""Refining: whatever bytes a browser sends become a plain still picture, or are refused with a reason.

The type is told by the content, never by the name. Nothing of the file but its pixels is kept: no place,
no camera, no script that hides behind the picture, no second file glued to its end. Keeps nothing itself.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from .addresses import SMALL, Address

MEGABYTE = 2**20
BYTES_LIMIT = 10 * MEGABYTE
# A picture of forty million pixels takes 160 MB to decode; what claims more is not decoded.
PIXELS_LIMIT = 40_000_000
WIDTH_LIMIT, HEIGHT_LIMIT = 1600, 4800
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = 84
# A drawing of few colours is kept exactly; a photograph is not worth it.
FEW_COLOURS = 4096


@dataclass(frozen=True)
class Refined:
    """A picture drawn anew: its address, its bytes, those of the smaller copy, and whether it moved."""

    address: Address
    full: bytes
    small: bytes | None
    was_moving: bool


def refine(data: bytes) -> Refined:
    """Decode `data` and encode it anew. Raises ValidationError for what is no picture, or too large.

    Of an animation the first frame is kept.
    """
    if len(data) > BYTES_LIMIT:
        raise ValidationError(
            _("The picture is larger than %(limit)d MB.") % {"limit": BYTES_LIMIT // MEGABYTE}, "bytes"
        )
    source = _opened(data)
    if source.width * source.height > PIXELS_LIMIT:
        raise ValidationError(
            _("The picture has %(width)d × %(height)d pixels; at most %(limit)d million are taken.")
            % {"width": source.width, "height": source.height, "limit": PIXELS_LIMIT // 1_000_000},
            "pixels",
        )
    moving = _moves(source)
    picture = _within(_pixels(source), WIDTH_LIMIT, HEIGHT_LIMIT)
    exact = source.format in {"PNG", "GIF"} and picture.getcolors(FEW_COLOURS) is not None
    full = _encoded(picture, exact)
    address = Address(hashlib.sha256(full).hexdigest()[:32], picture.width, picture.height)
    small = _encoded(_within(picture, SMALL, HEIGHT_LIMIT), False) if address.small_name else None
    return Refined(address, full, small, moving)


def _opened(data: bytes) -> Image.Image:
    """The picture with its head read and nothing decoded; only the formats that browsers send."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data), formats=FORMATS)
    except Exception as error:
        raise _unreadable() from error


def _moves(source: Image.Image) -> bool:
    """Whether there is a second frame; of a GIF, it is looked for."""
    try:
        return getattr(source, "is_animated", False)
    except Exception as error:
        raise _unreadable() from error


def _pixels(source: Image.Image) -> Image.Image:
    """Its first frame, upright, in plain sRGB with or without transparency."""
    try:
        source.draft("RGB", (WIDTH_LIMIT, WIDTH_LIMIT))
        source.load()
        picture = _in_srgb(ImageOps.exif_transpose(source))
        clear = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
        if picture.mode.startswith("I"):
            # Sixteen bits of grey.
            picture = picture.convert("I").point(lambda value: value / 256).convert("L")
        return picture.convert("RGBA" if clear else "RGB")
    # Decoders raise whatever comes: a broken file is a broken file.
    except Exception as error:
        raise _unreadable() from error


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "CMYK"}:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        # A profile that cannot be read: colours a little off are better than no picture.
        return picture


def _within(picture: Image.Image, width: int, height: int) -> Image.Image:
    factor = min(1, width / picture.width, height / picture.height)
    if factor == 1:
        return picture
    size = max(1, round(picture.width * factor)), max(1, round(picture.height * factor))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _encoded(picture: Image.Image, exact: bool) -> bytes:
    # A new canvas: nothing that hung on the old one is written.
    bare, written = Image.new(picture.mode, picture.size), io.BytesIO()
    bare.paste(picture)
    bare.save(written, "WEBP", lossless=exact, quality=60 if exact else QUALITY, method=3)
    return written.getvalue()


def _unreadable() -> ValidationError:
    return ValidationError(
        _("This is no picture that can be read. JPEG, PNG, WebP and GIF are taken."), "unreadable"
    )

"""Opening a picture from outside within limits: bytes, pixels, formats, and what else is in the file.

Holds no check of what the picture shows.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
# Beginnings of what has no business inside a picture: archives, programs, pages, scripts.
_INSIDE = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"Rar!\x1a\x07": "rar",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"%PDF-": "pdf",
    b"\x7fELF": "elf",
    b"<script": "script",
    b"<html": "html",
    b"<!doctype": "html",
    b"<?php": "php",
    b"<svg": "svg",
}
# Short beginnings come by chance in compressed pixels; after the picture's end nothing is chance.
_SURE_ANYWHERE = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"%PDF-",
    b"<script",
    b"<html",
    b"<!doctype",
    b"<?php",
    b"<svg",
)
_ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9", "GIF": b"\x3b"}
# Tolerated after the end: padding that some cameras write.
_PADDING = b"\x00 \r\n\t\xff"


class ImageRefused(ValueError):
    """The bytes are no picture within the limits; `code` is size, format, pixels or damaged."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Limits:
    """`bytes` of the file, `pixels` of its first frame, and the longest `side` that checks get to see."""

    bytes: int = 12 * 2**20
    pixels: int = 40_000_000
    side: int = 1_600


def opened(data: bytes, limits: Limits) -> Image.Image:
    """The first frame as RGB, no side longer than `limits.side`.

    Raises:
        ImageRefused: Too large, of another format, or damaged.
    """
    if len(data) > limits.bytes:
        raise ImageRefused("size", f"larger than {limits.bytes} bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > limits.pixels:
                raise ImageRefused("pixels", f"more than {limits.pixels} pixels")
            # JPEG can be read smaller at once, which bounds the memory.
            picture.draft("RGB", (limits.side, limits.side))
            picture = (
                picture.convert("RGBA") if "transparency" in picture.info or "A" in picture.mode else picture
            )
            flat = _flat(picture)
    except UnidentifiedImageError:
        raise ImageRefused("format", f"none of {', '.join(FORMATS)}") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ImageRefused("pixels", f"more than {limits.pixels} pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError, MemoryError) as error:
        if isinstance(error, ImageRefused):
            raise
        raise ImageRefused("damaged", "it can't be decoded") from None
    flat.thumbnail((limits.side, limits.side))
    return flat


def hidden(data: bytes) -> tuple[str, ...]:
    """What else a file holds beside its picture: kinds of files, or `trailing` for data after its end."""
    found = {_INSIDE[mark] for mark in _SURE_ANYWHERE if mark in data[8:].lower() or mark in data[8:]}
    after = _after(data)
    if after.strip(_PADDING):
        found |= {kind for mark, kind in _INSIDE.items() if mark in after}
        found = found or {"trailing"}
    return tuple(sorted(found))


def _flat(picture: Image.Image) -> Image.Image:
    """On white, as readers see it."""
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture).convert("RGB")


def _after(data: bytes) -> bytes:
    if data.startswith(b"RIFF"):
        return data[8 + int.from_bytes(data[4:8], "little") :]
    kind = "PNG" if data.startswith(b"\x89PNG") else "JPEG" if data.startswith(b"\xff\xd8") else "GIF"
    if kind == "PNG":
        place = data.find(_ENDS[kind])
    else:
        place = data.rfind(_ENDS[kind])
        # A file in front of the last end mark is found by its beginning (`_SURE_ANYWHERE`, or zip's here).
        inside = data.find(b"PK\x03\x04")
        if inside > 0 and data.rfind(b"PK\x05\x06") > inside:
            return data[inside:]
    return data[place + len(_ENDS[kind]) :] if place >= 0 else b""

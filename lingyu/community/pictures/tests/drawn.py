"""Pictures drawn for the tests, in every shape that a browser or an attacker sends."""

import io
import struct
import zlib

from PIL import Image, ImageDraw


def picture(width=900, height=600, form="PNG", mode="RGB", **options) -> bytes:
    """A picture with something on it."""
    drawn = Image.new(mode, (width, height), 200 if mode in {"L", "P"} else "#3366cc")
    if mode == "RGB":
        ImageDraw.Draw(drawn).rectangle((0, 0, width // 3, height // 3), fill="#ffffff")
    written = io.BytesIO()
    drawn.save(written, form, **options)
    return written.getvalue()


def noise(width, height, form="JPEG") -> bytes:
    """A picture that does not compress."""
    drawn = Image.effect_noise((width, height), 90).convert("RGB")
    written = io.BytesIO()
    drawn.save(written, form)
    return written.getvalue()


def moving(form="GIF") -> bytes:
    """An animation of three frames, the first of them red."""
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "lime", "blue")]
    written = io.BytesIO()
    frames[0].save(written, form, save_all=True, append_images=frames[1:], duration=100)
    return written.getvalue()


def bomb(side=30_000) -> bytes:
    """A small PNG that claims side × side pixels, and has them."""

    def chunk(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    rows = zlib.compress(bytes((side // 8 + 1) * 64), 9)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_place() -> bytes:
    """A JPEG lying on its side, with a camera and a place in its head."""
    drawn = Image.new("RGB", (200, 100), "white")
    ImageDraw.Draw(drawn).rectangle((0, 0, 40, 100), fill="red")
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter, clockwise
    exif[0x0110] = "Spy Camera 9"
    exif.get_ifd(0x8825)[2] = (31.0, 14.0, 0.0)
    written = io.BytesIO()
    drawn.save(written, "JPEG", exif=exif, quality=95)
    return written.getvalue()

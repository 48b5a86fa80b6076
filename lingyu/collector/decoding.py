"""From the bytes that were sent to values: what is compressed or wrapped is found out by looking, bounded.

Holds gzip, deflate, zstd and brotli (when their libraries are there), base64, LZString, JSON. Headers are
believed only where the bytes themselves say nothing. What comes out is capped while it comes out.
"""

import binascii
import json
import math
import re
import zlib
from typing import Any

import msgspec

from .lz import decompress as lz_decompress
from .wire import Refused

# Bytes of one body: as sent, and once decompressed.
SENT_LIMIT, BODY_LIMIT = 8 * 2**20, 20 * 2**20
# Characters of LZString's form, which is unpacked bit by bit.
LZ_LIMIT = 256 * 2**10
GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]+={0,2}\s*")
_json = msgspec.json.Decoder()


def inflate(body: bytes, encoding: str = "", limit: int = BODY_LIMIT) -> bytes:
    """The body without its compression, one layer. Raises Refused."""
    if body[:3] == GZIP:
        return _zlib(body, 31, limit)
    if body[:4] == ZSTD:
        return _zstd(body, limit)
    if encoding == "deflate":
        return _zlib(body, 15 if body[:1] == b"\x78" else -15, limit)
    if encoding == "br":
        return _brotli(body, limit)
    return within(body, limit)


def within(body: bytes, limit: int = BODY_LIMIT) -> bytes:
    """The body, unless it is too large."""
    if len(body) > limit:
        raise Refused(413, "body_too_large", "", f"> {limit}")
    return body


def _zlib(body: bytes, window: int, limit: int) -> bytes:
    engine = zlib.decompressobj(window)
    try:
        plain = engine.decompress(body, limit + 1)
    except zlib.error as error:
        raise Refused(400, "compression_broken", "", str(error)) from None
    if len(plain) > limit:
        raise Refused(413, "body_too_large", "", f"> {limit}")
    if not engine.eof:
        raise Refused(400, "compression_broken", "", "ends too early")
    return plain


def _zstd(body: bytes, limit: int) -> bytes:
    try:
        import zstandard
    except ImportError:
        raise Refused(415, "encoding_unknown", "Content-Encoding", "zstd") from None
    try:
        # The window is memory that the sender orders.
        engine = zstandard.ZstdDecompressor(max_window_size=8 * 2**20)
        with engine.stream_reader(body) as stream:
            plain = stream.read(limit + 1)
        promised = zstandard.get_frame_parameters(body).content_size
    except zstandard.ZstdError as error:
        raise Refused(400, "compression_broken", "", str(error)) from None
    if len(within(plain, limit)) < promised < zstandard.CONTENTSIZE_UNKNOWN:
        raise Refused(400, "compression_broken", "", "ends too early")
    return plain


def _brotli(body: bytes, limit: int) -> bytes:
    try:
        import brotli
    except ImportError:
        raise Refused(415, "encoding_unknown", "Content-Encoding", "br") from None
    try:
        engine = brotli.Decompressor()
        plain = engine.process(body, output_buffer_limit=limit + 1)
    except brotli.error as error:
        raise Refused(400, "compression_broken", "", str(error)) from None
    if len(plain) <= limit and not engine.is_finished():
        raise Refused(400, "compression_broken", "", "ends too early")
    return within(plain, limit)


def is_base64(text: bytes) -> bool:
    """Whether all of it is base64, in either alphabet."""
    return bool(text) and _BASE64.fullmatch(text) is not None


def unbase64(text: bytes | str) -> bytes:
    """What base64 (either alphabet, padded or not) stands for. Raises Refused."""
    raw = text.encode("utf-8", "replace") if isinstance(text, str) else text
    # In a form a plus sign that was not escaped has become a space.
    raw = raw.strip().replace(b" ", b"+").replace(b"-", b"+").replace(b"_", b"/").rstrip(b"=")
    try:
        return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4), strict_mode=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(400, "base64_broken", "data", str(error)) from None


def unlz(text: str, limit: int = BODY_LIMIT) -> bytes:
    """What LZString's base64 form stands for, as UTF-8. Raises Refused."""
    if len(text) > LZ_LIMIT:
        raise Refused(413, "body_too_large", "data", f"lz64 > {LZ_LIMIT}")
    try:
        # Its units are those of UTF-16, pairs of which are one character.
        units = lz_decompress(text, limit).encode("utf-16-le", "surrogatepass")
        return units.decode("utf-16-le", "replace").encode()
    except OverflowError:
        raise Refused(413, "body_too_large", "", f"> {limit}") from None
    except ValueError as error:
        raise Refused(400, "compression_broken", "data", str(error)) from None


def from_json(data: bytes) -> tuple[Any, str]:
    """The value and the code of what had to be mended, or nothing. Raises Refused.

    Python's `json` writes NaN, Infinity and half surrogates, which JSON has not: they become null and U+FFFD.
    """
    try:
        return _json.decode(data), ""
    except RecursionError:
        raise Refused(400, "json_too_deep") from None
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        return _lenient(data, error), "json_mended"


def _lenient(data: bytes, error: Exception) -> Any:
    try:
        text = data.decode("utf-8-sig", "replace")
        value = json.loads(text, parse_constant=lambda _: None, strict=False, parse_float=_finite)
    except RecursionError:
        raise Refused(400, "json_too_deep") from None
    except ValueError:
        raise Refused(400, "json_broken", "", str(error)) from None
    try:
        return _json.decode(json.dumps(value).encode("utf-8", "replace"))
    except (ValueError, RecursionError, msgspec.DecodeError):
        value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        return value


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None

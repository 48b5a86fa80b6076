"""From bytes to values: each compression by looking at it, bounded, and told when it is broken."""

import gzip
import json
import zlib

import pytest

from lingyu.collector.decoding import BODY_LIMIT, LZ_LIMIT, from_json, inflate, unbase64, unlz
from lingyu.collector.lz import decompress
from lingyu.collector.wire import Refused

PLAIN = json.dumps({"event": "买了", "n": list(range(50))}).encode()


def raw_deflate(data: bytes) -> bytes:
    """Deflate without zlib's head, as some send it under the same name."""
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(data) + engine.flush()


def zstd(data: bytes) -> bytes:
    """Compressed by zstd, whose library is an extra."""
    return pytest.importorskip("zstandard").compress(data)


def brotli(data: bytes) -> bytes:
    """Compressed by brotli, whose library is an extra."""
    return pytest.importorskip("brotli").compress(data)


@pytest.mark.parametrize(
    ("press", "named"),
    [
        (gzip.compress, ""),
        (gzip.compress, "gzip"),
        (gzip.compress, "br"),
        (zlib.compress, "deflate"),
        (raw_deflate, "deflate"),
        (zstd, ""),
        (brotli, "br"),
        (bytes, ""),
        (bytes, "gzip"),
    ],
)
def test_what_was_pressed_comes_out(press, named):
    assert inflate(press(PLAIN), named) == PLAIN


@pytest.mark.parametrize(
    ("press", "named"), [(gzip.compress, ""), (zlib.compress, "deflate"), (zstd, ""), (brotli, "br")]
)
def test_what_is_broken_is_refused_and_a_bomb_too(press, named):
    with pytest.raises(Refused) as refused:
        inflate(press(PLAIN)[:-20], named)
    assert refused.value.code == "compression_broken"
    with pytest.raises(Refused) as refused:
        inflate(press(b" " * (BODY_LIMIT + 1)), named)
    assert refused.value.code == "body_too_large"


# Made by pieroxy's lz-string 1.5 (`compressToBase64`).
LZ = {
    "a": "IZA=",
    "hello hello hello": "BYUwNmD2AEoTcpA=",
    '{"event":"$pageview"}': "N4IgpgbmB2AuIC4QBIAOBDA5pAlmA7iAL5A=",
    "茶茶茶😀": "mzBMvBuAD2g=",
}


@pytest.mark.parametrize("text", LZ)
def test_lzstring_in_base64_comes_out(text):
    assert unlz(LZ[text]) == text.encode()


def test_lzstring_is_bounded_and_what_is_none_is_refused():
    for broken in ("IZ", "!!!", "BYUwNmD2AEo"):
        with pytest.raises(Refused):
            unlz(broken)
    with pytest.raises(Refused):
        unlz("A" * (LZ_LIMIT + 1))
    with pytest.raises(OverflowError):
        decompress(LZ["hello hello hello"], 5)


@pytest.mark.parametrize("text", ["aGk+/w==", "aGk+/w", "aGk-_w==", "aGk /w==", " aGk+/w==\n"])
def test_base64_comes_in_two_alphabets_padded_or_not(text):
    assert unbase64(text) == b"hi>\xff"


def test_what_is_no_base64_is_refused():
    for text in ("a", "%%%", "aGk=aGk="):
        with pytest.raises(Refused):
            unbase64(text)


def test_json_that_is_none_is_told_and_what_python_writes_is_mended():
    assert from_json(PLAIN) == (json.loads(PLAIN), "")
    assert from_json(b'{"a":NaN,"b":-Infinity,"c":1e999}') == (
        {"a": None, "b": None, "c": None},
        "json_mended",
    )
    assert from_json(b"\xef\xbb\xbf{}") == ({}, "json_mended")
    for broken in (b"", b"{", b"[1,]", b"\xff\xfe"):
        with pytest.raises(Refused):
            from_json(broken)

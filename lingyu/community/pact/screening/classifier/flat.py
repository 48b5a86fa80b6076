"""The file of a model: a header in JSON, then the n-grams and their weights, packed.

Holds no code and nothing that is run when it is read: a file from elsewhere can be wrong, but not dangerous.

    8 bytes    LYMODEL2
    4 bytes    length of the header, little-endian
    header     JSON: name, heads, hits, about, counts, SHA-256 of the body
    body       LZMA of the n-grams, one a line in order, and the weights (signed roots, int8), head by head
"""

import hashlib
import json
import lzma
import struct
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from .model import Head, Model

MAGIC = b"LYMODEL2"
MOST_HEADER, MOST_FILE, MOST_UNPACKED = 2**20, 16 * 2**20, 128 * 2**20
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9}]


class ModelRefused(ValueError):
    """A file is no model of ours, or is damaged; says which file and what is wrong with it."""


def write(model: Model, path: Path) -> Model:
    """Write `model` to `path` in one step; returns it with its version, which follows from its content."""
    data = packed(model)
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(data)
    beside.replace(path)
    return replace(model, version=_version(data))


def packed(model: Model) -> bytes:
    """The bytes of a model's file; the same model gives the same bytes."""
    lines = "\n".join(model.grams).encode()
    columns = np.ascontiguousarray(model.weights.T, dtype=np.int8).tobytes()
    body = lzma.compress(lines + columns, format=lzma.FORMAT_RAW, filters=_FILTERS)
    header = {
        "name": model.name,
        "heads": [asdict(head) for head in model.heads],
        "hits": model.hits,
        "exclusive": model.exclusive,
        "governs": sorted(model.governs),
        "about": model.about,
        "grams": len(model.grams),
        "letters": len(lines),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    head = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
    return MAGIC + struct.pack("<I", len(head)) + head + body


def read(path: Path) -> Model:
    """The model of a file.

    Raises:
        ModelRefused: It can't be read, is no model, is damaged, or is larger than any of ours.
    """
    try:
        if path.stat().st_size > MOST_FILE:
            raise ModelRefused(f"{path}: larger than {MOST_FILE // 2**20} MB, so no model that lingyu wrote")
        data = path.read_bytes()
    except OSError as error:
        raise ModelRefused(f"{path}: {error.strerror}") from None
    try:
        return _unpacked(data)
    except (ValueError, KeyError, TypeError, lzma.LZMAError, struct.error) as error:
        raise ModelRefused(f"{path}: not a model written by `lingyu train-screen` ({error})") from None


def _unpacked(data: bytes) -> Model:
    if data[: len(MAGIC)] != MAGIC:
        raise ValueError("it does not begin like one")
    (size,) = struct.unpack_from("<I", data, len(MAGIC))
    if size > MOST_HEADER:
        raise ValueError("its header is too long")
    start = len(MAGIC) + 4
    header, body = json.loads(data[start : start + size]), data[start + size :]
    if hashlib.sha256(body).hexdigest() != header["sha256"]:
        raise ValueError("it is damaged: its checksum does not fit")
    heads = tuple(Head(**head) for head in header["heads"])
    count, letters = int(header["grams"]), int(header["letters"])
    whole = letters + count * len(heads)
    if min(count, letters) < 0 or whole > MOST_UNPACKED:
        raise ValueError("it would unpack to too much")
    plain = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=_FILTERS).decompress(body, max_length=whole + 1)
    grams = plain[:letters].decode().split("\n") if letters else []
    if len(plain) != whole or len(grams) != count:
        raise ValueError("its parts don't fit together")
    weights = np.frombuffer(plain, dtype=np.int8, offset=letters).reshape(len(heads), count)
    return Model(
        name=header["name"],
        heads=heads,
        grams=grams,
        weights=np.ascontiguousarray(weights.T),
        hits={key: [float(w) for w in row] for key, row in header["hits"].items() if len(row) == len(heads)},
        exclusive=bool(header["exclusive"]),
        governs=frozenset(header["governs"]),
        about=dict(header["about"]),
        version=_version(data),
    )


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]

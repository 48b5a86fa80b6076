"""Pictures: what they show is screened, what is missing is said, no file takes more than its share."""

import io
import struct
import zipfile
import zlib

import pytest
import segno
from PIL import Image

from lingyu.community.pact.clauses import load
from lingyu.community.pact.screening import Screener, Signal
from lingyu.community.pact.screening.images import (
    Check,
    ImageRefused,
    ImageScreener,
    Limits,
    Unavailable,
    available,
)
from lingyu.community.pact.screening.images.checks import CHECKS, NUDITY, OCR, QR, Read
from lingyu.community.pact.screening.images.opening import hidden, opened

pytestmark = pytest.mark.one_database


def picture(kind="PNG", size=(60, 40), **options) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **options)
    return made.getvalue()


def screener():
    """Finds 坏 wherever it is typed."""

    def step(scene):
        place = scene.post.text.find("坏")
        return [Signal("2.6", (place, place + 1), 0.8, "bank:abuse/坏")] if place >= 0 else []

    return Screener([], load()).having("banks", step)


def looking(*checks):
    return ImageScreener(screener(), checks)


def answering(name, **read):
    return Check(name, lambda shown: Read(**read))


def failing(name, error):
    def run(shown):
        raise error

    return Check(name, run)


def test_text_in_a_picture_is_screened_like_text_that_was_typed():
    seen = looking(answering(OCR, texts=("今天不", "坏"))).look(picture())
    assert seen.decision == "review"
    assert [(f.clause, f.evidence, f.by, f.field) for f in seen.findings] == [
        ("2.6", "坏", "image:ocr+bank:abuse/坏", "image:ocr")
    ]


def test_a_code_is_shown_to_a_human_with_what_it_says():
    seen = looking(answering(QR, texts=("https://example.com/坏",))).look(picture())
    assert [f.clause for f in seen.findings] == ["3.8", "2.6"]
    assert seen.findings[0].evidence == "https://example.com/坏"


def test_nudity_is_judged_by_its_score():
    assert looking(answering(NUDITY, score=0.1)).look(picture()).decision == "pass"
    seen = looking(answering(NUDITY, score=0.97)).look(picture())
    assert [(f.clause, f.score) for f in seen.findings] == [("4.3", 0.97)]


def test_a_missing_component_is_said_and_never_counts_as_looked_at():
    seen = looking(answering(QR), failing(OCR, Unavailable("rapidocr is not installed"))).look(picture())
    assert (seen.checked, seen.unchecked, seen.complete) == ((QR,), {OCR: "rapidocr is not installed"}, False)


def test_a_check_that_breaks_down_sends_the_picture_to_a_human():
    seen = looking(failing(QR, RuntimeError("secret"))).look(picture())
    assert (seen.decision, seen.unchecked) == ("review", {QR: "failed: RuntimeError"})


def test_every_real_check_says_whether_it_can_be_done_here():
    seen = ImageScreener(screener()).look(picture()) if not any(available().values()) else None
    assert set(available()) == {check.name for check in CHECKS}
    if seen:
        assert set(seen.unchecked) == {QR, OCR, NUDITY}


def test_a_real_code_is_read():
    made = io.BytesIO()
    segno.make("https://example.com/u").save(made, kind="png", scale=5)
    seen = ImageScreener(screener(), [c for c in CHECKS if c.name == QR]).look(made.getvalue())
    if available()[QR]:
        assert [f.evidence for f in seen.findings] == ["https://example.com/u"]
    else:
        assert "zxing-cpp" in seen.unchecked[QR]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_honest_pictures_hide_nothing(kind):
    assert hidden(picture(kind)) == ()


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "text")
    return made.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize(
    ("load_", "found"),
    [
        (zipped(), "zip"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"<script>alert(1)</script>", "script"),
        (b"\x01" * 64, "trailing"),
    ],
    ids=["zip", "pdf", "script", "data"],
)
def test_a_file_behind_the_picture_is_noticed(kind, load_, found):
    assert found in hidden(picture(kind) + load_)
    assert looking().look(picture(kind) + load_).decision == "review"


def test_a_script_in_a_comment_of_the_picture_is_noticed():
    assert hidden(picture("JPEG", comment=b"<script>alert(1)</script>")) == ("script",)


def bomb(side=30_000) -> bytes:
    """A PNG of a few kilobytes that says it is 30,000 pixels square."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bomb(), "pixels"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "format"),
        (picture("JPEG")[:200], "format"),
        (picture("PNG", (400, 400))[:-60], "damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format"),
        (b"", "format"),
        (picture("BMP"), "format"),
        (b"\0" * (13 * 2**20), "size"),
    ],
    ids=["bomb", "empty png", "cut jpeg", "cut png", "svg", "nothing", "bmp", "large"],
)
def test_what_is_no_picture_within_the_limits_is_refused(data, code):
    with pytest.raises(ImageRefused) as refused:
        looking().look(data)
    assert refused.value.code in {code, "damaged"}


def test_checks_see_no_more_pixels_than_allowed():
    assert max(opened(picture(size=(3_000, 200)), Limits(side=300)).size) == 300


def test_what_is_transparent_is_seen_on_white_as_readers_see_it():
    made = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(made, "PNG")
    assert opened(made.getvalue(), Limits()).getpixel((0, 0)) == (255, 255, 255)

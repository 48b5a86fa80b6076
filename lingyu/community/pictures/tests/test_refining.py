"""Bytes in, a plain picture out, or a reason."""

import io
import struct
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from lingyu.community.pictures import refining
from lingyu.community.pictures.addresses import SMALL, ours
from lingyu.community.pictures.refining import refine

from .drawn import bomb, moving, noise, picture, with_place


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_every_format_that_browsers_send_becomes_webp_of_the_same_size(form):
    refined = refine(picture(form=form))
    assert opened(refined.full).format == "WEBP"
    assert opened(refined.full).size == (900, 600) == (refined.address.width, refined.address.height)
    assert opened(refined.small).width == SMALL


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixels_is_understood(mode):
    assert opened(refine(picture(60, 40, mode=mode)).full).size == (60, 40)


def test_transparency_is_kept_and_paper_printing_colours_are_not():
    assert opened(refine(picture(60, 40, mode="RGBA")).full).mode in {"RGBA", "RGB"}
    clear = io.BytesIO()
    Image.new("RGBA", (60, 40), (0, 0, 0, 0)).save(clear, "PNG")
    assert opened(refine(clear.getvalue()).full).convert("RGBA").getpixel((5, 5))[3] == 0
    assert opened(refine(picture(60, 40, form="JPEG", mode="CMYK")).full).mode == "RGB"


def test_place_and_camera_are_gone_and_the_picture_stands_upright():
    refined = refine(with_place())
    shown = opened(refined.full)
    assert shown.size == (100, 200)
    assert not shown.getexif()
    assert b"Spy Camera" not in refined.full
    red, green, _blue = shown.convert("RGB").getpixel((50, 10))
    assert red > 200 > green


def test_a_wide_picture_is_made_smaller_and_a_small_one_has_no_second_copy():
    refined = refine(noise(2400, 900))
    assert (refined.address.width, refined.address.height) == (1600, 600)
    assert refine(picture(SMALL, 100)).small is None
    tall = refine(picture(100, 20_000))
    assert tall.address.height == refining.HEIGHT_LIMIT


def test_of_an_animation_the_first_frame_is_kept():
    refined = refine(moving())
    assert refined.was_moving
    shown = opened(refined.full)
    assert not getattr(shown, "is_animated", False)
    assert shown.convert("RGB").getpixel((5, 5))[0] > 200


def test_the_address_says_the_sizes_and_the_same_picture_has_the_same():
    first, second = refine(picture()).address, refine(picture()).address
    assert first == second == ours(first.url)
    assert first.srcset == (
        f"/pictures/file/{first.digest}-900x600-small.webp 720w, /pictures/file/{first.name} 900w"
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://e.example/pictures/file/" + "a" * 32 + "-9x9.webp",
        "/pictures/file/" + "a" * 32 + "-0x9.webp",
        "/pictures/file/" + "a" * 32 + "-9x9.webp?x",
        "/pictures/file/" + "a" * 32 + "-9x9.webp\n",
        "/pictures/file/../" + "a" * 32 + "-9x9.webp",
        "/pictures/file/" + "a" * 32 + "-9x9-small.webp",
        "//pictures/file/" + "a" * 32 + "-9x9.webp",
    ],
)
def test_an_address_that_only_looks_like_ours_is_not(url):
    assert ours(url) is None


LIES = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "php": b"<?php system($_GET['c']); ?>",
    "pdf": b"%PDF-1.7\n1 0 obj\n<< >>\nendobj",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "nothing": b"",
    "noughts": bytes(4096),
    "a head alone": picture()[:40],
    "half a picture": noise(300, 300)[:9000],
    "bmp": picture(form="BMP"),
    "tiff": picture(form="TIFF"),
    "icon": picture(64, 64, form="ICO"),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_what_is_no_picture_is_refused_whatever_it_is_called(lie):
    with pytest.raises(ValidationError) as refusal:
        refine(lie)
    assert refusal.value.code == "unreadable"


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_an_animation_that_breaks_off_anywhere_is_a_picture_or_is_refused(form):
    whole = moving(form)
    for length in range(0, len(whole), max(1, len(whole) // 300)):
        with suppress(ValidationError):
            refine(whole[:length])


def test_a_vast_animation_in_a_small_file_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(refining, "_pixels", lambda source: pytest.fail("it was decoded"))
    # The same frames on a canvas of 7,000 × 7,000.
    vast = b"GIF89a" + struct.pack("<HH", 7_000, 7_000) + moving()[10:]
    with pytest.raises(ValidationError) as refusal:
        refine(vast)
    assert refusal.value.code == "pixels"


def test_a_bomb_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(refining, "_pixels", lambda source: pytest.fail("it was decoded"))
    with pytest.raises(ValidationError) as refusal:
        refine(bomb())
    assert refusal.value.code in {"pixels", "unreadable"}
    with pytest.raises(ValidationError) as refusal:
        refine(bomb(7_000))
    assert refusal.value.code == "pixels"


def test_too_many_bytes_are_refused_before_they_are_opened(monkeypatch):
    monkeypatch.setattr(refining, "_opened", lambda data: pytest.fail("it was opened"))
    with pytest.raises(ValidationError) as refusal:
        refine(bytes(refining.BYTES_LIMIT + 1))
    assert refusal.value.code == "bytes"


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x03\x04 a zip", b"<?php echo 1 ?>"])
def test_what_is_glued_to_a_picture_is_not_kept(tail):
    for data in (noise(200, 200) + tail, picture(200, 200) + tail, picture(200, 200, form="GIF") + tail):
        assert tail not in refine(data).full


def test_what_hides_in_a_comment_is_not_kept():
    hidden = picture(200, 200, form="JPEG", comment=b"<script>alert(1)</script>")
    assert b"script" in hidden
    assert b"script" not in refine(hidden).full

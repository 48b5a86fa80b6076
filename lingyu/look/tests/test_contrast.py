"""Everything can be read: the colour tokens keep WCAG AA in both themes."""

import re

import pytest

from lingyu.look import contrast
from lingyu.look.jinja import STYLESHEETS

FOLDER = contrast.TOKENS.parent


def test_black_on_white_has_the_highest_contrast_there_is():
    assert contrast.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_every_pair_of_ink_and_ground_can_be_read_in_both_themes():
    assert contrast.failures() == []


def test_a_weak_pair_would_be_found(monkeypatch):
    monkeypatch.setattr(
        contrast, "tokens", lambda: {"ink": ("#999999", "#ffffff"), "card": ("#ffffff", "#000000")}
    )
    monkeypatch.setattr(contrast, "PAIRS", (("ink", "card", 4.5),))
    assert contrast.failures() == ["--ink on --card, light: 2.85 < 4.5"]


def test_every_style_sheet_is_linked_and_every_link_is_a_style_sheet():
    assert {p.stem for p in FOLDER.glob("*.css")} == set(STYLESHEETS)


@pytest.mark.parametrize("name", STYLESHEETS)
def test_a_style_sheet_uses_only_properties_that_exist_and_stays_short(name):
    css = {n: (FOLDER / f"{n}.css").read_text(encoding="utf-8") for n in STYLESHEETS}
    defined = set(re.findall(r"(--[\w-]+):", "".join(css.values())))
    assert set(re.findall(r"var\((--[\w-]+)", css[name])) <= defined
    assert css[name].count("\n") <= 250
    assert css[name].count("{") == css[name].count("}")

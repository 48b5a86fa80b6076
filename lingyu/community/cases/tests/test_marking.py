"""Where a finding points to in a text, and what is covered."""

import pytest

from lingyu.community.cases.reviewing.marking import MARKS, pictures, segments, shaded
from lingyu.community.pact.clauses import load

pytestmark = pytest.mark.one_database


def found(start, end, clause="3.1", field="text"):
    return {"span": [start, end], "clause": clause, "field": field}


def test_a_text_is_cut_where_findings_begin_and_end():
    cut = segments("加微信领资料", [found(1, 3), found(2, 5, "3.4")])
    assert [(s.text, s.clauses) for s in cut] == [
        ("加", ()),
        ("微", ("3.1",)),
        ("信", ("3.1", "3.4")),
        ("领资", ("3.4",)),
        ("料", ()),
    ]


def test_no_character_is_lost_or_doubled_whatever_the_spans():
    spans = [found(-5, 2), found(3, 99), found(4, 4), found(5, 2), found(0, 6), found(0, 6, field="title")]
    assert "".join(s.text for s in segments("加微信领资料", spans)) == "加微信领资料"
    assert segments("", spans) == []


def test_a_flood_of_findings_is_bounded():
    text = "字" * 5_000
    cut = segments(text, [found(n, n + 1) for n in range(5_000)])
    assert len(cut) <= 2 * MARKS + 1
    assert "".join(s.text for s in cut) == text


def test_what_is_vulgar_or_concerns_minors_is_covered():
    clauses = load().by_code
    assert shaded([clauses["4.5"]]) and shaded([None, clauses["1.12"]])
    assert not shaded([None, clauses["3.1"]])


def test_only_the_houses_own_pictures_are_shown():
    ours = "![a](/pictures/file/0a-3x4.webp)"
    text = f"{ours} ![b](https://elsewhere.example/b.png) ![c](//a.example/c) {ours} ![d](/accounts/logout/)"
    assert pictures(text) == ["/pictures/file/0a-3x4.webp"]
    assert pictures("![" * 100_000) == []

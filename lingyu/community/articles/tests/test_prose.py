"""Markdown in, safe HTML out."""

import uuid

import pytest

from lingyu.community.articles.addresses import long, short
from lingyu.community.articles.prose import minutes_to_read, render

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="#" onclick="x()">x</a>',
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    '```"><script>alert(1)</script>\n```',
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_survives_rendering(attack):
    html = render(attack).html.lower()
    for tag in ("<script", "<img", "<svg", 'href="javascript', 'href="data'):
        assert tag not in html
    assert "onclick=" not in html or "&lt;a" in html


def test_headings_begin_at_the_second_level_and_make_the_contents():
    prose = render("# 一\n\n## 二 `码`\n\n### 三 **重点**")
    assert prose.headings == [(2, "s1", "一"), (2, "s2", "二 码"), (3, "s3", "三 重点")]
    assert prose.html.startswith('<h2 id="s1">')


def test_tables_and_struck_out_words_are_understood():
    html = render("|a|b|\n|-|-|\n|1|~~2~~|").html
    assert "<th>a</th>" in html
    assert "<s>2</s>" in html


def test_a_picture_from_elsewhere_becomes_a_link():
    assert '<a href="https://e.example/x.png"' in render("![图](https://e.example/x.png)").html


def test_reading_time_counts_chinese_by_character_and_english_by_word():
    assert minutes_to_read("") == 1
    assert minutes_to_read("字" * 800) == 2
    assert minutes_to_read("字" * 801) == 3
    assert minutes_to_read("word " * 460) == 2
    assert minutes_to_read("字" * 400 + " word" * 230) == 2


def test_a_short_address_is_22_characters_and_leads_back():
    for value in (uuid.UUID(int=0), uuid.UUID(int=2**128 - 1), uuid.uuid4()):
        assert len(short(value)) == 22
        assert long(short(value)) == value
    with pytest.raises(ValueError):
        long("z" * 22)

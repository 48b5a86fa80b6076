"""Headline bait: a style, and a text that does not bear it out, are two things."""

import pytest

from lingyu.community.pact.clauses import examples
from lingyu.community.pact.screening import Post, Scene
from lingyu.community.pact.screening.headline import headline
from lingyu.community.pact.screening.headline.agreement import _value, agreement
from lingyu.community.pact.screening.normalise import Views
from tests.effort import LINEAR, growth

pytestmark = pytest.mark.one_database

BODY = (
    "记者走访发现，该品牌在杭州又开了两家新店，主打低糖饮品。店员介绍，周末排队要四十分钟，共有三千人试饮。"
)


def found(text, title=None, kind="article"):
    views = {"text": Views(text)} | ({"title": Views(title)} if title is not None else {})
    return list(headline().run(Scene(Post(text, kind=kind, title=title), views)))


def clauses(*args, **kwargs):
    return {s.clause for s in found(*args, **kwargs) if s.strength != "hint"}


@pytest.mark.parametrize("code", ["7.1", "7.2", "7.3"])
def test_every_golden_case_is_found_and_every_near_miss_is_not(code):
    both = examples()[code]
    assert len(both.hits) >= 20
    for hit in both.hits:
        assert code in clauses(hit.text, hit.title, hit.kind), hit.title
    for miss in both.misses:
        assert not clauses(miss.text, miss.title, miss.kind), miss.title


def test_the_same_calm_title_is_in_order_over_its_own_text_and_not_over_another():
    title = "奶茶品牌关闭三千家门店"
    own = "奶茶品牌本周宣布关闭三千家门店。" + BODY
    assert clauses(own, title) == set()
    assert clauses(BODY, title) == {"7.2"}


def test_titles_swapped_among_the_near_misses_are_mostly_noticed():
    articles = [e for code in ("7.1", "7.2", "7.3") for e in examples()[code].misses if e.kind == "article"]
    swapped = [
        agreement(Views(one.title).clean.text, Views(other.text).clean.text).shared
        for one, other in zip(articles, [*articles[7:], *articles[:7]], strict=True)
    ]
    own = [agreement(Views(e.title).clean.text, Views(e.text).clean.text).shared for e in articles]
    pairs = [(a, b) for a in own if a is not None for b in swapped if b is not None]
    area = sum((a > b) + 0.5 * (a == b) for a, b in pairs) / len(pairs)
    assert area > 0.95


def test_the_span_is_in_the_title_in_the_writers_own_characters():
    title = "細思極恐！你每天用的它，竟然是殺手！！"
    (signal,) = [s for s in found(BODY, title) if s.clause == "7.1"]
    assert signal.field == "title"
    assert title[slice(*signal.span)] in title
    assert "細思極恐" in title[slice(*signal.span)]


def test_talk_about_bait_is_no_bait():
    assert clauses(BODY, "“震惊体”标题是怎么流行起来的") == set()
    assert clauses(BODY, "网传奶茶店倒闭？品牌方：没有") == set()


def test_a_title_alone_is_judged_by_its_style_only():
    assert clauses("震惊！99%的人都不知道！！", kind="title") == {"7.1"}
    assert clauses("某奶茶品牌宣布关闭三千家门店", kind="title") == set()


def test_a_comment_is_not_looked_at():
    assert found("震惊！99%的人都不知道！！", kind="comment") == []


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("三千", 3000),
        ("3000", 3000),
        ("3,000", 3000),
        ("5万", 50_000),
        ("1.2亿", 120_000_000),
        ("二十六万", 260_000),
    ],
)
def test_figures_are_compared_by_what_they_amount_to(written, value):
    assert _value(written) == value


@pytest.mark.parametrize("part", ["这", "！", "“", "一二三", "这个竟"])
def test_the_time_for_a_hostile_title_grows_with_its_length_and_no_faster(part):
    assert growth(lambda size: found("正" * size, part * (size // len(part))), size=6_000) < LINEAR

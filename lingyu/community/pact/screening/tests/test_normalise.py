"""Views of a text: what they fold, and that every character leads back to the writer's own."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lingyu.community.pact.screening.normalise import View, Views
from lingyu.community.pact.screening.normalise.folding import KEPT, Table, plain, readings, shapes, syllables

pytestmark = pytest.mark.one_database

NAMES = ("clean", "compact", "pictured", "pinyin", "shape", "squeezed")
WILD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("赌博微信加我他妈的的的weixindubo 🐎❤️\u200b\u0336\u202e①㈠Ⅷ㎏ﬃ𝓥🅥１２３，。\n"),
    ),
    max_size=60,
)


def views_of(text: str) -> list[View]:
    """All views that a text has."""
    views = Views(text)
    return [view for name in NAMES if (view := getattr(views, name))]


@given(WILD)
@settings(max_examples=400, deadline=None)
@example("d\u0336u\u0336 Ｗｅｉｘｉｎ🐎㎏weixin 赌赌赌博")
@example("")
def test_every_view_leads_back_in_order_to_the_writers_characters(text):
    for view in views_of(text):
        assert len(view.text) == len(view.first) == len(view.last)
        assert list(view.first) == sorted(view.first) and list(view.last) == sorted(view.last)
        for place in range(len(view.text)):
            start, end = view.span(place, place + 1)
            assert 0 <= start < end <= len(text)


@given(WILD)
@settings(max_examples=300, deadline=None)
def test_a_character_of_the_clean_view_is_what_the_writers_character_folds_to(text):
    view = Views(text).clean
    table = plain()
    for place, character in enumerate(view.text):
        start, end = view.span(place, place + 1)
        assert character in table[text[start:end]]
    assert view.text == "".join(table[c] for c in text)


@given(WILD)
@settings(max_examples=300, deadline=None)
def test_folding_what_is_folded_changes_nothing(text):
    once = Views(text).clean.text
    assert Views(once).clean.text == once


@given(WILD)
@settings(max_examples=200, deadline=None)
def test_the_compact_view_is_the_clean_one_without_marks(text):
    views = Views(text)
    assert views.compact.text == "".join(filter(str.isalnum, views.clean.text))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ＷｅＣｈａｔ", "wechat"),
        ("賭博網站", "赌博网站"),
        ("赌\u200b博\u2060", "赌博"),
        ("赌\u0336\u0301博\u0489", "赌博"),
        ("\u202e博赌\u202c", "博赌"),
        ("ⓥⓧ🅥🆇", "vxvx"),
        ("𝓥𝓧𝟙①⑴❶１1️⃣", "vx11111" + "1"),
        ("ѵх", "vx"),
        ("αρρle", "apple"),
        ("⼀⽇", "一日"),
        ("㊙", "秘"),
        ("ﬃ㎏", "ffikg"),
        ("\ue000\u2800", ""),
    ],
)
def test_the_clean_view_reads(written, read):
    assert Views(written).clean.text == read


def test_letters_are_read_as_syllables_wherever_they_spell_some():
    assert Views("wei信").pinyin.text == Views("微xin").pinyin.text == Views("微信").pinyin.text
    assert Views("weixin").pinyin.text == Views("微信").pinyin.text
    assert Views("window").pinyin.text == "window"


def test_a_syllable_in_letters_leads_back_to_all_of_them():
    written = "加Ｗｅｉ-xin吧"
    view = Views(written).pinyin
    assert [written[slice(*view.span(n, n + 1))] for n in range(4)] == ["加", "Ｗｅｉ", "xin", "吧"]


def test_a_run_leads_back_to_all_of_it_and_where_there_is_none_there_is_no_view():
    assert Views("妈来了").squeezed is None
    written = "赌赌赌博博博"
    view = Views(written).squeezed
    assert view.text == "赌博" and written[slice(*view.span(0, 1))] == "赌赌赌"


def test_what_looks_alike_has_one_key_and_what_does_not_has_two():
    assert Views("睹").shape.text == Views("赌").shape.text
    assert Views("猫").shape.text != Views("赌").shape.text


def test_keys_of_sounds_and_looks_are_no_characters_of_a_folded_text():
    keys = {*syllables().values(), *shapes().values()}
    assert all(unicodedata.category(key) == "Co" for key in keys)
    assert Views("".join(sorted(keys))).clean.text == ""


def test_the_commonest_syllable_is_that_of_pypinyin():
    from pypinyin import lazy_pinyin

    several = [c for c in readings() if lazy_pinyin(c)[0].replace("ü", "v") != readings()[c]]
    assert not several


def test_a_text_of_all_code_points_leaves_no_table_of_them():
    table = Table(lambda character: character)
    for point in range(0x3000, 0x3000 + KEPT + 5_000):
        table[chr(point)]
    assert len(table) == KEPT


@pytest.mark.parametrize("span", [(0, 0), (2, 2), (0, 9)])
def test_a_range_that_stands_for_nothing_is_refused(span):
    with pytest.raises(IndexError):
        View.of("赌博").span(*span)

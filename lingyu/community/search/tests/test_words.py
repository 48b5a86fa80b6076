"""Text becomes words, pairs and sounds."""

from hypothesis import given
from hypothesis import strategies as st

from lingyu.community.search.asking import asked
from lingyu.community.search.highlights import highlight, snippet
from lingyu.community.search.traditional import SIMPLIFIED
from lingyu.community.search.words import fold, grams, sounds, syllables, words


def test_chinese_is_cut_into_words_and_words_inside_words():
    assert {"中华", "人民", "共和国", "中华人民共和国"} <= set(words("中华人民共和国"))
    assert words("gmv 增长 2026") == ["gmv", "增长", "2026"]


def test_width_case_and_compatibility_forms_are_evened_out_with_their_places():
    folded, origins = fold("ＧＭＶ㈱x")
    assert folded == "gmv(株)x"
    assert origins == [0, 1, 2, 3, 3, 3, 4]


def test_a_highlight_keeps_the_characters_in_which_it_was_written():
    assert highlight("社群運營週報", asked("运营")) == [("社群", False), ("運營", True), ("週報", False)]


def test_each_traditional_character_becomes_one_that_is_not():
    assert not {ord(simplified) for simplified in SIMPLIFIED.values()} & set(SIMPLIFIED)
    assert all(len(v) == 1 for v in SIMPLIFIED.values())


def test_every_pair_of_neighbouring_characters_is_indexed():
    assert grams("羽毛商城 shop 好") == ["羽毛", "毛商", "商城", "城", "好"]


def test_sounds_are_pairs_of_syllables_and_of_first_letters():
    assert sounds("运营周报") == ["pyunying", "pyingzhou", "pzhoubao", "pbao", "iyy", "iyz", "izb", "ib"]


def test_letters_are_read_as_pinyin_with_an_unfinished_end():
    assert syllables("yunying") == ["yun", "ying"]
    assert syllables("yunyingzh") == ["yun", "ying", "zh"]
    assert syllables("xian") == ["xian"]
    assert syllables("gmv") is None
    assert syllables("2026") is None


def test_a_highlight_is_of_the_readers_own_characters():
    assert highlight("羽毛ＧＭＶ报告", asked("gmv")) == [("羽毛", False), ("ＧＭＶ", True), ("报告", False)]
    assert highlight("社区运营周报", asked("yunying"), sounds=True) == [
        ("社区", False),
        ("运营", True),
        ("周报", False),
    ]
    assert highlight("社区运营周报", asked("yyzb"), sounds=True)[1] == ("运营周报", True)


def test_a_snippet_begins_shortly_before_the_first_hit():
    text = "前" * 300 + "羽毛" + "后" * 300
    pieces = snippet(text, asked("羽毛"))
    assert pieces[0][0].startswith("…")
    assert ("羽毛", True) in pieces
    assert pieces[-1] == ("…", False)


def test_a_character_read_in_two_ways_is_marked_as_it_is_meant():
    assert highlight("去银行重复一遍", asked("yinhang"), sounds=True)[1] == ("银行", True)
    assert highlight("去银行重复一遍", asked("chongfu"), sounds=True)[1] == ("重复", True)


def test_words_typed_together_are_marked_where_they_stand_apart():
    pieces = highlight("运营之后要复盘", asked("yunyingfupan"), sounds=True)
    assert [piece for piece, hit in pieces if hit] == ["运营", "复盘"]


def test_a_snippet_begins_shortly_before_what_sounds_like_it():
    text = "前" * 300 + "羽毛商城" + "后" * 300
    assert ("商城", True) in snippet(text, asked("shangcheng"))


@given(st.text(max_size=300), st.text(max_size=60))
def test_pieces_put_together_are_the_text_whatever_is_asked(text, typed):
    assert "".join(piece for piece, _hit in highlight(text, asked(typed), sounds=True)) == text


@given(st.text(max_size=3000))
def test_anything_typed_makes_a_question_within_its_limits(typed):
    question = asked(typed)
    assert len(question.typed) <= 100
    assert len(question.chunks) <= 8
    assert all(way for chunk in question.chunks for way in chunk.ways)

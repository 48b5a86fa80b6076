"""Banks and the automaton: what is found, what is allowed, what stands around; what a bad bank is told."""

import pytest

from lingyu.community.pact.clauses import load
from lingyu.community.pact.screening import Post
from lingyu.community.pact.screening.automaton import BankError, Lexicon, Term, read_banks

pytestmark = pytest.mark.one_database

HEAD = "term\tclause\tact\tscore\tnear\tunless\tnote\n"
ALLOW = "term\tnote\n"
HARMLESS = [
    "胃不舒服就吃三黄片。",
    "这个需求改来改去,大麻烦。",
    "他妈妈昨天来店里了。",
    "秋季女装上新,尺码齐全。",
    "江苏省会是南京。",
    "黄片糖和红糖怎么选?",
    "这件事真是大麻烦,他妈妈也没办法。",
]
HIDDEN = [
    ("赌博网站", ""),
    ("賭博網站", ""),
    ("赌\u200b博\u200b网\u200b站", ""),
    ("赌.博.网.站", "spaced"),
    ("赌 博 网 站", "spaced"),
    ("贝者博网站", "split"),
    ("赌博网z", "initial"),
    ("站网博赌", "reversed"),
    ("赌赌博博网网站站", "repeated"),
    ("du博网站", "pinyin"),
    ("du bo wang zhan", "pinyin"),
    ("ＤＵbowangzhan", "pinyin"),
    ("堵博网站", "homophone"),
    ("睹博网站", "homophone"),
    ("赌膊网站", "homophone"),
]


@pytest.mark.parametrize("text", HARMLESS)
def test_longer_harmless_words_are_let_through(shipped, text):
    verdict = shipped.screen(Post(text))
    assert verdict.decision == "pass", verdict.findings


def test_an_allow_word_swallows_the_term_in_it_and_nothing_else(knowing, clauses_of):
    screener = knowing(("他妈", "2.6", "review"), allowed=("他妈妈",))
    assert not clauses_of(screener, "他妈妈来了")
    assert clauses_of(screener, "他妈的,他妈妈来了") == {"2.6"}


def test_without_the_allow_word_the_term_is_found(knowing, clauses_of):
    assert clauses_of(knowing(("他妈", "2.6", "review")), "他妈妈来了") == {"2.6"}


@pytest.mark.parametrize(("written", "way"), HIDDEN)
def test_a_term_is_found_however_it_is_hidden_and_shown_as_it_was_written(knowing, written, way):
    text = f"朋友介绍的,{written},大家看看"
    verdict = knowing(("赌博网站", "1.8", "block")).screen(Post(text))
    assert verdict.lead == "1.8"
    assert verdict.findings[0].evidence == text[slice(*verdict.findings[0].span)] == written
    assert verdict.steps[0].signals[0].way == way


def test_what_is_sure_blocks_and_what_may_be_chance_is_for_people(knowing):
    screener = knowing(("赌博网站", "1.8", "block"))
    assert screener.screen(Post("赌*博*网*站")).decision == "block"
    assert screener.screen(Post("堵博网站")).decision == "review"


@pytest.mark.parametrize("text", ["去赌。博网站上看看", "人在赌\n博网站", "cduboy", "又堵又博取同情"])
def test_ends_of_sentences_and_halves_of_words_are_no_disguise(knowing, clauses_of, text):
    assert not clauses_of(knowing(("赌博", "1.8", "review")), text)


def test_an_emoji_is_read_as_what_it_stands_for(knowing, clauses_of):
    screener = knowing(("操你妈", "2.6", "review"))
    assert clauses_of(screener, "操你🐴") == {"2.6"}
    assert not clauses_of(screener, "骑着🐴")


def test_a_word_beside_a_term_is_needed_or_calls_it_off(knowing, clauses_of):
    near = knowing(("冰毒", "1.13", "review"), near=("出售",))
    assert clauses_of(near, "冰毒出售") == {"1.13"}
    assert not clauses_of(near, "冰毒" + "很远" * 20 + "出售")
    unless = knowing(("冰毒", "1.13", "review"), unless=("缉毒", "冰"))
    assert clauses_of(unless, "这里有冰毒") == {"1.13"}, "what is part of the term does not call it off"
    assert not clauses_of(unless, "缉毒警查获冰毒")


def test_a_longer_term_that_is_called_off_does_not_hide_the_shorter(knowing):
    terms = [
        Term("刷单兼职", "3.7", "review", 0.9, unless=("反诈",), bank="own"),
        Term("兼职", "3.1", "review", 0.6, bank="own"),
    ]
    screener = knowing()
    screener.steps[0].run.lexicon = Lexicon(terms)
    assert {f.clause for f in screener.screen(Post("反诈:刷单兼职")).findings} == {"3.1"}
    assert {f.clause for f in screener.screen(Post("刷单兼职")).findings} == {"3.7"}


def test_two_hints_make_a_finding_and_one_does_not(knowing, clauses_of):
    screener = knowing(("返现", "3.1", "hint"), ("好评", "3.1", "hint"))
    assert not clauses_of(screener, "好评是怎么来的")
    assert not clauses_of(screener, "好评好评好评"), "one hint thrice is one hint"
    assert clauses_of(screener, "好评返现") == {"3.1"}
    assert not clauses_of(screener, "好评" + "。中间隔得很远" * 60 + "返现")


def test_a_bank_is_looked_for_only_where_it_says(tmp_path):
    (tmp_path / "names.tsv").write_text(HEAD + "官方客服\t5.3\treview\t.9\n")
    (tmp_path / "scopes.toml").write_text('names = ["nickname"]\n')
    terms, _, _ = read_banks(tmp_path)
    assert terms[0].places == ("nickname",)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("赌\t1.8\tblock\t.9", r"own.tsv, row 2, term: '赌' has 1 characters"),
        ("赌博\t1.99\tblock\t.9", r"row 2, clause: the pact has no clause '1.99'"),
        ("赌博\t1.8\tdelete\t.9", r"row 2, act: 'delete'"),
        ("赌博\t1.8\tblock\tsure", r"row 2, score: 'sure'"),
        ("赌博\t1.8\tblock\t1.5", r"row 2, score: '1.5'"),
        ("赌博\t1.8\tblock\t.9\ta||b", r"row 2, near: an empty word"),
        ("赌博\t1.8\tblock\t.9\t\tb|", r"row 2, unless: an empty word"),
        ("赌博\t1.8\tblock\t.9\t\t\t\tmore", r"row 2: 8 fields, not 7"),
        ("赌博\t1.8\tblock\t.9\n賭博\t1.8\thint\t.1", r"row 3, term: 赌博 stands in own.tsv, row 2"),
        ("他妈妈\t2.6\thint\t.1", r"allow-own.tsv, row 2, term: 他妈妈 is a term of a bank"),
    ],
)
def test_what_is_wrong_with_a_bank_is_told_with_file_row_and_field(tmp_path, row, said):
    (tmp_path / "own.tsv").write_text(HEAD + row + "\n")
    (tmp_path / "allow-own.tsv").write_text(ALLOW + "他妈妈\tmother\n")
    with pytest.raises(BankError, match=said):
        read_banks(tmp_path, tuple(load().by_code))


def test_a_bank_without_its_header_or_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "own.tsv").write_text("赌博\t1.8\tblock\t.9\n")
    with pytest.raises(BankError, match="row 1: the header is"):
        read_banks(tmp_path)
    (tmp_path / "own.tsv").write_bytes((HEAD + "赌博\t1.8\tblock\t.9").encode("gb18030"))
    with pytest.raises(BankError, match="is not UTF-8"):
        read_banks(tmp_path)


def test_the_version_of_the_banks_changes_with_every_row(tmp_path):
    bank = tmp_path / "own.tsv"
    bank.write_text(HEAD + "赌博\t1.8\tblock\t.9\n")
    before = read_banks(tmp_path)[2]
    assert read_banks(tmp_path)[2] == before
    bank.write_text(HEAD + "赌博\t1.8\tblock\t.8\n")
    assert read_banks(tmp_path)[2] != before

"""The table of clauses in the bench: its arithmetic, on a screener of three words."""

import json
from dataclasses import replace
from random import Random

import pytest

from bench.screening_clauses import Row, Share, Written, as_json, as_markdown, falsely, mean, recall, table
from lingyu.community.pact.clauses import load
from lingyu.community.pact.screening import NamedStep, Post, Screener
from lingyu.community.pact.screening.automaton import Banks, Lexicon, Term
from lingyu.community.pact.screening.evasions import OPERATORS

pytestmark = pytest.mark.one_database


def knowing(*terms: tuple[str, str]) -> Screener:
    """A screener that knows these terms, (text, clause), and a classifier that finds nothing."""
    lexicon = Lexicon([Term(text, clause, "review", 0.9, bank="own") for text, clause in terms], ())
    steps = [NamedStep("banks", Banks(lexicon)), NamedStep("classifier", lambda scene: ())]
    return Screener(steps, load())


def test_what_a_disguise_hides_is_missing_from_its_share_and_from_no_other():
    written = [Written(Post("去赌博网站玩"), ((1, 5),)), Written(Post("去猪头三家"), ((1, 4),))]
    shares = recall(knowing(("赌博网站", "1.8"), ("猪头三", "2.6")), "1.8", written, Random(1))
    assert set(shares) == set(OPERATORS)
    assert shares["zero-width"] == Share(1, 2)
    blind = recall(knowing(("猪头三", "1.8")), "1.8", written[:1], Random(1))
    assert {share.found for share in blind.values()} == {0}


def test_only_the_places_that_give_it_away_are_disguised_and_letters_in_few_ways():
    one = Written(Post("看赌博网站和 abcd.com"), ((1, 5), (7, 15)))
    assert one.disguised("spaces", Random(1)).text.replace("\u3000", " ") == "看赌 博 网 站和 a b c d . c o m"
    assert one.disguised("initials-all", Random(1)).text == "看dbwz和 abcd.com"
    assert replace(one, places=((7, 15),)).disguised("initials-all", Random(1)) is None


def test_what_gives_a_title_away_is_disguised_in_the_title():
    post = Post("正文", kind="article", title="震惊:猪头三")
    changed = Written(post, ((3, 6),), "title").disguised("reversed", Random(1))
    assert (changed.title, changed.text, changed.kind) == ("震惊:三头猪", "正文", "article")


def test_a_text_counts_once_a_clause_and_once_in_all():
    screener = knowing(("赌博网站", "1.8"), ("猪头三", "2.6"))
    posts = [Post("赌博网站,赌博网站,猪头三"), Post("猪头三"), Post("早上好"), Post("晚上好")]
    assert falsely(screener, posts) == {"": Share(2, 4), "1.8": Share(1, 4), "2.6": Share(2, 4)}


def test_the_mean_counts_operators_and_leaves_out_what_was_not_tried():
    assert mean([Share(1, 1), Share(0, 99), Share(0, 0)]) == 0.5
    assert mean([]) is None
    assert Share(1, 2) + Share(3, 4) == Share(4, 6)


def test_every_clause_has_its_row_and_those_that_no_machine_finds_say_so():
    screener = knowing(("赌博网站", "1.8"))
    rows = table(screener, {"clean": ["早上好", "我家附近没有赌博网站"]})
    by_code = {row.code: row for row in rows}
    assert [row.code for row in rows] == [clause.code for clause in load().clauses]
    assert len(rows) == 55
    assert by_code["1.1"].hits == {} and by_code["1.1"].detection == "human-only"
    assert by_code["1.8"].false["clean"] == Share(1, 2)
    assert by_code["2.6"].false["clean"] == Share(0, 2)
    assert by_code["1.8"].terms["zero-width"] == Share(1, 1)
    lines = as_markdown(rows).splitlines()
    assert any(line.startswith("| 1.1 | human-only: not looked for") for line in lines)
    assert any(line.startswith(("| 1.8 | review", "| 1.8 | block")) for line in lines)


def test_both_forms_say_the_same_figures():
    row = Row("1.8", "automatic", "block", {n: Share(1, 3) for n in OPERATORS})
    row.false = row.bare = {"clean": Share(2, 1000)}
    [told] = json.loads(as_json([row]))
    assert told["hits"]["emoji"] == [1, 3] and told["false"]["clean"] == [2, 1000]
    text = as_markdown([row])
    assert f"| 1.8 | hits | 3 | {' | '.join(['33'] * 17)} |" in text
    assert "| 1.8 | block | 2 · 2 |" in text
    assert "clean (1,000)" in text

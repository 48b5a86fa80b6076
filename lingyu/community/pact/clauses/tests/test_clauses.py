"""The pact as it is shipped, and what reading it refuses."""

import pytest

from lingyu.community.pact.clauses import PactError, examples, load
from lingyu.community.pact.clauses.examples import read_examples
from lingyu.community.pact.clauses.reading import read

pytestmark = pytest.mark.one_database

COUNTS = {"1": 13, "2": 8, "3": 8, "4": 7, "5": 3, "6": 4, "7": 3, "8": 5, "9": 4}
CLAUSE = """
[[clause]]
code = "2.6"
zh = "谩骂"
en = "Abuse"
words_zh = "不骂人。"
words_en = "No abuse."
severity = 2
detection = "automatic"
strongest = "review"
"""
HEAD = 'code = "2"\nzh = "不友善"\nen = "Unfriendly"\n'


def test_the_pact_has_nine_clauses_with_fifty_five_sub_items():
    assert {c.code: len(c.clauses) for c in load().categories} == COUNTS
    assert len(load().by_code) == 55


def test_codes_count_up_within_their_category():
    for category in load().categories:
        assert [c.code for c in category.clauses] == [
            f"{category.code}.{n}" for n in range(1, COUNTS[category.code] + 1)
        ]


def test_a_machine_blocks_only_by_clauses_that_it_may_find():
    assert not [c.code for c in load().clauses if c.strongest == "block" and not c.automatic]


def test_every_clause_has_twenty_distinct_hits_and_twenty_distinct_near_misses():
    short = {}
    for clause in load().clauses:
        found = examples()[clause.code]
        for side in (found.hits, found.misses):
            if len({(e.text, e.title, e.before, e.others) for e in side}) < 20 or len(side) != len(set(side)):
                short[clause.code] = len(set(side))
        assert not set(found.hits) & set(found.misses), clause.code
    assert not short


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (CLAUSE.replace('"2.6"', '"3.6"'), "2-x.toml, clause 3.6: is not of category 2"),
        (CLAUSE.replace("severity = 2", "severity = 6"), "severity"),
        (CLAUSE.replace("severity = 2", "severity = true"), "severity"),
        (CLAUSE.replace('"automatic"', '"magic"'), "detection"),
        (CLAUSE.replace('"review"', '"delete"'), "strongest"),
        (CLAUSE.replace('words_en = "No abuse."', 'words_en = " "'), "words_en is missing or empty"),
        (CLAUSE + "colour = 3\n", "unknown field colour"),
        (CLAUSE + "minors = 3\n", "minors is true or false"),
        (CLAUSE * 2, "clause 2.6 stands twice"),
        ("[[", "2-x.toml"),
    ],
)
def test_what_is_wrong_with_a_clause_is_told_with_its_place(tmp_path, written, said):
    (tmp_path / "2-x.toml").write_text(HEAD + written)
    with pytest.raises(PactError, match=said):
        read(tmp_path)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('["2.6"]\nhits = [3]', "clause 2.6, hits 1"),
        ('["2.6"]\nhits = ["好", ""]', "clause 2.6, hits 2: text is missing"),
        ('["2.6"]\nhits = [{text="好", kind="poem"}]', "kind is one of"),
        ('["2.6"]\nhits = [{text="好", before="早"}]', "lists of texts"),
        ('["2.6"]\nhit = []', "holds hits and misses"),
    ],
)
def test_what_is_wrong_with_an_example_is_told_with_its_place(tmp_path, written, said):
    (tmp_path / "2-x.toml").write_text(written)
    with pytest.raises(PactError, match=said):
        read_examples(tmp_path)

"""Tables of terms: each complaint with file, row and field; a list from outside is tried on what is here."""

import pytest

from lingyu.community.cases import actions as cases
from lingyu.community.comments import actions as comments
from lingyu.community.pact.clauses import load
from lingyu.community.rulebook import outside, tables
from lingyu.store.intake.errors import FileRefused

CODES = load().by_code


def read(text, name="list.tsv", **defaults):
    """What a file with this text says."""
    data = text if isinstance(text, bytes) else text.encode()
    return tables.from_file(data, name, CODES, tables.Defaults(**defaults))


def test_ten_thousand_terms_with_errors_are_told_by_file_row_and_field_in_bounded_time():
    rows, wrong = ["term\tclause\tact\tscore\tnear\tunless\tnote"], {}
    for n in range(2, 10_002):
        term, clause, act, score, near = f"恶词{n:05d}号", "2.6", "review", "0.9", ""
        if n % 100 == 0:
            clause, wrong[n] = "99.9", "clause"
        elif n % 101 == 0:
            act, wrong[n] = "delete", "act"
        elif n % 103 == 0:
            score, wrong[n] = "许多", "score"
        elif n % 107 == 0:
            term, wrong[n] = "恶" * 41, "term"
        elif n % 109 == 0:
            near, wrong[n] = "甲||乙", "near"
        elif n == 7_778:
            term, wrong[n] = "恶词00002号", "term"
        rows.append("\t".join((term, clause, act, score, near, "", "")))
    found = read("\n".join(rows))
    assert found.rows == 10_000
    assert {c.row: c.field for c in found.complaints} == wrong
    assert {c.file for c in found.complaints} == {"list.tsv"}
    assert len(found.content["terms"]) == 10_000 - len(wrong)
    double = next(c for c in found.complaints if c.row == 7_778)
    assert "row 2 already" in double.message


def test_every_wrong_field_of_a_row_is_told():
    found = read("词,条款,处置,把握\n坏,9.99,删,-3\n")
    assert [c.field for c in found.complaints] == ["term", "clause", "act", "score"]
    assert found.content["terms"] == []


def test_a_list_of_words_alone_takes_what_was_said_for_all():
    found = read("敏感词\n坏东西\n", clause="2.6", act="hint", score=0.5, bank="outside")
    (term,) = found.content["terms"]
    assert (term["clause"], term["act"], term["score"], term["bank"]) == ("2.6", "hint", 0.5, "outside")


def test_a_row_may_withdraw_allow_and_allow_no_more():
    found = read("op\tterm\tclause\nwithdraw\t笨猪\t2.6\nallow\t笨猪年画\t\n取消放行\t老话一句\t\n")
    assert not found.complaints
    assert found.content == {
        "terms": [],
        "withdrawn": [["笨猪", "2.6"]],
        "allowed": ["笨猪年画"],
        "disallowed": ["老话一句"],
    }


@pytest.mark.parametrize(
    "text", ["", "名字\n甲乙\n", b"PK\x03\x04 no archive", b"\xff\xfe\x00", "term\n" + "甲乙\n" * 20_002]
)
def test_what_is_no_table_of_terms_is_refused_as_a_whole(text):
    with pytest.raises(FileRefused):
        read(text)


def test_what_a_table_of_another_encoding_says_is_read():
    assert (
        read("词\t条款\n讨厌鬼\t2.6\n烦人精\t2.6\n".encode("gb18030")).content["terms"][0]["text"] == "讨厌鬼"
    )


def test_a_list_from_outside_keeps_what_was_measured_and_tells_its_false_hits(say, dapeng):
    wrong = [say(f"你这个讨厌鬼，{n}") for n in range(4)] + [say("偶尔一见的词")]
    for n in range(4):
        comments.approve_comment(actor=dapeng, comment=say(f"女装店的装修不错，{n}"))
    for row in wrong:
        case = cases.look_at(actor=dapeng, subject=f"comment:{row.id}")
        cases.decide(actor=dapeng, case=case, outcome="violation", lead="2.6")
    rows = read("term\n讨厌鬼\n女装\n偶尔\n没有的词\n", clause="2.6").content["terms"]
    report = outside.measured(rows)
    assert [row["text"] for row in report.kept] == ["讨厌鬼"]
    assert {t.row["text"]: t.verdict for t in report.terms} == {
        "讨厌鬼": "kept",
        "女装": "wrong",
        "偶尔": "few",
        "没有的词": "unseen",
    }
    (false,) = report.of("wrong")
    assert (false.wrong, false.right) == (4, 0)
    text, (start, end) = false.examples[0]
    assert text[start:end] == "女装"
    assert (report.approved, report.confirmed) == (5, 5)

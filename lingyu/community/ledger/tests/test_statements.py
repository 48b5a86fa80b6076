"""A downloaded statement is checked with nothing but the file."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from lingyu.community.ledger import actions as ledger

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)


@pytest.fixture
def statement(luren, client_of, tmp_path):
    """The file that the site gives a member who earned, spent and was given back."""
    words = {"member": luren.id, "cause": "quiz.right", "at": NOON}
    ledger.issue(**words, amount=20, key="a", subject="文章, “一”", about={"rule": "quiz", "n": [1, None]})
    ledger.spend(**words, amount=12, key="b", subject="article:2")
    ledger.refund(key="b", refund_key="c", at=NOON, amount=5)
    path = tmp_path / "feathers.csv"
    answer = client_of(luren).get(reverse("my_statement"))
    path.write_bytes(b"".join(answer.streaming_content))
    return path


def test_a_statement_as_it_was_downloaded_is_sound(statement, capsys):
    call_command("verify-statement", str(statement))
    said = capsys.readouterr().out
    assert "3" in said and "13" in said


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('""amount"":20', '""amount"":21'),
        ('""balance"":8', '""balance"":9'),
        ("quiz.right", "quiz.wrong"),
        ("“一”", "“二”"),
        ("2026-05-01T04:00:00.000000+00:00", "2026-05-01T04:00:00.000001+00:00"),
        ('""number"":2', '""number"":7'),
    ],
)
def test_a_statement_that_was_changed_is_found(statement, before, after):
    text = statement.read_text(encoding="utf-8-sig")
    assert before in text
    statement.write_text(text.replace(before, after))
    with pytest.raises(SystemExit):
        call_command("verify-statement", str(statement))


def test_a_line_that_is_missing_is_missed(statement):
    lines = statement.read_text().splitlines(keepends=True)
    statement.write_text("".join([lines[0], lines[1], *lines[3:]]))
    with pytest.raises(SystemExit):
        call_command("verify-statement", str(statement))


def test_what_is_no_statement_is_said_to_be_none(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    for file in (str(path), str(tmp_path / "missing.csv")):
        with pytest.raises(CommandError):
            call_command("verify-statement", file)


def test_a_digest_that_is_expected_is_asked_for(statement, capsys):
    ledger.seal(at=NOON)
    call_command("verify-ledger", "--json")
    digest = json.loads(capsys.readouterr().out)["digest"]
    call_command("verify-ledger", "--json", "--expect", digest)
    with pytest.raises(SystemExit):
        call_command("verify-ledger", "--json", "--expect", "0" * 64)

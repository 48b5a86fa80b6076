"""Lines in, lines out, in order, whatever a line holds."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from lingyu.community.pact.screening import lines

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[5]


def answered(screener, *given: bytes, **options) -> list[dict]:
    """The answers to lines."""
    stream = io.BytesIO(b"\n".join(given))
    return [json.loads(answer) for answer, _ in lines.answers(stream, screener, **options)]


def line(**post) -> bytes:
    """A post as a line."""
    return json.dumps(post, ensure_ascii=False).encode("utf-8", "surrogatepass")


def test_a_verdict_has_the_fields_that_are_promised(knowing):
    screener = knowing(("赌博网站", "1.8", "block"))
    [answer] = answered(screener, line(id="7", kind="comment", text="去赌博网站"))
    assert list(answer) == ["id", "decision", "lead", "findings", "versions"]
    assert (answer["id"], answer["decision"], answer["lead"]) == ("7", "block", "1.8")
    assert answer["findings"] == [
        {"clause": "1.8", "span": [1, 5], "evidence": "赌博网站", "score": 0.95, "by": "bank:own/赌博网站"}
    ]


def test_answers_come_in_order_and_a_line_that_is_no_post_is_answered_too(knowing):
    given = [
        line(id=1, text="好"),
        b"{",
        line(id=3),
        line(id=4, text=5),
        line(id=5, text="好", kind="poem"),
        line(id=6, text="好", title=3),
        line(id=7, text="好", before="早"),
        b"[" * 100_000,
        b"\xff\xfe",
        line(id=[1], text="好"),
        b"",
        line(id=None, text="好"),
        b'{"id": 9, "text": "\\ud800"}',
    ]
    answers = answered(knowing(), *given)
    assert [a["id"] for a in answers] == [1, None, 3, 4, 5, 6, 7, None, None, None, None, 9]
    assert ["error" in a for a in answers] == [False, *[True] * 9, False, False]


def test_a_line_without_end_is_answered_and_the_next_one_read(knowing, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST", 1_000)
    answers = answered(knowing(), line(id=1, text="好" * 5_000), line(id=2, text="好"))
    assert "longer than" in answers[0]["error"] and answers[1]["decision"] == "pass"


def test_the_trace_tells_what_each_step_did(knowing):
    [answer] = answered(knowing(("赌博网站", "1.8", "block")), line(text="赌-博-网-站"), trace=True)
    assert [step["step"] for step in answer["steps"]] == ["banks"]
    assert answer["steps"][0]["signals"][0]["way"] == "spaced"


def test_importing_the_screener_needs_no_django_and_reads_no_dictionary():
    program = (
        "import lingyu.community.pact.screening; import sys;"
        "print('django' in sys.modules, 'rjieba' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]

"""Posts as JSON lines in, verdicts as JSON lines out: in order, one by one, whatever a line holds.

In:  {"id", "kind": "comment|title|article|nickname", "text", "title"?, "before"?, "others"?}
Out: {"id", "decision", "lead", "findings": [{"clause", "span", "evidence", "score", "by"}], "versions"}
A line that is no post is answered with {"id", "error"}. A finding in a title says so ("field"); a verdict
that needs a human for want of a whole reading says why ("reason").
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

from .deciding import Screener
from .steps import Post, Verdict

LONGEST = 16_000_000  # bytes of a line
_TEXTS = ("before", "others")


class NoPost(ValueError):
    """A line that is no post; `id` is what it calls itself, if that much can be read."""

    def __init__(self, message: str, id: str | int | None = None) -> None:
        super().__init__(message)
        self.id = id


def answers(lines: BinaryIO, screener: Screener, trace: bool = False) -> Iterator[tuple[str, bool]]:
    """For every line that is not blank its answer, without line break, and whether it was a post."""
    for line in _read(lines):
        if not line.strip():
            continue
        try:
            id, post = parsed(line)
            answer, good = told(screener.screen(post), id, trace), True
        except NoPost as problem:
            answer, good = {"id": problem.id, "error": str(problem)}, False
        yield _written(answer), good


def parsed(line: bytes) -> tuple[str | int | None, Post]:
    """The id of a line as it was written, and its post.

    Raises:
        NoPost: The line is too long, no JSON object, or a field is missing or of the wrong type.
    """
    if len(line) >= LONGEST:
        raise NoPost(f"the line is longer than {LONGEST} bytes")
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NoPost(f"no JSON: {error}") from error
    if not isinstance(entry, dict):
        raise NoPost("no JSON object")
    id = entry.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int | None):
        raise NoPost("id is neither a string nor a whole number")
    kind, text, title = entry.get("kind", "comment"), entry.get("text"), entry.get("title")
    if kind not in ("comment", "title", "article", "nickname"):
        raise NoPost("kind is none of comment, title, article, nickname", id)
    if not isinstance(text, str):
        raise NoPost("text is missing or no string", id)
    if title is not None and not isinstance(title, str):
        raise NoPost("title is no string", id)
    lists = {name: entry.get(name) or [] for name in _TEXTS}
    for name, texts in lists.items():
        if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
            raise NoPost(f"{name} is no list of strings", id)
    more = {name: tuple(texts) for name, texts in lists.items()}
    return id, Post(text=text, id=str(id), kind=kind, title=title, **more)


def told(verdict: Verdict, id: str | int | None, trace: bool = False) -> dict:
    """A verdict as its line says it."""
    findings = []
    for found in verdict.findings:
        entry = {"clause": found.clause, "span": list(found.span), "evidence": found.evidence}
        entry |= {"score": found.score, "by": found.by}
        findings.append(entry if found.field == "text" else {**entry, "field": found.field})
    answer = {"id": id, "decision": verdict.decision, "lead": verdict.lead, "findings": findings}
    answer["versions"] = dict(verdict.versions)
    if verdict.reason:
        answer["reason"] = verdict.reason
    if trace:
        answer["steps"] = [
            {
                "step": step.step,
                "microseconds": step.microseconds,
                "failed": step.failed or None,
                "signals": [
                    {
                        "clause": s.clause,
                        "field": s.field,
                        "span": list(s.span),
                        "score": round(s.score, 4),
                        "by": s.by,
                        "strength": s.strength,
                        "way": s.way,
                    }
                    for s in step.signals
                ],
            }
            for step in verdict.steps
        ]
    return answer


def _read(lines: BinaryIO) -> Iterator[bytes]:
    """Lines, each cut at `LONGEST` bytes: the rest of it is read and forgotten."""
    while line := lines.readline(LONGEST):
        rest = line
        while len(rest) >= LONGEST and not rest.endswith(b"\n"):
            rest = lines.readline(LONGEST)
        yield line


def _written(answer: dict) -> str:
    written = json.dumps(answer, ensure_ascii=False, separators=(", ", ": "))
    try:
        written.encode()
    except UnicodeEncodeError:  # half a character, which UTF-8 cannot say
        return json.dumps(answer)
    return written

"""Answers as other programs and people read them: a JSON object, flat rows, a table to look at.

Holds no translation: whoever shows an answer hands in how its caveats are said.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from lingyu.kernel.questions import Answer, Caveat

DASH = "–"


def record(answer: Answer, say: Callable[[Caveat], str] = str) -> dict[str, Any]:
    """The answer as a JSON object: what `docs/guide/analyse.md` describes."""
    plain = msgspec.to_builtins(answer)
    return plain | {"caveats": [{"code": c.code, "text": say(c), "params": c.params} for c in answer.caveats]}


def cells(answer: Answer) -> list[list[Any]]:
    """The rows in the order of the columns."""
    return [[row[column.name] for column in answer.columns] for row in answer.rows]


def table(answer: Answer) -> tuple[list[str], list[list[str]]]:
    """Heads and cells to look at; retention as the triangle that it is."""
    if answer.kind == "retention":
        return _triangle(answer)
    heads = [column.name for column in answer.columns]
    kinds = [column.kind for column in answer.columns]
    return heads, [[shown(v, k) for v, k in zip(row, kinds, strict=True)] for row in cells(answer)]


def _triangle(answer: Answer) -> tuple[list[str], list[list[str]]]:
    """A line a cohort, a column a span of units; the last line is over all cohorts that are so far."""
    spans = [
        str(c["n"]) if c["n"] == c["last"] else f"{c['n']}–{c['last']}" for c in answer.totals["columns"]
    ]
    lines: dict[str, list[str]] = {}
    for row in answer.rows:
        line = lines.setdefault(row["cohort"], [row["cohort"], str(row["size"])])
        line.append(shown(row["share"], "share"))
    total = ["", str(answer.totals["size"])]
    total += [shown(c["share"], "share") for c in answer.totals["columns"]]
    return ["cohort", "size", *spans], [*lines.values(), total]


def shown(value: Any, kind: str) -> str:
    """One value for the eye."""
    if value is None:
        return DASH
    if kind == "share":
        return f"{value * 100:.1f} %"
    if kind in ("number", "seconds"):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    return f"{value:,}" if kind == "whole" else str(value)

"""A funnel: bars from step to step, with what is lost and how long it takes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lingyu.kernel.questions import ANY

from ..asking import Asked
from ..source import Found
from .parts import Figure, Shown, duration, named


@dataclass(frozen=True)
class Bar:
    """One step's bar: its width and what was lost before it in percent of the first step, and its numbers."""

    number: int
    label: str
    row: dict
    width: float
    gone: float
    median: str | None
    mean: str | None


@dataclass(frozen=True)
class Bars:
    """The bars of one group, or of all."""

    name: str
    bars: tuple[Bar, ...]


def funnel(asked: Asked, found: Found) -> Shown:
    """What to show of a funnel."""
    answer, question = found.answer, asked.question
    groups: dict[str | None, list[dict]] = {}
    for row in answer.rows:
        groups.setdefault(row.get("group"), []).append(row)
    labels = [step.label or _called(step) for step in question.steps]
    if question.order == "any":
        labels = [_("Any %(number)s of the steps") % {"number": n} for n in range(1, len(labels) + 1)]
    by = bool(question.by)
    own = [Bars(named(name) if by else "", tuple(_bars(rows, labels))) for name, rows in groups.items()]
    return Shown(
        figures=_figures(asked, answer.totals),
        columns=_columns(by),
        rows=[_row(row, labels) for row in answer.rows],
        own=own,
        empty=not answer.totals["entered"],
    )


def _called(step) -> str:
    name = _("Any event") if step.event == ANY else step.event
    return name if step.bare else f"{name} · {step.where}"


def _bars(rows: list[dict], labels: list[str]):
    first = rows[0]["count"] or 1
    for row, label in zip(rows, labels, strict=True):
        width = round(100 * row["count"] / first, 2)
        gone = round(100 * row["lost"] / first, 2)
        yield Bar(
            row["step"],
            label,
            row,
            width,
            gone,
            duration(row["median_seconds"]),
            duration(row["mean_seconds"]),
        )


def _figures(asked: Asked, totals: dict) -> tuple[Figure, ...]:
    people = asked.question.counting == "people"
    return (
        Figure(_("Entered"), totals["entered"], note=_("people") if people else _("entries into it")),
        Figure(_("Arrived at the last step"), totals["converted"]),
        Figure(_("Conversion"), totals["share"], "ratio"),
        Figure(_("Median time to the last step"), duration(totals["median_seconds"]), "text",
               note=_("mean %(time)s") % {"time": duration(totals["mean_seconds"])}
               if totals["mean_seconds"] is not None else ""),
    )  # fmt: skip


def _columns(by: bool) -> list[dict]:
    return [
        *([{"key": "group", "label": _("Broken down")}] if by else []),
        {"key": "label", "label": _("Step")},
        {"key": "count", "label": _("Reached"), "format": "number"},
        {"key": "share", "label": _("Of the first"), "format": "ratio"},
        {"key": "share_of_previous", "label": _("Of the one before"), "format": "ratio"},
        {"key": "lost", "label": _("Lost before it"), "format": "number"},
        {"key": "median", "label": _("Median time"), "align": "end"},
        {"key": "mean", "label": _("Mean time"), "align": "end"},
        {"key": "p90", "label": _("90 % are faster than"), "align": "end"},
    ]


def _row(row: dict, labels: list[str]) -> dict:
    times = {name: duration(row[f"{name}_seconds"]) for name in ("median", "mean", "p90")}
    found = {**row, **times, "label": f"{row['step']} · {labels[row['step'] - 1]}"}
    return found | {"group": named(row["group"])} if "group" in row else found

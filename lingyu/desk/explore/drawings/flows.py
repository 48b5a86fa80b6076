"""Flows: the paths through sessions as a Sankey diagram, and conversions by where they came from."""

from django.utils.translation import gettext as _

from ..asking import Asked
from ..kinds import MODELS
from ..source import Found
from .parts import Figure, Shown, named

# Links that can still be seen; the table has them all.
LINKS = 120
CHANNELS = 10


def paths(asked: Asked, found: Found) -> Shown:
    """What to show of paths."""
    answer = found.answer
    after = asked.question.direction == "after"
    drawn = sorted(answer.rows, key=lambda row: -row["sessions"])[:LINKS]
    spec = {
        "type": "sankey",
        "labels": [f"{row['stage']} · {named(row['source'])} → {named(row['target'])}" for row in drawn],
        "series": [
            {
                "name": _("Sessions"),
                "data": [row["sessions"] for row in drawn],
                "ends": [_ends(row, after) for row in drawn],
            }
        ],
        "names": {key: named(name) for row in drawn for key, name in _nodes(row, after)},
        "unit": "count",
    }
    leaving = sum(row["sessions"] for row in answer.rows if row["stage"] == 1 and row["target"] == "*exit*")
    begun = answer.totals["sessions"]
    figures = [Figure(_("Sessions"), begun)]
    if after:
        figures.append(Figure(_("Leave right after it"), leaving / begun if begun else None, "ratio"))
    rows = [{**row, "source": named(row["source"]), "target": named(row["target"])} for row in answer.rows]
    return Shown(
        figures=tuple(figures),
        spec=spec,
        columns=[
            {"key": "stage", "label": _("Step")},
            {"key": "source", "label": _("From")},
            {"key": "target", "label": _("To")},
            {"key": "sessions", "label": _("Sessions"), "format": "number"},
            {"key": "share", "label": _("Share of all"), "format": "ratio"},
        ],
        rows=rows,
        empty=not begun,
    )


def _nodes(row: dict, after: bool) -> list[tuple[str, str | None]]:
    """Both ends of a transition: a node is a name at a depth, so that what comes again is another node."""
    near, far = row["stage"] - 1, row["stage"]
    at = (near, far) if after else (-far, -near)
    return [(f"{at[0]}\x1f{row['source']}", row["source"]), (f"{at[1]}\x1f{row['target']}", row["target"])]


def _ends(row: dict, after: bool) -> list[str]:
    return [key for key, _name in _nodes(row, after)]


def attribution(asked: Asked, found: Found) -> Shown:
    """What to show of an attribution: each channel by each model, side by side."""
    answer, question = found.answer, asked.question
    models = [(code, _(name)) for code, name in MODELS if code in question.models]
    channels, cells = _credits(answer.rows, "value" if question.value else "conversions")
    spec = {
        "type": "bar",
        "labels": [named(name) for name in channels[:CHANNELS]],
        "series": [
            {"name": label, "data": [cells.get((name, code), 0) for name in channels[:CHANNELS]], "colour": n}
            for n, (code, label) in enumerate(models, 1)
        ],
        "unit": "number",
    }
    totals = answer.totals
    figures = [Figure(_("Conversions"), totals["conversions"])]
    if question.value:
        figures.append(Figure(_("Worth together"), totals["value"], digits=2))
    return Shown(
        figures=tuple(figures),
        spec=spec,
        legend=[(label, n) for n, (_code, label) in enumerate(models, 1)],
        columns=[
            {"key": "channel", "label": _("Channel")},
            *(
                {"key": code, "label": label, "format": "number", "digits": 2 if code == "linear" else 1}
                for code, label in models
            ),
        ],
        rows=[
            {"channel": named(name)} | {code: cells.get((name, code), 0) for code, _label in models}
            for name in channels
        ],
        total={"channel": _("Together")}
        | {code: sum(cells.get((name, code), 0) for name in channels) for code, _label in models},
        empty=not totals["conversions"],
    )


def _credits(rows: list[dict], worth: str) -> tuple[list[str | None], dict[tuple, float]]:
    """The channels, those first that any model gives most, and what each model gives each of them."""
    cells = {(row["channel"], row["model"]): row[worth] or 0 for row in rows}
    most: dict[str | None, float] = {}
    for (channel, _model), value in cells.items():
        most[channel] = max(most.get(channel, 0), value)
    return sorted(most, key=lambda name: (-most[name], name or "")), cells

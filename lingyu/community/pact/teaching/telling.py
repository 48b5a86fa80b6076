"""What training says when it is done: how good, held out, and what each clause is known by.

Holds no measuring.
"""

from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from lingyu.community.pact.screening.classifier import Model
from lingyu.community.pact.screening.classifier.training import Report

from .lessons import Lessons


def tell(
    console: Console, path: Path, model: Model, report: Report, grounds: dict[str, list[str]], read: Lessons
) -> None:
    """Print the held-out table, the thresholds, the grounds, and where the model lies."""
    labels = ", ".join(f"{label} {count}" for label, count in sorted(report.counts.items()))
    console.print(
        _("Learnt from %(count)d texts: %(labels)s") % {"count": len(read.examples), "labels": labels}
    )
    if read.twice:
        console.print(
            _("%(twice)d texts came again and were left out; %(other)d of them with another label.")
            % {"twice": read.twice, "other": read.contradicted}
        )
    if report.left_out:
        console.print(_("Too few examples to learn: %(labels)s") % {"labels": ", ".join(report.left_out)})
    console.print(_table(model, report))
    console.print(
        _(
            "Held out (%(folds)d folds, near-duplicates together): accuracy %(accuracy).4f, "
            "macro-F1 %(macro).4f"
        )
        % {"folds": model.about["folds"], "accuracy": report.accuracy, "macro": report.macro_f1}
    )
    for name, known_by in grounds.items():
        console.print(escape(f"{name}  " + " · ".join(known_by)), soft_wrap=True)
    size = path.stat().st_size / 1024
    console.print(
        _("Written: %(path)s (%(size)d kB, version %(version)s)")
        % {"path": path, "size": size, "version": model.version}
    )


def _table(model: Model, report: Report) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    columns = (_("clause"), _("texts"), _("precision"), _("recall"), "F1", _("review from"), _("block from"))
    for number, heading in enumerate(columns):
        table.add_column(heading, justify="right" if number else "left")
    heads = {head.name: head for head in model.heads if not head.parent}
    for row in report.classes:
        head = heads.get(row.label)
        limits = ("", "") if head is None else (f"{head.review:.3f}", _said(head.block))
        name = row.label if head is None or head.clause == row.label else f"{row.label} → {head.clause}"
        table.add_row(
            name, str(row.count), f"{row.precision:.3f}", f"{row.recall:.3f}", f"{row.f1:.3f}", *limits
        )
    return table


def _said(block: float) -> str:
    return _("never") if block > 1 else f"{block:.3f}"

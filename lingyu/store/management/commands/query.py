"""`lingyu query`: one metric, from the command line."""

import csv
import sys
from datetime import date
from io import StringIO

import msgspec
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from lingyu.kernel.filters import FilterError
from lingyu.kernel.metrics import UnknownMetric
from lingyu.kernel.query import COMPARISONS, GRAINS, Period, Query, QueryError, Result
from lingyu.store.query import ask
from lingyu.store.query.present import records
from lingyu.store.sheets import neutral


class Command(BaseCommand):
    """Answer one query and print it as a table, CSV or JSON."""

    help = _("Ask the event store for one metric.")
    requires_system_checks = ()

    def add_arguments(self, parser):
        """The parts of a query."""
        parser.add_argument("metric", help=_("a metric's name; `lingyu metrics` lists them"))
        parser.add_argument("--from", dest="start", help=_("first day, such as 2026-11-01"))
        parser.add_argument("--to", dest="end", help=_("last day, included"))
        parser.add_argument("--grain", default="total", choices=GRAINS)
        parser.add_argument(
            "--by", action="append", default=[], help=_("a dimension; repeat it, or separate by commas")
        )
        parser.add_argument(
            "--where", default="", help=_("a filter, such as: country = 'France' and quantity > 1")
        )
        parser.add_argument("--currency", help=_("count amounts in this currency only"))
        parser.add_argument("--compare", choices=COMPARISONS)
        parser.add_argument("--tz", default=settings.TIME_ZONE, help=_("time zone in which days are counted"))
        parser.add_argument("--format", default="table", choices=("table", "csv", "json"))

    def handle(self, *args, **options):
        """Ask, and print in the asked-for format."""
        try:
            result = ask(_query(options))
        except UnknownMetric as error:
            near = (
                _("Did you mean: %s?") % ", ".join(error.near)
                if error.near
                else _("`lingyu metrics` lists all.")
            )
            raise CommandError(
                _("There is no metric “%s”.") % error.name + " " + near, returncode=2
            ) from None
        except (FilterError, QueryError) as error:
            raise CommandError(_(error.message) % error.params, returncode=2) from None
        {"table": _table, "csv": _csv, "json": _json}[options["format"]](result)


def _query(options) -> Query:
    by = tuple(name.strip() for item in options["by"] for name in item.split(",") if name.strip())
    return Query(
        metric=options["metric"],
        period=_period(options["start"], options["end"]),
        grain=options["grain"],
        by=by,
        where=options["where"],
        currency=options["currency"],
        compare=options["compare"],
        tz=options["tz"],
    )


def _period(start: str | None, end: str | None) -> Period | None:
    """Both ends, or none for all history; one end alone is completed by today or the first day."""
    if start is None and end is None:
        return None
    return Period(_day(start) if start else date(1990, 1, 1), _day(end) if end else date.today())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(_("“%s” is not a day; write it like 2026-11-22.") % text, returncode=2) from None


def _json(result: Result) -> None:
    answer = {
        "metric": result.metric.name,
        "unit": result.unit,
        "definition": result.definition,
        "freshness": result.freshness.isoformat(),
        "rows": records(result),
    }
    # Decimals are written as JSON numbers with all their places.
    text = msgspec.json.Encoder(decimal_format="number").encode(answer)
    sys.stdout.write(msgspec.json.format(text, indent=2).decode() + "\n")


def _csv(result: Result) -> None:
    rows = records(result)
    out = StringIO()
    writer = csv.writer(out)
    heads = [
        *result.query.by,
        "time",
        "value",
        *(["compare_time", "compare_value", "change"] if result.query.compare else []),
    ]
    writer.writerow(heads)
    writer.writerows([_cell(row[head]) for head in heads] for row in rows)
    sys.stdout.write(out.getvalue())


def _cell(value):
    return neutral(value) if isinstance(value, str) else value


def _table(result: Result) -> None:
    language = get_language() or "en"
    table = Table(
        title=f"{result.metric.label(language)} · {result.metric.name}",
        caption=_("unit %(unit)s · definition %(hash)s · all facts up to %(fresh)s")
        % {
            "unit": result.unit,
            "hash": result.definition,
            "fresh": result.freshness.isoformat(timespec="seconds"),
        },
    )
    rows = records(result)
    heads = list(rows[0]) if rows else [*result.query.by, "time", "value"]
    for head in heads:
        table.add_column(head, justify="right" if head in {"value", "compare_value", "change"} else "left")
    for row in rows:
        table.add_row(*("—" if row[head] is None else _shown(row[head], head, result.unit) for head in heads))
    Console().print(table)


def _shown(value, head: str, unit: str) -> str:
    """A cell for a person: ratios in percent, numbers with separators."""
    if head == "change" or (unit == "ratio" and isinstance(value, float)):
        return f"{value:+.1%}" if head == "change" else f"{value:.2%}"
    return str(value) if isinstance(value, str) else f"{value:,}"

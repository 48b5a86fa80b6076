"""Growth accounting: who is new, came back, came again and fell away, and what that comes to.

Holds the view: find, call, render.
"""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.desk.board import shell
from lingyu.kernel.query import Period

from ..models import Group
from .reading import growing, open_book

# How many weeks, and months, are told.
UNITS = {"week": 12, "month": 6}
PULSES = 28


def growth(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """The life-cycle by weeks or months, DAU, WAU and MAU, and who came back; of all groups or of one."""
    if rest:
        raise Http404(_("There is no such page."))
    grain = request.GET.get("grain", "week")
    grain = grain if grain in UNITS else "week"
    standing = list(Group.objects.standing())
    chosen = [g for g in standing if str(g.id) == request.GET.get("group", "")] or standing
    yesterday = timezone.localdate() - timedelta(1)
    source = growing.held(open_book(chosen, yesterday))
    context = {"operation": operation, "groups": standing, "grain": grain, "chosen": chosen}
    context |= {"only": chosen[0] if len(chosen) == 1 and len(standing) > 1 else None, "source": source}
    if source is not None:
        context |= _told(source, yesterday, grain)
    return render(request, "user/growth.html", shell() | context)


def _told(source, yesterday: date, grain: str) -> dict:
    length = UNITS[grain] * (7 if grain == "week" else 31)
    period = Period(yesterday - timedelta(length - 1), yesterday)
    found = growing.accounting(source, period, grain)
    rows = [
        row | {"quick": growing.quick_ratio(row), "begins": date.fromisoformat(row["time"])}
        for row in found.rows
        if row["active"] or row["dormant"]
    ]
    days = [yesterday - timedelta(n) for n in reversed(range(PULSES))]
    pulses = growing.pulses(source, days)
    back = growing.coming_back(source, period)
    return {
        "rows": rows,
        "chart": _chart(rows),
        "last": next((r for r in reversed(rows) if r["complete"]), None),
        "caveats": found.caveats,
        "pulse": pulses[-1],
        "pulses": pulses,
        "cohorts": _cohorts(back.rows),
        "columns": range(max((row["n"] for row in back.rows), default=0) + 1),
    }


def _chart(rows: list[dict]) -> dict:
    """What came above the line, what fell away below it."""
    parts = (("new", _("New")), ("returning", _("Returning")), ("resurrecting", _("Resurrected")))
    series = [{"name": name, "data": [r[key] for r in rows]} for key, name in parts]
    series.append({"name": _("Churned"), "data": [-r["dormant"] for r in rows]})
    return {"type": "stacked", "labels": [r["begins"] for r in rows], "series": series}


def _cohorts(cells: list[dict]) -> list[dict]:
    """A line a cohort: its size, and the share that took part in each week after."""
    found: dict[str, dict] = {}
    for cell in cells:
        line = found.setdefault(str(cell["cohort"]), {"size": cell["size"], "shares": []})
        line["shares"].append(cell["share"])
    return [{"day": date.fromisoformat(day), **line} for day, line in found.items() if line["size"]]

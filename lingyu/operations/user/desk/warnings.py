"""The early-warning list: who may be lost soon, worthiest first, with why; and as a file.

Holds the view: find, call, render.
"""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.desk import exports
from lingyu.desk.board import shell
from lingyu.kernel.access import EXPORT_DATA, PULL_LEVER
from lingyu.store.sheets import Column

from ..models import Group
from .group_tables import names_of
from .reading import losing, open_book, reaching
from .reading.warning import warned

SHOWN = 100


def warnings(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """All groups' members at risk; `warnings.csv` and `warnings.xlsx` below it."""
    standing = list(Group.objects.standing())
    book = open_book(standing, timezone.localdate() - timedelta(1))
    curves = losing.thresholds(book)
    effect = reaching.measured()
    # What has shown no effect is no reason to order by.
    uplift = effect.difference if effect and effect.verdict == "raised" else None
    found = warned(book, curves, uplift)
    rows = _rows(found if rest else found[:SHOWN])
    if rest in ("warnings.csv", "warnings.xlsx"):
        return _download(request, rows, rest.rpartition(".")[2])
    if rest:
        raise Http404(_("There is no such page."))
    context = {"operation": operation, "rows": rows, "total": len(found), "uplift": uplift}
    context |= {"effect": effect, "unit": _("messages a month"), "may": request.user.may(PULL_LEVER)}
    return render(request, "user/warnings.html", shell() | context)


def _rows(found: list) -> list[dict]:
    people = names_of({w.who for w in found})
    return [
        {
            "name": str(people[w.who]),
            "member": people[w.who].member,
            "group": w.group,
            "silent": w.silent,
            "risk": w.risk,
            "value": w.value,
            "saved": w.saved,
            "why": w.why,
        }
        for w in found
    ]


def _download(request: HttpRequest, rows: list[dict], kind: str) -> HttpResponse:
    if not request.user.may(EXPORT_DATA):
        return HttpResponse(status=403)
    columns = [
        Column("name", _("Member")),
        Column("group", _("Group")),
        Column("silent", _("Days silent"), "count"),
        Column("risk", _("Risk"), "percent"),
        Column("value", _("Value: valid messages a month"), "number"),
        Column("saved", _("Savable value"), "number"),
        Column("why", _("Why")),
    ]
    cells = ([*(str(r[k]) if k == "group" else r[k] for k in _KEYS), "; ".join(r["why"])] for r in rows)
    notes = [(_("As of"), timezone.localtime().strftime("%Y-%m-%d %H:%M %Z"))]
    notes.append((_("Savable value"), _("risk × value; what messages change has not been measured yet")))
    name = f"early-warning-{timezone.localdate()}"
    return exports.response(name, kind, columns, cells, title=_("Early warning"), notes=notes)


_KEYS = ("name", "group", "silent", "risk", "value", "saved")

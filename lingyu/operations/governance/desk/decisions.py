"""The records: every decision without text and name, on the page and as CSV or Excel.

Holds the view with its columns and rows. Who wants the text goes to the moderators' page of the case.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.community.cases.models import Case, Decision
from lingyu.community.transparency import dimensions, log
from lingyu.desk import exports
from lingyu.desk.board import shell
from lingyu.kernel.access import EXPORT_DATA, JUDGE
from lingyu.store.sheets import Column

PAGE = 50
# What Excel is given at most; a CSV takes all of them.
SHEET = 50_000


def decisions(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """All decisions, the latest first; `decisions.csv` and `decisions.xlsx` below it."""
    asked = {name: request.GET.get(name, "") for name in ("clause", "outcome", "origin")}
    found = _matching(**asked)
    if rest in ("decisions.csv", "decisions.xlsx"):
        return _download(request, found, rest.rpartition(".")[2])
    if rest:
        raise Http404(_("There is no such page."))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"operation": operation, "page": page, "rows": list(_rows(list(page)))}
    context |= {"asked": asked, "query": urlencode(asked), "base": f"?{urlencode(asked)}&page="}
    context |= {"clauses": list(dimensions.clause_names(get_language() or "en").items())}
    context |= {"outcomes": Decision.Outcome.choices, "origins": Case.Origin.choices}
    context |= {"judges": request.user.may(JUDGE), "columns": _columns()}
    return render(request, "governance/decisions.html", shell() | context)


def _matching(clause: str, outcome: str, origin: str) -> QuerySet[Decision]:
    rows = Decision.objects.select_related("case", "reversal").order_by("-at", "-id")
    if clause in dimensions.clause_names("en"):
        rows = rows.filter(lead=clause)
    if outcome in Decision.Outcome.values:
        rows = rows.filter(outcome=outcome)
    return rows.filter(case__origin=origin) if origin in Case.Origin.values else rows


def _columns() -> list[tuple[Column, str]]:
    """The columns with what they mean."""
    return [
        (Column("day", _("Day"), "day"), ""),
        (Column("clause", _("Clause")), ""),
        (Column("kind", _("Kind of text")), ""),
        (Column("outcome", _("Outcome")), ""),
        (Column("origin", _("Origin")), _("How the case began.")),
        (Column("found", _("Found by")), _("Whether the screening had found it before a person looked.")),
        (Column("hours", _("Hours"), "number"), _("From the opening of the case to the decision.")),
        (Column("in_time", _("In time")), _("Whether that was before it was due.")),
        (Column("appeal", _("Appeal")), _("How an appeal against it stands or ended.")),
        (Column("reversed", _("Reversed"), "day"), _("The day on which the decision was undone.")),
        (Column("member", _("Member")), _("The pseudonym of the public log, for one calendar year.")),
    ]


def _rows(found: list[Decision]) -> Iterator[dict]:
    """A row a decision, by the columns' keys, with its `case` for who may read it."""
    language = get_language() or "en"
    names = {d: dimensions.names_of(d, language) for d in ("clause", "kind", "origin", "found", "outcome")}
    appeals = {log.NONE: "", log.WAITING: _("Appeal waiting")} | names["outcome"]
    for row, entry in zip(found, log.entries(found), strict=True):
        yield {
            "day": entry.day,
            "clause": names["clause"].get(entry.clause, entry.clause),
            "kind": names["kind"].get(entry.kind, entry.kind),
            "outcome": str(Decision.Outcome(entry.outcome).label),
            "origin": names["origin"].get(entry.origin, entry.origin),
            "found": names["found"]["machine" if entry.found_by_machine else "person"],
            "hours": round((row.at - row.case.opened_at).total_seconds() / 3600, 2),
            "in_time": _("yes") if row.at <= row.case.due_at else _("no"),
            "appeal": appeals.get(entry.appeal, entry.appeal),
            "reversed": entry.reversed_on,
            "member": entry.member,
            "case": row.case_id,
        }


def _download(request: HttpRequest, found: QuerySet[Decision], kind: str) -> HttpResponse:
    if not request.user.may(EXPORT_DATA):
        return HttpResponse(status=403)
    columns = [column for column, _means in _columns()]
    notes = [(_("As of"), timezone.localtime().strftime("%Y-%m-%d %H:%M %Z"))]
    notes += [(column.label, means) for column, means in _columns() if means]
    rows = ([row[c.key] for c in columns] for row in _in_batches(found, SHEET if kind == "xlsx" else None))
    name = f"governance-decisions-{timezone.localdate()}"
    return exports.response(name, kind, columns, rows, title=_("Decisions"), notes=notes)


def _in_batches(found: QuerySet[Decision], most: int | None) -> Iterator[dict]:
    """All rows; their appeals are looked up for a batch at a time."""
    batch: list[Decision] = []
    for row in found[:most].iterator(chunk_size=500):
        batch.append(row)
        if len(batch) == 500:
            yield from _rows(batch)
            batch = []
    yield from _rows(batch)

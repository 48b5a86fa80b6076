"""The SQL page: ask, see, save, take along."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lingyu.kernel.access import ASK_SQL, EXPORT_DATA, access
from lingyu.kernel.query import QueryError
from lingyu.store.engines.base import EngineError
from lingyu.store.log.sandbox import ROWS, SCHEMA, SECONDS
from lingyu.store.sheets import TooManyRows

from .. import board, exports
from ..views import _operation
from . import actions, showing
from .models import SavedQuery

FIRST = "SELECT day, count(DISTINCT person) AS people\nFROM events\nWHERE NOT bot\nGROUP BY day\nORDER BY day"

# What the page shows of an answer, as long as there is none.
NOTHING = dict.fromkeys(("table", "heads", "rows", "chart", "fault", "place"))


@access(ASK_SQL)
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The page; a statement that is sent is answered, or told what is wrong with it."""
    shown = {"operation": _operation(code), "schema": SCHEMA, "limit": ROWS, "seconds": SECONDS} | NOTHING
    shown |= {"queries": SavedQuery.objects.kept(), "text": request.POST.get("text", _chosen(request))}
    if request.method == "POST" and request.POST.get("do") == "save":
        return _saved(request, code)
    if request.method == "POST":
        shown |= {"fault": fault} if (fault := _fault(request)) else answered(request, shown["text"])
    return render(request, "desk/sql/page.html", board.shell() | shown)


def _fault(request: HttpRequest) -> str:
    """Why there is nothing to answer."""
    if request.POST.get("do", "ask") != "ask":
        return _("A statement can be asked or saved: choose one of the two.")
    return "" if request.POST.get("text", "").strip() else _("Write a statement first.")


def _chosen(request: HttpRequest) -> str:
    """The text of the saved query that the address names, else a first one."""
    wanted = request.GET.get("query", "")
    return next((q.text for q in SavedQuery.objects.kept() if str(q.pk) == wanted), FIRST)


def answered(request: HttpRequest, text: str) -> dict:
    """The table and its chart, or the error in words with its place."""
    try:
        table = actions.ask(actor=request.user, text=text)
        shown = {"heads": showing.columns(table), "rows": showing.rows(table), "chart": showing.chart(table)}
        return {"table": table} | shown
    except QueryError as error:
        place = (getattr(error, "line", None), getattr(error, "column", None))
        return {"fault": _(error.message) % error.params, "place": place if place[0] else None}
    except EngineError as error:
        return {"fault": str(error)}


def _saved(request: HttpRequest, code: str) -> HttpResponse:
    try:
        made = actions.save_query(
            actor=request.user,
            operation=code,
            title=request.POST.get("title", ""),
            text=request.POST.get("text", ""),
        )
        messages.success(request, _("The query has been saved."))
        return redirect(f"{request.path}?query={made.pk}")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("sql", code)


@access(EXPORT_DATA)
@require_POST
def take(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The answer as CSV or Excel."""
    if not request.user.may(ASK_SQL):
        raise PermissionDenied(ASK_SQL)
    text = request.POST.get("text", "")
    try:
        table = actions.ask(actor=request.user, text=text)
        columns, rows = showing.columns(table), showing.rows(table)
        return exports.response("sql", kind, columns, rows, title="SQL", notes=[("SQL", text)])
    except (QueryError, EngineError, TooManyRows) as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")


@access(ASK_SQL)
@require_POST
def delete(request: HttpRequest, code: str, query) -> HttpResponse:
    """Delete a saved query."""
    actions.delete_query(actor=request.user, query=get_object_or_404(SavedQuery.objects.kept(), pk=query))
    messages.success(request, _("The query has been deleted."))
    return redirect("sql", _operation(code).code)

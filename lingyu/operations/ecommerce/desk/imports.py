"""The imports page: a file to put in, and what was imported, by whom, with what result."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.desk.board import shell
from lingyu.desk.uploads import present
from lingyu.kernel.access import IMPORT_DATA

from ..importers.known import FORMATS
from ..models import ImportRun

PAGE = 30


def imports(request, operation, rest):
    """The upload form for whoever may import, and the newest runs first."""
    if rest:
        raise Http404(_("There is no such page."))
    runs = ImportRun.objects.select_related("shop").order_by("-started_at", "-id")
    page = Paginator(runs, PAGE).get_page(request.GET.get("page"))
    may = request.user.may(IMPORT_DATA)
    context = {
        "operation": operation,
        "page": page,
        "base": "?page=",
        "upload": present.form(operation, request.GET.get("kind", "")) if may else None,
        "columns": _columns(),
        "rows": _rows(list(page.object_list), operation),
    }
    return render(request, "ecommerce/imports.html", shell() | context)


def _columns() -> list[dict]:
    words = [
        ("file", _("File"), "text"),
        ("shop", _("Shop"), "text"),
        ("format", _("Format"), "text"),
        ("new", _("New"), "number"),
        ("unchanged", _("Unchanged"), "number"),
        ("conflicting", _("Conflicting"), "number"),
        ("refused", _("Refused rows"), "number"),
        ("who", _("Imported by"), "text"),
        ("at", _("When"), "when"),
    ]
    return [{"key": key, "label": label, "format": format_} for key, label, format_ in words]


def _rows(runs: list[ImportRun], operation) -> list[dict]:
    language = get_language() or "en"
    names = {key: format_.label(language) for key, format_ in FORMATS.items()}
    names |= {importer.code: importer.label(language) for importer in operation.importers}
    who = _names({run.imported_by for run in runs})
    return [
        {
            "file": run.file,
            "shop": run.shop.name,
            "format": names.get(run.format, run.format),
            "new": run.new,
            "unchanged": run.unchanged,
            "conflicting": run.conflicting,
            "refused": run.refused,
            "who": who.get(run.imported_by) or _("Command line"),
            "at": run.finished_at,
        }
        for run in runs
    ]


def _names(keys: set[str]) -> dict[str, str]:
    """What the members with these keys are called."""
    members = Member.objects.filter(id__in=[UUID(key) for key in keys if key])
    return {member.key: str(member) for member in members}

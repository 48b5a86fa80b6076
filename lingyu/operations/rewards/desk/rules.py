"""The rules pages: what every rule pays now; one rule's form with its preview; its history.

Holds the views: find, call, render. Nothing comes into force that was not previewed.
"""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.community.feathers.actions import StaleRule, change_rule, version_in_force
from lingyu.community.feathers.explaining import asked_for
from lingyu.community.feathers.models import Receipt, RuleVersion
from lingyu.community.feathers.rules import RULES, Rule
from lingyu.desk.board import shell

from . import preview, wording
from .rule_form import RuleForm

RECENT = timedelta(days=30)


def rules(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """All rules; below the code of one its form, and below that its history."""
    code, _slash, more = rest.strip("/").partition("/")
    if not code:
        return _all(request, operation)
    if code not in RULES or more not in ("", "history"):
        raise Http404(_("There is no such rule."))
    return (_history if more else _one)(request, operation, RULES[code])


def _all(request: HttpRequest, operation) -> HttpResponse:
    since = timezone.now() - RECENT
    granted = Q(outcome__in=("granted", "approved", "restored"))
    rows = Receipt.objects.filter(at__gte=since, cause__in=RULES).values("cause")
    counted = rows.annotate(
        members=Count("member", distinct=True, filter=granted),
        feathers=Sum("amount", filter=granted),
        refused=Count("id", filter=Q(outcome__in=("refused", "capped"))),
    )
    figures = {row["cause"]: row for row in counted}
    listed = [_row(rule, figures.get(rule.code)) for rule in RULES.values()]
    return render(request, "rewards/rules.html", shell() | {"operation": operation, "rules": listed})


def _row(rule: Rule, figures: dict | None) -> dict:
    version = version_in_force(rule)
    said = {"brief": wording.brief(version.terms), "asked": asked_for(version.terms)}
    return {"rule": rule, "version": version, "terms": version.terms, "figures": figures} | said


def _one(request: HttpRequest, operation, rule: Rule) -> HttpResponse:
    version = version_in_force(rule)
    if request.method == "POST":
        form = RuleForm(rule, request.POST, terms=version.terms, expected=version.number)
        if form.is_valid() and "save" in request.POST and form.may_save() and _saved(request, rule, form):
            return redirect("desk_subpage", operation.code, "rules", f"{rule.code}/history")
    else:
        form = _opened(request, rule, version)
    context = {"operation": operation, "rule": rule, "version": version, "form": form}
    context |= {"terms": wording.lines(rule, version.terms), "found": None, "stale": _stale(form, version)}
    if form.is_bound and _complete(form):
        context |= preview.of(rule, version, form)
    return render(request, "rewards/rule.html", shell() | context)


def _opened(request: HttpRequest, rule: Rule, version: RuleVersion) -> RuleForm:
    """The form as it is opened: the terms in force, an earlier version's, or with the rule switched."""
    terms, note = version.terms, ""
    asked = request.GET.get("from", "")
    earlier = RuleVersion.objects.filter(rule=rule.code, number=asked).first() if asked.isdecimal() else None
    if earlier:
        terms, note = earlier.terms, _("Back to version %(number)d") % {"number": earlier.number}
    form = RuleForm(rule, terms=terms, expected=version.number, note=note)
    if request.GET.get("switch") in ("on", "off"):
        form.initial["on"] = request.GET["switch"] == "on"
    return form


def _complete(form: RuleForm) -> bool:
    """Whether the terms can be judged: what is missing beside them does not matter to a preview."""
    return not set(form.errors) - {"note", "__all__"} and "amount" in form.cleaned_data


def _saved(request: HttpRequest, rule: Rule, form: RuleForm) -> RuleVersion | None:
    """The version in force now; None with the reason on the form."""
    data = form.cleaned_data
    try:
        made = change_rule(
            actor=request.user, rule=rule, terms=form.terms(), expected=data["expected"], note=data["note"]
        )
    except ValidationError as error:
        form.add_error(None, error if isinstance(error, StaleRule) else error.messages)
        return None
    name = rule.label(get_language() or "en")
    messages.success(
        request, _("“%(rule)s”: version %(number)d is in force.") % {"rule": name, "number": made.number}
    )
    return made


def _stale(form: RuleForm, version: RuleVersion) -> dict | None:
    """What somebody else changed since the form was opened."""
    read = form.cleaned_data.get("expected") if form.is_bound else None
    if not read or read == version.number:
        return None
    older = RuleVersion.objects.filter(rule=version.rule, number=read).first()
    changed = wording.diff(form.rule, older.terms, version.terms) if older else []
    return {"version": version, "changed": changed}


def _history(request: HttpRequest, operation, rule: Rule) -> HttpResponse:
    current = version_in_force(rule)
    versions = list(RuleVersion.objects.filter(rule=rule.code).select_related("by").order_by("-number"))
    older = [*versions[1:], None]
    listed = [
        (version, wording.diff(rule, before.terms, version.terms) if before else None)
        for version, before in zip(versions, older, strict=True)
    ]
    context = {"operation": operation, "rule": rule, "versions": listed, "current": current}
    return render(request, "rewards/history.html", shell() | context)

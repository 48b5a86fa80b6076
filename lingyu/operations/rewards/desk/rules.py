"""The rules page: what every rule pays now, and under which terms."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from lingyu.community.feathers.actions import version_in_force
from lingyu.community.feathers.explaining import asked_for
from lingyu.community.feathers.rules import RULES
from lingyu.desk.board import shell


def rules(request, operation, rest):
    """All rules with the terms in force."""
    if rest:
        raise Http404(_("There is no such page."))
    versions = [(rule, version_in_force(rule)) for rule in RULES.values()]
    rows = [(rule, version, asked_for(version.terms)) for rule, version in versions]
    return render(request, "rewards/rules.html", shell() | {"operation": operation, "rows": rows})

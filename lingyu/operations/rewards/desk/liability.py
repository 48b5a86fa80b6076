"""The liability page: what has become of all feathers, as an identity that adds up."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from lingyu.community.ledger.reads import totals
from lingyu.desk.board import shell


def liability(request, operation, rest):
    """All feathers that were ever issued, by what became of them."""
    if rest:
        raise Http404(_("There is no such page."))
    return render(request, "rewards/liability.html", shell() | {"operation": operation, "totals": totals()})

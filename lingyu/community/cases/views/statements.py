"""Statements of reasons: of one decision for those whom it concerns, and of all for who keeps the pact."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lingyu.community.accounts.models import Member
from lingyu.kernel.access import JUDGE, KEEP_PACT, SIGNED_IN, access

from ..models import Decision, Report
from ..telling import statements
from ..telling.proofs import proof_of
from ..telling.reasons import Reasons, reasons_for


@access(SIGNED_IN, silenced=True)
@require_safe
def decision(request: HttpRequest, id: UUID) -> HttpResponse:
    """What was decided and why, for its author, who reported it, and moderators."""
    found, side = concerning(request.user, id)
    return render(request, "cases/statement.html", shown(request.user, found, side))


@access(SIGNED_IN, silenced=True)
@require_safe
def decision_data(request: HttpRequest, id: UUID) -> HttpResponse:
    """The same as data, with the fields of the EU's transparency database."""
    found, side = concerning(request.user, id)
    data = statements.statement_of(found, quoting=side != "reporter").as_data()
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="decision-{found.id}.json"'
    return answer


@access(KEEP_PACT)
@require_safe
def decisions_table(request: HttpRequest) -> HttpResponse:
    """All statements as CSV, without names and without what was written."""
    answer = StreamingHttpResponse(statements.as_csv(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="decisions.csv"'
    return answer


def concerning(member: Member, id: UUID) -> tuple[Decision, str]:
    """A decision, and as whom it concerns this member: author, reporter, moderator; 404 for others."""
    whole = Decision.objects.select_related("case__member", "by", "reversal__by")
    found = whole.filter(id=id).first()
    if found is None:
        raise Http404
    if found.case.member_id == member.id:
        return found, "author"
    if member.may(JUDGE):
        return found, "moderator"
    # By subject: a report goes on to another case when a decision is taken back.
    about = Report.objects.filter(case__subject=found.case.subject, at__lte=found.at)
    if about.filter(reporter=member).exists():
        return found, "reporter"
    raise Http404


def shown(member: Member, found: Decision, side: str) -> dict:
    """What the page of a statement needs."""
    reasons: Reasons = reasons_for(found, member, side)
    proof = proof_of(found) if reasons.reversal and side != "reporter" else []
    return {"decision": found, "case": found.case, "side": side, "reasons": reasons, "proof": proof}

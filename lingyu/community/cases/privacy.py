"""What the cases hold about a member, for their export and their erasure.

What was decided stays, and why, without the words of whoever it was about.
"""

from django.utils import timezone

from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.accounts.privacy import Overwrite, contribution, eraser

from .models import Appeal, Case, Decision, Golden, Report


@contribution("reports", zh="我的举报", en="My reports")
def reports(member: Member):
    """What the member reported, and what came of it."""
    for row in Report.objects.filter(reporter=member).select_related("case").order_by("at"):
        yield {
            "at": row.at,
            "subject": row.case.subject,
            "clause": row.clause,
            "words": row.words,
            "outcome": row.outcome or "waiting",
        }


@contribution("cases", zh="与我有关的案件", en="Cases about me")
def cases(member: Member):
    """Cases about what the member wrote, and what was decided. Not who reported it."""
    for row in Case.objects.filter(member=member).select_related("decision").order_by("opened_at"):
        decision = getattr(row, "decision", None)
        yield {
            "subject": row.subject,
            "opened_at": row.opened_at,
            "outcome": decision.outcome if decision else "waiting",
            "clause": decision.lead if decision else row.suspected,
            "words": decision.words if decision else "",
        }


@contribution("appeals", zh="我的申诉", en="My appeals")
def appeals(member: Member):
    """What the member appealed against, and how it ended."""
    for row in Appeal.objects.filter(by=member).select_related("ruling").order_by("at"):
        ruling = getattr(row, "ruling", None)
        yield {
            "at": row.at,
            "decision": row.decision_id,
            "words": row.words,
            "outcome": ruling.outcome if ruling else "waiting",
            "reasons": ruling.words if ruling else "",
        }


@eraser("cases", zh="案件与举报", en="Cases and reports", order=310)
def forget_cases(erasure: Erasure):
    """Empty what the member wrote in cases about them, in their reports and in their appeals.

    A golden case that was taken from one of them is shown no more; how moderators answered it stays.
    """
    copied = Golden.objects.filter(source__member=erasure.member)
    # Those of before a golden case knew its source.
    texts = Case.objects.filter(member=erasure.member).exclude(text="").values("text")
    for golden in (copied, Golden.objects.filter(source__isnull=True, text__in=texts)):
        yield Overwrite(golden.filter(retired_at__isnull=True), {"retired_at": timezone.now()})
        yield Overwrite(golden.exclude(text=""), {"text": "", "title": ""})
    yield Overwrite(Case.objects.filter(member=erasure.member), {"text": "", "title": ""})
    yield Overwrite(Report.objects.filter(reporter=erasure.member), {"words": ""})
    quoted = Decision.objects.filter(case__member=erasure.member).exclude(evidence="")
    yield Overwrite(quoted, {"evidence": ""})
    yield Overwrite(Appeal.objects.filter(by=erasure.member).exclude(words=""), {"words": ""})

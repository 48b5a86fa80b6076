"""What the pact holds about a member, for their export and their erasure.

Findings stay, because a banned person must not begin anew by being erased; they name nobody but an id,
and their evidence goes.
"""

from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.accounts.privacy import Overwrite, contribution, eraser

from .models import Finding, Screening


@contribution("screenings", zh="我的内容机审记录", en="What was screened of mine")
def screenings(member: Member):
    """Every look at a text of the member, as long as it is kept."""
    for row in Screening.objects.filter(member=member).order_by("at").iterator(1_000):
        yield {
            "at": row.at,
            "kind": row.kind,
            "subject": row.subject,
            "text": row.text,
            "decision": row.decision,
            "lead": row.lead,
            "findings": row.findings,
        }


@contribution("findings", zh="我的违规认定", en="Findings about me")
def findings(member: Member):
    """Everything that was confirmed about the member, and what became of it."""
    for row in Finding.objects.filter(member=member).whole().order_by("told_at"):
        corrections = [c.severity for c in row.corrections.all()]
        yield {
            "subject": row.subject,
            "clause": row.clause,
            "severity": row.severity,
            "acted_at": row.acted_at,
            "told_at": row.told_at,
            "evidence": row.evidence,
            "corrected_to": "overturned" if None in corrections else min(corrections, default=None),
        }


@eraser("screenings", zh="内容机审记录", en="What was screened", order=300)
def forget_screenings(erasure: Erasure):
    """Empty the texts, and what findings quote of them; what was held back is not published any more."""
    mine = Screening.objects.filter(member=erasure.member)
    emptied = {"text": "", "title": "", "findings": [], "resume": None}
    yield Overwrite(mine, emptied)
    yield Overwrite(Finding.objects.filter(member=erasure.member).exclude(evidence=""), {"evidence": ""})

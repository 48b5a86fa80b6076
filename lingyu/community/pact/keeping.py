"""The keeper of the door: standing from findings, and screening before publication.

Holds the keeper, which registers itself. It writes by `actions`, outside of the publishing transaction.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.community.accounts import door
from lingyu.community.accounts.models import Member

from . import actions, standings, versions
from .engine import screener
from .models import Screening
from .screening.steps import Post, Verdict

logger = logging.getLogger(__name__)

# Earlier posts that a new one is compared with: one's own of so long, and the latest of others.
RECENT, OWN, OTHERS = timedelta(hours=24), 20, 50
NEIGHBOURS = timedelta(hours=2)
# From which severity a person looks at an article before it is published.
GRAVE = 3
# How often in a day one may say that a refusal was a mistake, and be read by a person.
CONTESTS = 5
# Characters that are shown before and after what a remark is about.
AROUND = 16


class PactKeeper:
    """Keeps the door by the pact in force."""

    def standing(self, member: Member, at: datetime) -> door.Standing:
        """Where the member stands, by the ladder."""
        found = standings.standing_of(member, at)
        rung = found.rung
        return door.Standing(rung.code, rung.zh, rung.en, rung.speaks, rung.enters, found.until)

    def look(self, kind: door.Kind, text: str, title: str) -> tuple[str, list[dict]]:
        """What a writer would be told, without keeping anything."""
        verdict = screener().screen(Post(kind=kind, text=text, title=title or None))
        return verdict.decision, remarks_on(verdict, text, title)

    def screen(self, actor: Member, writing: door.Writing, at: datetime) -> door.Ruling:
        """Judge a text and keep the look; raises Refused for a block, and Waits for what is held here."""
        verdict = self._judge(actor, writing, at)
        contested = writing.contest and verdict.decision == "block" and may_contest(actor, verdict, at)
        decision = "review" if contested else verdict.decision
        holds = decision == "review" and bool(writing.resume) and (contested or must_wait(verdict, at))
        kept = actions.note_screening(
            actor=actor,
            writing=writing if holds else replace(writing, resume=None),
            decision=decision,
            lead=verdict.lead or "",
            findings=[as_row(f) for f in verdict.findings],
            versions=dict(verdict.versions),
            contested=contested,
            at=at,
        )
        if decision == "block":
            remarks = remarks_on(verdict, writing.text, writing.title)
            raise door.Refused(refusal(remarks), screening=kept.id, remarks=remarks)
        if holds:
            raise door.Waits
        return door.Ruling(decision, kept.id)

    def _judge(self, actor: Member, writing: door.Writing, at: datetime) -> Verdict:
        """What the screening says; when it fails, that a person has to look."""
        try:
            return judged(actor, writing, at)
        except Exception:
            logger.exception("Screening of %s failed; it waits for a person", writing.subject)
            return Verdict(writing.subject, "review", None, (), {}, reason="failed")


def judged(actor: Member, writing: door.Writing, at: datetime) -> Verdict:
    """What the screening says of a text, in the light of what the writer and others wrote lately."""
    own, others = lately(actor.id, writing.kind, writing.subject, at)
    post = Post(
        id=writing.subject,
        kind=writing.kind,
        text=writing.text,
        title=writing.title or None,
        before=own,
        others=others,
    )
    return screener().screen(post)


def lately(member: UUID, kind: str, subject: str, at: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the member wrote in the day before `at` beside this subject, and what others did; newest first."""
    rows = Screening.objects.filter(kind=kind, at__gte=at - RECENT, at__lte=at)
    rows = rows.exclude(subject=subject).order_by("-at")
    own = rows.filter(member=member).values_list("text", flat=True)[:OWN]
    others = rows.filter(at__gte=at - NEIGHBOURS).exclude(member=member).values_list("text", flat=True)
    return tuple(t for t in own if t), tuple(t for t in others[:OTHERS] if t)


def must_wait(verdict: Verdict, at: datetime) -> bool:
    """Whether a person looks before an article or a profile is published, and not after.

    Before: what could not be screened, and what may be unlawful, harm minors, or be grave. After: the rest,
    because whoever writes articles was trusted with it, and style or tone can wait an hour.
    """
    pact = versions.in_force(at)
    suspected = [pact.by_code.get(finding.clause) for finding in verdict.findings]
    grave = any(c is None or c.illegal or c.minors or c.severity >= GRAVE for c in suspected)
    return grave or not verdict.findings


def may_contest(actor: Member, verdict: Verdict, at: datetime) -> bool:
    """Whether a person may be asked about a refusal: not for what is unlawful, and a few times a day."""
    clause = versions.in_force(at).by_code.get(verdict.lead or "")
    if clause is not None and (clause.illegal or clause.minors):
        return False
    today = Screening.objects.filter(member=actor, contested=True, at__gte=at - timedelta(days=1))
    return today.count() < CONTESTS


def remarks_on(verdict: Verdict, text: str, title: str = "") -> list[dict]:
    """What a writer is told of each finding: the words and what stands around them, the clause, what it says.

    `final`: about this clause a person may not be asked.
    """
    pact, language = versions.in_force(), get_language() or "en"
    told = []
    for finding in verdict.findings:
        clause = pact.by_code.get(finding.clause)
        names = {"name": clause.label(language), "words": clause.words(language)} if clause else {}
        final = clause is not None and (clause.illegal or clause.minors)
        told.append(as_row(finding) | names | _around(finding, text, title) | {"final": final})
    return told


def _around(finding, text: str, title: str) -> dict:
    """A little of what stands before and after a finding, so that its writer knows the place."""
    whole = title if finding.field == "title" else text
    start, end = finding.span
    before, after = whole[max(0, start - AROUND) : start], whole[end : end + AROUND]
    return {
        "before": ("…" if start > AROUND else "") + before,
        "after": after + ("…" if len(whole) > end + AROUND else ""),
    }


def refusal(remarks: list[dict]) -> str:
    """The sentence that stands above a refused text."""
    if not remarks:
        return _("This text can't be published as it is.")
    first = remarks[0]
    words = _(
        "“%(evidence)s” falls under clause %(code)s of the pact (%(name)s). Change it and send it again."
    )
    values = {"evidence": first["evidence"][:40], "code": first["clause"], "name": first.get("name", "")}
    return words % values


def as_row(finding) -> dict:
    """A finding as `lingyu screen` prints it."""
    return {
        "clause": finding.clause,
        "span": list(finding.span),
        "evidence": finding.evidence,
        "score": finding.score,
        "by": finding.by,
        "field": finding.field,
    }


door.keep(PactKeeper())

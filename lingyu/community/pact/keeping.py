"""The keeper of the door: standing from findings, and screening before publication.

Holds the keeper, which registers itself. It writes by `actions`, outside of the publishing transaction.
"""

import logging
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
# How often in a day one may say that a refusal was a mistake, and be read by a person.
CONTESTS = 5


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
        return verdict.decision, remarks_on(verdict)

    def screen(self, actor: Member, writing: door.Writing, at: datetime) -> door.Ruling:
        """Judge a text and keep the look; raises Refused for a block, and Waits for what is held here."""
        verdict = self._judge(actor, writing, at)
        contested = writing.contest and verdict.decision == "block" and may_contest(actor, verdict, at)
        decision = "review" if contested else verdict.decision
        kept = actions.note_screening(
            actor=actor,
            writing=writing,
            decision=decision,
            lead=verdict.lead or "",
            findings=[as_row(f) for f in verdict.findings],
            versions=dict(verdict.versions),
            contested=contested,
            at=at,
        )
        if decision == "block":
            remarks = remarks_on(verdict)
            raise door.Refused(refusal(remarks), screening=kept.id, remarks=remarks)
        if decision == "review" and writing.resume:
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


def may_contest(actor: Member, verdict: Verdict, at: datetime) -> bool:
    """Whether a person may be asked about a refusal: not for what is unlawful, and a few times a day."""
    clause = versions.in_force(at).by_code.get(verdict.lead or "")
    if clause is not None and (clause.illegal or clause.minors):
        return False
    today = Screening.objects.filter(member=actor, contested=True, at__gte=at - timedelta(days=1))
    return today.count() < CONTESTS


def remarks_on(verdict: Verdict) -> list[dict]:
    """What a writer is told of each finding: the words, the clause, and what the clause says."""
    pact, language = versions.in_force(), get_language() or "en"
    told = []
    for finding in verdict.findings:
        clause = pact.by_code.get(finding.clause)
        names = {"name": clause.label(language), "words": clause.words(language)} if clause else {}
        told.append(as_row(finding) | names)
    return told


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

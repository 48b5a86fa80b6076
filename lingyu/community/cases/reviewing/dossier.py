"""Everything a reviewer has before them of one case: the text marked, its context, its author, its reports.

Holds reads. A golden case comes in the same shape, so that it looks like any other.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.comments.models import Comment
from lingyu.community.pact import ladder, standings, versions
from lingyu.community.pact.clauses import Clause, Pact
from lingyu.community.pact.models import Screening

from .. import surfaces
from ..models import Case, Decision, Golden, Report
from . import prospects
from .likeness import similar
from .marking import Segment, pictures, segments, shaded

EARLIER, THREAD = 10, 6


def _names(*, zh: str, en: str) -> list[str]:
    return [*zh.split(), *en.split()]


# Of golden cases, whose writer is nobody.
_NAMES = _names(zh="青枫 小满 云雀 阿禾 白露 知秋", en="Robin Linden Juniper Wren")


@dataclass(frozen=True)
class Said:
    """One remark around the subject."""

    name: str
    text: str
    at: datetime
    this: bool = False


@dataclass(frozen=True)
class History:
    """Who wrote it, where they stand, and what was decided about them; counts are of comments."""

    name: str
    standing: ladder.Standing
    approved: int = 0
    removed: int = 0
    earlier: list[Decision] = field(default_factory=list)
    since: datetime | None = None
    username: str = ""


@dataclass(frozen=True)
class Dossier:
    """One case as it is put before a reviewer."""

    id: UUID
    kind: str
    title: list[Segment]
    text: list[Segment]
    acted_at: datetime
    pact: Pact
    number: int
    suspected: Clause | None
    found: list[dict]
    shaded: bool
    history: History
    thread: list[Said]
    reports: list[Report]
    similar: list
    prospects: list
    pictures: list[str] = field(default_factory=list)
    url: str = ""
    contested: bool = False
    case: Case | None = None


def of_case(case: Case, now: datetime) -> Dossier:
    """The dossier of a real case."""
    number = versions.number_at(case.acted_at)
    pact = versions.numbered(number)
    screening = _screening(case)
    found = _named(screening.findings if screening else [], pact)
    reports = list(case.reports.select_related("reporter").order_by("at")[:50])
    suspected = pact.by_code.get(case.suspected)
    decided = getattr(case, "decision", None)
    clauses = [
        suspected,
        pact.by_code.get(decided.lead) if decided else None,
        *(pact.by_code.get(r.clause) for r in reports),
        *(f["of"] for f in found),
    ]
    shown = surfaces.find(case.subject)
    return Dossier(
        id=case.id,
        kind=case.kind,
        title=segments(case.title, found, "title"),
        text=segments(case.text, found),
        acted_at=case.acted_at,
        pact=pact,
        number=number,
        suspected=suspected,
        found=found,
        shaded=shaded(clauses),
        history=_history(case.member, case, now),
        thread=_thread(case),
        reports=reports,
        similar=similar(case),
        prospects=prospects.by_severity(case.member_id, pact.clauses, case.acted_at, now),
        pictures=pictures(case.text),
        url=shown.url if shown else "",
        contested=bool(screening and screening.contested),
        case=case,
    )


def of_golden(golden: Golden, now: datetime) -> Dossier:
    """The dossier of a golden case: its writer has a made-up name, and has done nothing before."""
    number = versions.number_at(golden.at)
    pact = versions.numbered(number)
    nobody = ladder.standing(standings.CURRENT, [], now)
    history = History(_NAMES[golden.id.int % len(_NAMES)], nobody, approved=golden.id.int % 7)
    fresh = UUID(int=golden.id.int ^ 1)
    return Dossier(
        id=golden.id,
        kind=golden.kind,
        title=segments(golden.title, []),
        text=segments(golden.text, []),
        acted_at=now,
        pact=pact,
        number=number,
        suspected=None,
        found=[],
        shaded=shaded([pact.by_code.get(golden.clause)]),
        history=history,
        thread=[],
        reports=[],
        similar=[],
        prospects=prospects.by_severity(fresh, pact.clauses, now, now),
    )


def _screening(case: Case) -> Screening | None:
    """The look that fits the text of the case, if one is still kept."""
    looks = (
        Screening.objects.filter(id=case.screening) if case.screening else Screening.objects.of(case.subject)
    )
    look = looks.first()
    return look if look and look.text == case.text else None


def _named(findings: list[dict], pact: Pact) -> list[dict]:
    return [f | {"of": pact.by_code.get(f["clause"])} for f in findings[:50]]


def _history(member: Member, case: Case, now: datetime) -> History:
    said = Comment.objects.filter(author=member)
    earlier = Decision.objects.filter(case__member=member).exclude(case=case)
    earlier = earlier.select_related("case", "by", "reversal").order_by("-at")
    return History(
        name=member.display_name,
        standing=standings.standing_of(member, now),
        approved=said.approved().count(),
        removed=said.removed().count(),
        earlier=list(earlier[:EARLIER]),
        since=member.joined_at,
        username=member.username,
    )


def _thread(case: Case) -> list[Said]:
    """What stands around a comment: what it answers, and what was said just before it."""
    if case.kind != "comment":
        return []
    this = Comment.objects.select_related("parent__author").filter(id=case.subject.partition(":")[2]).first()
    if this is None:
        return []
    near = Comment.objects.approved().below(this.article_id).exclude(id=this.id).select_related("author")
    if this.parent_id:
        near = near.filter(parent=this.parent_id)
    around = list(near.filter(posted_at__lt=this.posted_at).order_by("-posted_at")[:THREAD])
    said = [*([this.parent] if this.parent_id else []), *reversed(around)]
    told = [Said(c.author.display_name, c.body, c.posted_at) for c in said]
    return [*told, Said(case.member.display_name, case.text, case.acted_at, this=True)] if told else []


def article_of(case: Case) -> Article | None:
    """The article that a case is about, or below which its comment stands."""
    kind, _colon, id = case.subject.partition(":")
    if kind == "comment":
        id = Comment.objects.filter(id=id).values_list("article", flat=True).first()
    return Article.objects.filter(id=id).first() if kind in ("comment", "article") and id else None

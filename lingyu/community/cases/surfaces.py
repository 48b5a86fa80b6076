"""Where members write: how a subject is found, taken out of sight, brought back, let pass.

Holds the registry and the surfaces there are. A subject is “kind:id”; rooms of the community know
nothing of cases, so what a kind means stands here. Each deed calls the room's own action.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lingyu.community.accounts import actions as accounts
from lingyu.community.accounts.models import Member
from lingyu.community.articles import actions as articles
from lingyu.community.articles.models import Article
from lingyu.community.comments import actions as comments
from lingyu.community.comments.models import Comment
from lingyu.community.comments.reasons import REASONS, Reason
from lingyu.community.pact import versions
from lingyu.community.pact.clauses import load
from lingyu.kernel.text import Named

from .models import Report


@dataclass(frozen=True)
class Shown:
    """A subject as a reviewer sees it now."""

    member: Member
    text: str
    title: str
    url: str
    acted_at: datetime
    visible: bool


@dataclass(frozen=True)
class Surface(Named):
    """One kind of subject. The deeds take (actor or None, id, …) and answer whether anything changed."""

    kind: str
    zh: str
    en: str
    find: Callable[[UUID], Shown | None]
    hide: Callable[[Member | None, UUID, str, str, datetime], bool]
    restore: Callable[[Member | None, UUID, "Shown", datetime], bool]
    let_pass: Callable[[Member | None, UUID, datetime], bool]


SURFACES: dict[str, Surface] = {}


def surface(kind: str) -> Surface:
    """The surface of a kind; KeyError for one that nobody declared."""
    return SURFACES[kind]


def parted(subject: str) -> tuple[Surface, UUID]:
    """The surface and the id that a subject names; ValueError for what names none."""
    kind, _colon, id = subject.partition(":")
    if kind not in SURFACES:
        raise ValueError(subject)
    return SURFACES[kind], UUID(id)


def find(subject: str) -> Shown | None:
    """The subject as it is now; None when there is no such thing (any more)."""
    try:
        where, id = parted(subject)
    except ValueError:
        return None
    return where.find(id)


def is_public(subject: str, shown: Shown) -> bool:
    """Whether members can read it: a report of another's is not theirs to read; any profile has a name."""
    kind = subject.partition(":")[0]
    return kind == "member" or (kind != "report" and shown.visible)


def hide(actor: Member | None, subject: str, clause: str, words: str, at: datetime) -> bool:
    """Take the subject out of sight."""
    where, id = parted(subject)
    return where.hide(actor, id, clause, words, at)


def restore(actor: Member | None, subject: str, was: Shown, at: datetime) -> bool:
    """Bring the subject back as it `was`."""
    where, id = parted(subject)
    return where.restore(actor, id, was, at)


def let_pass(actor: Member | None, subject: str, at: datetime) -> bool:
    """Open a subject that waits to everybody."""
    where, id = parted(subject)
    return where.let_pass(actor, id, at)


def _comment(id: UUID) -> Shown | None:
    rows = Comment.objects.with_author().select_related("article")
    if (row := rows.filter(id=id).first()) is None:
        return None
    url = f"{reverse('article', args=[row.article_id])}#comment-{row.id}"
    return Shown(row.author, row.body, row.article.title, url, row.posted_at, row.state == "approved")


def _hide_comment(actor, id, clause, words, at):
    row = Comment.objects.select_related("article__column").get(id=id)
    return comments.remove_comment(actor=actor, comment=row, reason=clause, note=words[:200], at=at)


def _restore_comment(actor, id, was, at):
    row = Comment.objects.select_related("article__column").get(id=id)
    return comments.restore_comment(actor=actor, comment=row, at=at)


def _approve_comment(actor, id, at):
    row = Comment.objects.filter(id=id).first()
    return row is not None and comments.approve_comment(actor=actor, comment=row, at=at)


def _article(id: UUID) -> Shown | None:
    if (row := Article.objects.select_related("author").filter(id=id).first()) is None:
        return None
    text = "\n\n".join(part for part in (row.summary, row.body) if part)
    when = row.published_at or row.written_at
    return Shown(row.author, text, row.title, reverse("article", args=[row.id]), when, row.is_published)


def _retire_article(actor, id, clause, words, at):
    row = Article.objects.select_related("column").get(id=id)
    if row.published_at is None:
        return False
    reason = words or _("Breaks clause %(code)s of the pact.") % {"code": clause}
    return articles.retire_article(actor=actor, article=row, reason=reason[:200], at=at)


def _reinstate_article(actor, id, was, at):
    row = Article.objects.select_related("column").get(id=id)
    return articles.reinstate_article(actor=actor, article=row, at=at)


def _profile(id: UUID) -> Shown | None:
    if (row := Member.objects.filter(id=id, erased_at__isnull=True).first()) is None:
        return None
    url = reverse("author", args=[row.username])
    text = "\n".join((row.pen_name, row.bio)) if row.bio else row.pen_name
    return Shown(row, text, row.username, url, row.joined_at, bool(row.pen_name or row.bio))


def _blank_profile(actor, id, clause, words, at):
    row = Member.objects.get(id=id)
    shown = bool(row.pen_name or row.bio)
    if shown:
        accounts.show_profile(actor=row, pen_name="", bio="", at=at)
    return shown


def _restore_profile(actor, id, was, at):
    row = Member.objects.get(id=id)
    if row.pen_name or row.bio or not was.text:
        return False
    name, _line, bio = was.text.partition("\n")
    accounts.show_profile(actor=row, pen_name=name, bio=bio, at=at)
    return True


def _report(id: UUID) -> Shown | None:
    """A report is a subject, too: one made in bad faith is itself a breach. Nobody but reviewers sees it."""
    if (row := Report.objects.select_related("reporter", "case").filter(id=id).first()) is None:
        return None
    title = _("Report under clause %(code)s") % {"code": row.clause}
    words = row.words or _("Reported without words of their own.")
    url = reverse("review_case", args=[row.case_id])
    return Shown(row.reporter, words, title, url, row.at, True)


def _nothing_is_seen(actor, id, *_more):
    """There is nothing to hide or to bring back of a report: nobody else sees it."""
    return False


def _nothing_waits(actor, id, at):
    """Articles and profiles do not wait: words that are held go on by the screening that held them."""
    return False


def _clause_as_reason(code: str) -> Reason | None:
    # What this release ships needs no question to the database: lists ask for a reason a row.
    clause = load().by_code.get(code)
    if clause is None and "." in code:
        later = (versions.numbered(number).by_code.get(code) for number in reversed(versions.numbers()))
        clause = next(filter(None, later), None)
    return clause and Reason(code, clause.zh, clause.en)


def _clauses_as_reasons() -> list[Reason]:
    found = versions.in_force()
    return [Reason(c.code, c.zh, c.en, category) for category in found.categories for c in category.clauses]


REASONS.kept_by(_clause_as_reason, _clauses_as_reasons)

for declared in (
    Surface(
        "comment",
        zh="评论",
        en="Comment",
        find=_comment,
        hide=_hide_comment,
        restore=_restore_comment,
        let_pass=_approve_comment,
    ),
    Surface(
        "article",
        zh="文章",
        en="Article",
        find=_article,
        hide=_retire_article,
        restore=_reinstate_article,
        let_pass=_nothing_waits,
    ),
    Surface(
        "member",
        zh="个人资料",
        en="Profile",
        find=_profile,
        hide=_blank_profile,
        restore=_restore_profile,
        let_pass=_nothing_waits,
    ),
    Surface(
        "report",
        zh="举报",
        en="Report",
        find=_report,
        hide=_nothing_is_seen,
        restore=_nothing_is_seen,
        let_pass=_nothing_waits,
    ),
):
    SURFACES[declared.kind] = declared

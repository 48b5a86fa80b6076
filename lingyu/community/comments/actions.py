"""The only writers of the comments: post, approve, remove, restore.

Every action takes `actor` first and, for imports and the demo, the time `at` at which it happened
(aware; now by default). Bad input raises ValidationError and changes nothing; doing again what has
been done changes nothing either.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts import door
from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.kernel.events import Event
from lingyu.kernel.ids import uuid7
from lingyu.kernel.text import legible
from lingyu.store.outbox import record, record_all

from .events import CommentApproved, CommentPosted, CommentRemoved, CommentRestored
from .models import Approval, Comment, Removal, Restoration
from .reasons import REASONS


def post_comment(
    *,
    actor: Member,
    article: Article,
    body: str,
    parent: Comment | None = None,
    id: UUID | None = None,
    contest: bool = False,
    at: datetime | None = None,
) -> Comment:
    """Say something below `article`. The same `id` again is the same comment: nothing is written.

    A reply to a reply joins the thread of the first comment: there is one level. The words pass the door
    first, which raises `door.Refused` or `door.Silenced`; whatever else it says, the comment waits.
    """
    at, id = at or timezone.now(), id or uuid7()
    if again := Comment.objects.filter(id=id).first():
        return _same(again, actor, article)
    if not article.is_published:
        raise ValidationError(_("This article is not open to comments."))
    comment = Comment(
        id=id,
        article=article,
        author=actor,
        parent=_thread(article, parent),
        body=_tidy(body),
        posted_at=at,
    )
    comment.full_clean(validate_unique=False, validate_constraints=False)
    door.admit(actor=actor, writing=_writing(comment, contest), at=at)
    try:
        return _keep(comment, actor, at)
    except IntegrityError:
        # The twin of this very form was quicker.
        return _same(Comment.objects.get(id=id), actor, article)


@transaction.atomic
def _keep(comment: Comment, actor: Member, at: datetime) -> Comment:
    comment.save(force_insert=True)
    record(_event(CommentPosted, comment, actor, at, reply=comment.parent_id is not None))
    return comment


def _writing(comment: Comment, contest: bool) -> door.Writing:
    subject = f"comment:{comment.id}"
    return door.Writing(kind="comment", subject=subject, text=comment.body, contest=contest)


@transaction.atomic
def approve_comment(*, actor: Member | None, comment: Comment, at: datetime | None = None) -> bool:
    """Open a waiting comment to everybody; False when it was approved or removed before."""
    return approve_comments(actor=actor, comments=[comment], at=at) == 1


@transaction.atomic
def approve_comments(*, actor: Member | None, comments: Iterable[Comment], at: datetime | None = None) -> int:
    """Approve those of `comments` that still wait; how many they were. Without an actor, the pact did."""
    at = at or timezone.now()
    ids = [c.id for c in comments]
    # Locked first and read again: of two moderators at once, the second finds nothing waiting.
    list(Comment.objects.filter(id__in=ids).order_by("id").select_for_update().values_list("id"))
    waiting = list(Comment.objects.filter(id__in=ids).waiting().select_related("article__column"))
    Approval.objects.bulk_create(Approval(comment=c, by=actor, at=at) for c in waiting)
    record_all(_event(CommentApproved, c, actor, at) for c in waiting)
    return len(waiting)


@transaction.atomic
def remove_comment(
    *, actor: Member | None, comment: Comment, reason: str, note: str = "", at: datetime | None = None
) -> bool:
    """Take a comment away, approved or not, for a reason of `reasons.REASONS`; False when it was gone."""
    if reason not in REASONS:
        raise ValidationError(_("Choose a reason: the author will be told."))
    at = at or timezone.now()
    _removal, new = Removal.objects.get_or_create(
        comment=comment,
        defaults={"by": actor, "at": at, "reason": reason, "note": legible(note).strip()[:200]},
    )
    if new:
        record(_event(CommentRemoved, comment, actor, at, reason=reason))
    return new


@transaction.atomic
def restore_comment(*, actor: Member | None, comment: Comment, at: datetime | None = None) -> bool:
    """Undo a removal, as after a won appeal, and open the comment to everybody; False when none stands."""
    at = at or timezone.now()
    list(Comment.objects.filter(id=comment.id).select_for_update().values_list("id"))
    removal = Removal.objects.filter(comment=comment).first()
    if removal is None:
        return False
    Restoration.objects.create(
        comment=comment,
        removed_by=removal.by,
        removed_at=removal.at,
        reason=removal.reason,
        note=removal.note,
        by=actor,
        at=at,
    )
    removal.delete()
    _approval, first = Approval.objects.get_or_create(comment=comment, defaults={"by": actor, "at": at})
    if first:
        record(_event(CommentApproved, comment, actor, at))
    record(_event(CommentRestored, comment, actor, at))
    return True


def _same(comment: Comment, actor: Member, article: Article) -> Comment:
    if (comment.author_id, comment.article_id) != (actor.id, article.id):
        raise ValidationError(_("This form belongs to another comment. Reload the page and try again."))
    return comment


def _thread(article: Article, parent: Comment | None) -> Comment | None:
    if parent is None:
        return None
    standing = Comment.objects.approved().below(article).select_related("parent").filter(id=parent.id).first()
    if standing is None:
        raise ValidationError(_("The comment you are answering is no longer here."))
    return standing.parent or standing


def _tidy(body: str) -> str:
    lines = legible(body).replace("\r\n", "\n").strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _event(kind: type[Event], comment: Comment, actor: Member | None, at: datetime, **more) -> Event:
    article = comment.article
    return kind(
        occurred_at=at,
        person=str(comment.author_id),
        actor=actor.key if actor else None,
        article=article.id,
        comment=comment.id,
        author=str(article.author_id),
        column=article.column.slug if article.column else None,
        **more,
    )

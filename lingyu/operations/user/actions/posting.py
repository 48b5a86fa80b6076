"""Messages to an audience: written, started with a hold-out drawn by hash, stopped and resumed, sent once
each.

Sending is by `jobs`, a bounded batch at a time; every message is first claimed from the member's budget of
contacts, which all desks share. What the outside does happens outside of transactions.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.contacts.models import Terms
from lingyu.kernel.metrics import METRICS, Count
from lingyu.kernel.questions.people import Condition
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from ..events import PostSent, PostStarted, PostStopped, PostWritten
from ..models import Group, Post, Recipient

BATCH = 500
# Minutes before the 2nd, 3rd, … attempt at a mail; after the last one it is given up.
BACK_OFF = (5, 30, 120)
LEASE = timedelta(minutes=10)
# A message that finds no room in a member's budget for so long is no news any more.
PATIENCE = timedelta(days=14)


@transaction.atomic
def write_post(
    *,
    actor: Member,
    title: str,
    words: str,
    path: str,
    channel: str,
    audience: str,
    goal: str,
    goal_days: int,
    group: Group | None = None,
    condition: dict | None = None,
    at: datetime | None = None,
) -> Post:
    """Write a message; nothing goes out before it is started. ValidationError for what makes no sense."""
    title = one_line(title)[:80]
    _check(title, path, channel, audience, goal, goal_days, group, condition)
    made = Post.objects.create(
        title=title,
        words=words.strip()[:2_000],
        path=path,
        channel=channel,
        audience=audience,
        group=group if audience == Post.Audience.GROUP else None,
        condition=condition if audience == Post.Audience.CONDITION else None,
        goal=goal,
        goal_days=goal_days,
        held_out=Terms.standing().held_out,
        written_at=at or timezone.now(),
        written_by=actor,
    )
    record(
        PostWritten(
            occurred_at=made.written_at, actor=actor.key, post=made.id, channel=channel, audience=audience
        )
    )
    return made


def _check(title, path, channel, audience, goal, goal_days, group, condition) -> None:
    if not title:
        raise ValidationError({"title": _("The message needs a title.")})
    if path and (not path.startswith("/") or path.startswith("//") or "\\" in path):
        raise ValidationError({"path": _("A path of this site, such as /c/method/.")})
    if channel not in Post.Channel.values or audience not in Post.Audience.values:
        raise ValidationError(_("Choose a channel and an audience."))
    if not isinstance(METRICS.get(goal), Count):
        raise ValidationError({"goal": _("A goal is a metric that counts what people do.")})
    if not 1 <= goal_days <= 60:
        raise ValidationError({"goal_days": _("From 1 to %(most)d days.") % {"most": 60}})
    if audience == Post.Audience.GROUP and group is None:
        raise ValidationError({"group": _("Choose the group.")})
    if audience == Post.Audience.CONDITION:
        try:
            msgspec.convert(condition, Condition)
        except (msgspec.ValidationError, ValueError) as error:
            raise ValidationError({"condition": str(error)}) from None


@transaction.atomic
def start_post(*, actor: Member, post: Post, members: Iterable[UUID], at: datetime | None = None) -> int:
    """Draw the audience out of `members`, once, and let the message go out; how many will be told.

    0 when it was started before.
    """
    at = at or timezone.now()
    if not Post.objects.filter(id=post.id, started_at__isnull=True).update(started_at=at):
        return 0
    there = set(Member.objects.active().filter(erased_at__isnull=True).values_list("id", flat=True))
    meant = sorted(there & set(members))
    drawn = [Recipient(post=post, member_id=m, held=post.holds_out(m), next_at=at) for m in meant]
    Recipient.objects.bulk_create(drawn, batch_size=BATCH)
    held = sum(r.held for r in drawn)
    record(PostStarted(occurred_at=at, actor=actor.key, post=post.id, told=len(drawn) - held, held=held))
    post.refresh_from_db()
    return len(drawn) - held


@transaction.atomic
def stop_post(*, actor: Member, post: Post, at: datetime | None = None) -> bool:
    """Send no more of it; who was told stays told. False when it was not under way."""
    at = at or timezone.now()
    if not Post.objects.under_way().filter(id=post.id).update(stopped_at=at):
        return False
    record(PostStopped(occurred_at=at, actor=actor.key, post=post.id, resumed=False))
    return True


@transaction.atomic
def resume_post(*, actor: Member, post: Post, at: datetime | None = None) -> bool:
    """Go on where it was stopped; False when it was not."""
    if not Post.objects.filter(id=post.id, stopped_at__isnull=False, ended_at__isnull=True).update(
        stopped_at=None
    ):
        return False
    record(PostStopped(occurred_at=at or timezone.now(), actor=actor.key, post=post.id, resumed=True))
    return True


def take_recipient(*, now: datetime) -> Recipient | None:
    """Take one recipient to be told now: nobody else gets it until the lease is over."""
    rows = Recipient.objects.due(now).filter(post__in=Post.objects.under_way())
    for one in rows.select_related("post", "member")[:20]:
        mine = Recipient.objects.due(now).filter(id=one.id, attempts=one.attempts)
        if mine.update(next_at=now + LEASE, attempts=F("attempts") + 1):
            one.attempts += 1
            return one
    return None


@transaction.atomic
def note_outcome(*, recipient: Recipient, outcome: str, at: datetime) -> bool:
    """Note what became of it, once; a post of which nobody waits any more is done."""
    sent = {"sent_at": at} if outcome == "sent" else {}
    if not Recipient.objects.filter(id=recipient.id, outcome="").update(outcome=outcome, **sent):
        return False
    if sent:
        record(
            PostSent(
                occurred_at=at,
                person=recipient.member.key,
                post=recipient.post_id,
                channel=recipient.post.channel,
            )
        )
    return True


@transaction.atomic
def put_off(*, recipient: Recipient, until: datetime, now: datetime) -> None:
    """Try later: it is night, or the member's budget is used up. After PATIENCE it is let go of."""
    if until - recipient.post.started_at > PATIENCE:
        note_outcome(recipient=recipient, outcome="no_room", at=now)
        return
    Recipient.objects.filter(id=recipient.id).update(next_at=until, attempts=0)


@transaction.atomic
def note_failure(*, recipient: Recipient, at: datetime) -> None:
    """Note a mail that could not be handed over; after the last attempt it has failed."""
    if recipient.attempts > len(BACK_OFF):
        note_outcome(recipient=recipient, outcome="failed", at=at)
        return
    wait = timedelta(minutes=BACK_OFF[recipient.attempts - 1])
    Recipient.objects.filter(id=recipient.id).update(next_at=at + wait)


@transaction.atomic
def end_posts(*, now: datetime) -> int:
    """Note which posts are done: nobody of them waits any more."""
    waiting = Recipient.objects.waiting().values("post")
    return Post.objects.under_way().exclude(id__in=waiting).update(ended_at=now)

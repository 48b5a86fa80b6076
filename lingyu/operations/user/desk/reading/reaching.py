"""To whom a message goes, and what it did: those who were to be told beside those who were held out.

Compared are all who were drawn for it, whether or not it reached them: whoever can be reached differs from
who cannot, and the two halves of a draw do not.
"""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import msgspec
from django.conf import settings
from django.utils import timezone

from lingyu.kernel.query import Period, Query
from lingyu.kernel.questions.people import Condition
from lingyu.store.explore.lift import Lift, lift
from lingyu.store.log import sequences
from lingyu.store.query import ask

from ...models import Group, Membership, Participant, Post, Recipient
from . import losing
from .book import open_book
from .warning import warned


def audience(post: Post) -> list[UUID]:
    """The members whom a post means now; who is no member of the site can't be told."""
    if post.audience == Post.Audience.GROUP:
        stays = Membership.objects.filter(group=post.group_id).present().counted()
        return list(
            stays.exclude(participant__member=None).values_list("participant__member", flat=True).distinct()
        )
    if post.audience == Post.Audience.WARNED:
        return at_risk()
    return meeting(post.condition)


def at_risk() -> list[UUID]:
    """Members on the early-warning list, of whom the account is known."""
    groups = list(Group.objects.standing())
    book = open_book(groups, timezone.localdate() - timedelta(1))
    found = [w.who for w in warned(book, losing.thresholds(book), None)]
    return list(
        Participant.objects.filter(id__in=found, member__isnull=False)
        .values_list("member", flat=True)
        .distinct()
    )


def meeting(condition: dict) -> list[UUID]:
    """Members who meet a condition, by everything the log knows. Raises QuestionError."""
    # Compiles loops when it is first asked.
    from lingyu.store.explore.segments import people

    source = sequences()
    found = source.keys(list(people(msgspec.convert(condition, Condition), source)))
    return [id for key in found if (id := _uuid(key))]


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def outcomes(post: Post) -> dict[str, int]:
    """How many of the audience became what; "held" for the hold-out, "" for who waits."""
    rows = Recipient.objects.filter(post=post).values_list("held", "outcome")
    return dict(Counter("held" if held else outcome for held, outcome in rows))


def days_left(post: Post, today: date) -> int:
    """How many days are still to come in which members may reach the goal."""
    if post.started_at is None:
        return post.goal_days
    ends = timezone.localdate(post.started_at) + timedelta(post.goal_days - 1)
    return max(0, (ends - today).days + 1)


def effect(post: Post) -> Lift | None:
    """Conversions of both sides, from the day of the draw; None for a draft."""
    if post.started_at is None:
        return None
    start = timezone.localdate(post.started_at)
    period = Period(start, start + timedelta(post.goal_days - 1))
    result = ask(Query(metric=post.goal, period=period, by=("person",), tz=settings.TIME_ZONE))
    did = {str(row.dims[0]) for row in result.rows if row.value}
    arms = {False: [0, 0], True: [0, 0]}
    for held, member in Recipient.objects.filter(post=post).values_list("held", "member"):
        arms[held][0] += 1
        arms[held][1] += str(member) in did
    return lift(*arms[False], *arms[True])


def measured() -> Lift | None:
    """What all messages to early-warning lists did together whose days are over; None without one."""
    today, sums = timezone.localdate(), [0, 0, 0, 0]
    for post in Post.objects.filter(audience=Post.Audience.WARNED, started_at__isnull=False):
        if days_left(post, today) == 0 and (found := effect(post)):
            parts = (found.sent, found.sent_converted, found.held, found.held_converted)
            sums = [a + b for a, b in zip(sums, parts, strict=True)]
    return lift(*sums) if sums[0] and sums[2] else None

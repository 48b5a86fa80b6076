"""What followed for those concerned: to which rung each finding of the month comes, by the ladder."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from lingyu.community.pact.ladder import RUNGS, penalties
from lingyu.community.pact.models import Finding, Relief, Second
from lingyu.community.pact.standings import as_value

from .frames import Counts, Frame

# Members whose findings are held in memory at a time.
BATCH = 500


def counts(frame: Frame) -> Counts:
    """Rungs, second confirmations and penalties that rest because the house was late."""
    told = Finding.objects.filter(**frame.within("told_at"))
    came_to: Counter[str] = Counter()
    for members in _batches(told.order_by("member").values_list("member", flat=True).distinct()):
        came_to.update(_rungs(frame, members))
    yield "findings", told.count()
    for rung in RUNGS.values():
        yield f"rungs/rung/{rung.code}", came_to[rung.code]
    yield "rungs/rung/overturned", came_to["overturned"]
    yield "members_found", told.order_by().values("member").distinct().count()
    yield "seconds", Second.objects.filter(**frame.within("at")).count()
    yield "rested", Relief.objects.filter(**frame.within("since")).count()


def _rungs(frame: Frame, members: list[UUID]) -> Iterator[str]:
    """The rung of each finding told in the month, in the light of the member's others."""
    standing, wanted = defaultdict(list), set()
    rows = Finding.objects.filter(member__in=members, told_at__lt=frame.known).whole()
    for row in rows.iterator(chunk_size=2_000):
        value = as_value(row, frame.known)
        this_month = frame.since <= row.told_at < frame.end
        if value is None:
            if this_month:
                yield "overturned"
            continue
        standing[row.member_id].append(value)
        wanted |= {value.id} if this_month else set()
    for findings in standing.values():
        for penalty in penalties(frame.ladder, findings):
            if penalty.finding.id in wanted:
                yield RUNGS[penalty.level].code


def _batches(ids) -> Iterator[list[UUID]]:
    left = iter(ids.iterator())
    while batch := list(islice(left, BATCH)):
        yield batch

"""The verdict: every invariant of the ledger and the feathers, from the first row on.

Holds the checks that go beyond `ledger.verify`: what processes were told against what is there, caps,
once for ever.
"""

from collections import Counter

from django.db.models import Count, Sum

from .deeds import Notes
from .scene import CAP, Scene

# The outcomes that move feathers, and the kinds of transfers they are.
MOVES = {
    "granted": ("issue",),
    "approved": ("issue",),
    "spent": ("spend",),
    "held": ("hold",),
    "settled": ("settle",),
    "released": ("release",),
    "refunded": ("refund",),
    "clawed_back": ("claw_back",),
    "pending": ("pend",),
    "declined": ("void",),
}


def violations(scene: Scene, notes: list[Notes]) -> list[str]:
    """Everything that is not as it should be, in words."""
    from lingyu.community.ledger.reads import drift, totals
    from lingyu.community.ledger.verify import verify

    found = list(verify().faults)
    found += [] if totals().balanced else [f"the totals do not make up what was issued: {totals()}"]
    found += [f"drift was seen: {one.what}" for one in drift()]
    return [*found, *_told(notes), *_capped(scene), *_once(), *_receipts()]


def _told(notes: list[Notes]):
    """What processes were told, against what the ledger holds."""
    from lingyu.community.ledger.models import Transfer

    rows = Transfer.objects.values("kind").annotate(all=Sum("amount"), count=Count("id"))
    booked = {row["kind"]: (row["count"], row["all"]) for row in rows}
    outcomes = sum((note.outcomes for note in notes), Counter())
    feathers = sum((note.feathers for note in notes), Counter())
    for outcome, kinds in MOVES.items():
        if outcome in ("granted", "approved"):
            continue
        there = booked.get(kinds[0], (0, 0))
        if (outcomes[outcome], feathers[outcome]) != there:
            yield f"told of {outcomes[outcome]} × {outcome} ({feathers[outcome]}), booked {there}"
    # A restored promise is issued, a restored claw-back is restored: together they add up.
    came = ("granted", "approved", "restored")
    told = sum(outcomes[o] for o in came), sum(feathers[o] for o in came)
    there = tuple(sum(booked.get(k, (0, 0))[n] for k in ("issue", "restore")) for n in (0, 1))
    if told != there:
        yield f"told of {told} issued and restored, booked {there}"


def _capped(scene: Scene):
    """Days on which somebody earned more than the cap."""
    from lingyu.community.feathers.models import Receipt

    for rule, cap in ((scene.capped, CAP), (scene.reviewed, 600)):
        rows = Receipt.objects.filter(cause=rule.code).values("member", "day")
        for row in rows.annotate(all=Sum("counts")).filter(all__gt=cap):
            yield f"{rule.code}: {row['all']} of {cap} for {row['member']} on {row['day']}"


def _once():
    """Keys that rewarded more than once."""
    from lingyu.community.feathers.models import Receipt

    rewarded = Receipt.objects.filter(outcome__in=["granted", "pending", "spent", "held"])
    for row in rewarded.values("key").annotate(times=Count("id")).filter(times__gt=1):
        yield f"{row['key']} rewarded or taken {row['times']} times"


def _receipts():
    """Receipts whose transfer is not there, and transfers of which no receipt tells."""
    from lingyu.community.feathers.models import Receipt
    from lingyu.community.ledger.models import Transfer

    told = set(Receipt.objects.exclude(transfer=None).values_list("transfer", flat=True))
    booked = set(Transfer.objects.exclude(kind__in=["expire", "void"]).values_list("id", flat=True))
    if told != booked:
        yield f"{len(told - booked)} receipts without transfer, {len(booked - told)} of these without receipt"

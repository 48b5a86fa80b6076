"""What a source tells of a group, noted at once: who came, went, and said something.

Told again, nothing changes: ids follow from what the source calls things. Words are judged and let go of;
those of a small sample are kept where the group's setting allows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import fact_id
from lingyu.store.outbox import record_all

from ..events import MessageSaid
from ..models import Group, Membership, Message, Participant, Sample, standing_rules
from ..models.validity import Judged
from . import staying

BATCH = 500
# One message in so many is kept as a sample, and of a group no more than this at a time.
ONE_IN, MOST = 20, 300
WORDS = 500


@dataclass(frozen=True)
class Said:
    """A message: when, by whom (the source's key and name), its words; `key` as the source calls it."""

    key: str
    at: datetime
    who: str
    name: str
    text: str
    kind: str = ""


@dataclass(frozen=True)
class Came:
    """Somebody joined."""

    at: datetime
    who: str
    name: str = ""
    role: str = Membership.Role.MEMBER


@dataclass(frozen=True)
class Went:
    """Somebody left."""

    at: datetime
    who: str
    how: str = Membership.How.UNKNOWN


@dataclass(frozen=True)
class Noted:
    """What was new: messages, how many of them count, stays begun and ended; and what was known already."""

    messages: int = 0
    valid: int = 0
    joined: int = 0
    left: int = 0
    known: int = 0


@transaction.atomic
def note(
    *, actor: Member | None, group: Group, told: Iterable[Said | Came | Went], source: str = ""
) -> Noted:
    """Note what a source tells of a group, in the order in which it happened."""
    told = sorted(told, key=lambda t: t.at)
    source = source or group.kind
    people = _people(told, source)
    joined, left = _stays(actor, group, told, people)
    fresh, known = _messages(group, told, people)
    return Noted(len(fresh), sum(not m.why for m in fresh), joined, left, known)


def _people(told: list, source: str) -> dict[str, Participant]:
    """Everybody who is told of, by the source's key; the newest name is kept."""
    names: dict[str, str] = {}
    for item in told:
        names[item.who] = getattr(item, "name", "")[:80] or names.get(item.who, "")
    ids = {fact_id("participant", source, key): key for key in names}
    found = {p.id: p for p in _in_batches(Participant.objects, list(ids))}
    # Whom the site knows are its members.
    made = [
        Participant(
            id=id, source=source, key=key, name=names[key], member_id=key if source == "site" else None
        )
        for id, key in ids.items()
        if id not in found
    ]
    Participant.objects.bulk_create(made, ignore_conflicts=True)
    renamed = [p for p in found.values() if names[ids[p.id]] and p.name != names[ids[p.id]]]
    for one in renamed:
        one.name = names[ids[one.id]]
    Participant.objects.bulk_update(renamed, ["name"], batch_size=BATCH)
    return {ids[p.id]: p for p in [*found.values(), *made]}


def _stays(actor: Member | None, group: Group, told: list, people: dict[str, Participant]) -> tuple[int, int]:
    """Begin and end stays; whoever speaks without a known stay began one by speaking."""
    stays: dict[UUID, list[Membership]] = {}
    for stay in Membership.objects.filter(group=group).order_by("joined_at"):
        stays.setdefault(stay.participant_id, []).append(stay)
    joined = left = 0
    for item in told:
        who = people[item.who]
        mine = stays.setdefault(who.id, [])
        there = next(
            (s for s in mine if s.joined_at <= item.at and (not s.left_at or item.at <= s.left_at)), None
        )
        if isinstance(item, Went):
            ended = there is not None and there.left_at is None
            if ended and staying.leave(actor=actor, group=group, who=who, at=item.at, how=item.how):
                there.left_at, left = item.at, left + 1
        elif there is None:
            role = getattr(item, "role", Membership.Role.MEMBER)
            open_stay = next((s for s in mine if s.left_at is None), None)
            if open_stay and isinstance(item, Said):
                # An older export: they were there before what was known to be their beginning.
                staying.began_earlier(actor=actor, stay=open_stay, at=item.at)
                continue
            known = isinstance(item, Came)
            mine.append(staying.join(actor=actor, group=group, who=who, at=item.at, known=known, role=role))
            joined += 1
    return joined, left


def _messages(group: Group, told: list, people: dict[str, Participant]) -> tuple[list[Message], int]:
    """Keep the messages that are new, with their facts and a sample; and how many were known."""
    said = {fact_id("message", str(group.id), s.key): s for s in told if isinstance(s, Said)}
    known = {m.id for m in _in_batches(Message.objects.only("id"), list(said))}
    number, terms = standing_rules()
    fresh, words = [], {}
    for id, one in said.items():
        if id not in known:
            judged = terms.judge(one.text, one.kind)
            fresh.append(_message(id, group, people[one.who], one, judged, number))
            words[id] = one.text
    Message.objects.bulk_create(fresh, batch_size=BATCH)
    counted = set(Membership.objects.filter(group=group).counted().values_list("participant", flat=True))
    record_all(_fact(m, m.participant_id in counted) for m in fresh)
    _sample(group, fresh, words)
    return fresh, len(known)


def _message(id: UUID, group: Group, who: Participant, said: Said, judged: Judged, rule: int) -> Message:
    day = timezone.localdate(said.at)
    about = {"kind": judged.kind, "length": judged.length, "why": judged.why, "rule": rule}
    return Message(id=id, group=group, participant=who, at=said.at, day=day, **about)


def _fact(message: Message, counted: bool) -> MessageSaid:
    return MessageSaid(
        id=fact_id("user.message_said", str(message.id)),
        occurred_at=message.at,
        person=message.participant.person,
        group=message.group_id,
        kind=message.kind,
        length=message.length,
        valid=not message.why,
        counted=counted,
        rules_version=message.rule,
    )


def _sample(group: Group, fresh: list[Message], words: dict[UUID, str]) -> None:
    """Keep the words of some texts, chosen by their ids and not by what they say."""
    if not group.sampled_at:
        return
    room = MOST - Sample.objects.filter(message__group=group).exclude(words="").count()
    chosen = [m for m in fresh if m.id.int % ONE_IN == 0 and m.kind in ("text", "emoji")][: max(0, room)]
    kept = timezone.now()
    Sample.objects.bulk_create([Sample(message=m, words=words[m.id][:WORDS], kept_at=kept) for m in chosen])


def _in_batches(rows, ids: list[UUID]) -> list:
    return [row for at in range(0, len(ids), BATCH) for row in rows.filter(id__in=ids[at : at + BATCH])]

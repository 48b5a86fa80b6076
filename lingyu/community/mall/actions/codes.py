"""Codes: into the pool, out of it, shown to whose they are, and sealed anew.

Holds writes of codes. No code is ever in a fact, a log, or an answer to an operator.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from .. import vault
from ..events import CodeRevealed, GoodStocked, RevealReopened
from ..models import Address, Batch, Code, Good, Order, Reopening, Reveal, Supplier
from .moving import lock_good, locked, tell
from .secrets import tail

LONGEST, MOST = 200, 20_000

log = logging.getLogger(__name__)


@dataclass
class Imported:
    """What came of an import: the batch, and the lines that were refused, each with its number and why."""

    batch: Batch
    refused: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def import_codes(*, actor: Member, good: Good, text: str, at: datetime | None = None) -> Imported:
    """Put codes into the pool of a good: one a line, or the first column of a CSV file.

    Refused with its number: what is empty beside others, too long, in the pool already, or here twice.
    """
    at = at or timezone.now()
    if good.kind != Good.Kind.CODE:
        raise ValidationError(_("This good has no codes."))
    lines = text.splitlines()
    if len(lines) > MOST:
        raise ValidationError(_("No more than %(most)d lines at once.") % {"most": MOST})
    # One import after the other: what one puts in, the next one has to know.
    lock_good(good.id)
    batch = Batch.objects.create(good=good, by=actor, at=at)
    codes, refused = _read(good, batch, lines)
    Code.objects.bulk_create(codes, batch_size=500)
    Batch.objects.filter(id=batch.id).update(added=len(codes), refused=len(refused))
    batch.added, batch.refused = len(codes), len(refused)
    if codes:
        record(
            GoodStocked(occurred_at=at, person=actor.key, actor=actor.key, good=good.id, pieces=len(codes))
        )
    return Imported(batch, refused)


def _read(good: Good, batch: Batch, lines: list[str]) -> tuple[list[Code], list[tuple[int, str]]]:
    known = set(Code.objects.filter(good=good).values_list("mark", flat=True))
    codes, refused = [], []
    for number, line in enumerate(lines, 1):
        text = line.lstrip("\ufeff").split(",")[0].strip().strip('"').strip()
        if not text:
            if line.strip():
                refused.append((number, _("There is no code in the first column.")))
            continue
        marks = vault.marks(text)
        if len(text) > LONGEST or not text.isprintable():
            refused.append(
                (number, _("Longer than %(most)d characters, or not plain text.") % {"most": LONGEST})
            )
        elif known.intersection(marks):
            refused.append((number, _("This code is there already.")))
        else:
            known.add(marks[0])
            id = uuid7()
            sealed = vault.seal(text, about=f"code {id}")
            codes.append(Code(id=id, good=good, batch=batch, sealed=sealed, mark=marks[0], tail=tail(text)))
    return codes, refused


@transaction.atomic
def withdraw_codes(*, actor: Member, good: Good, batch: Batch, at: datetime | None = None) -> int:
    """Take the codes of a batch that nobody has yet out of the pool; how many."""
    at = at or timezone.now()
    count = Code.objects.free().filter(good=good, batch=batch).update(withdrawn_at=at)
    if count:
        record(GoodStocked(occurred_at=at, person=actor.key, actor=actor.key, good=good.id, pieces=-count))
    return count


@transaction.atomic
def reveal_code(*, actor: Member, order: Order, at: datetime | None = None) -> str | None:
    """The code of one's own order, this once; None when it was shown before and not opened again.

    Raises Locked, and does not count as shown, when its key is gone.
    """
    at = at or timezone.now()
    order = locked(order)
    if order.member_id != actor.id:
        raise ValidationError(_("This is somebody else's order."))
    code = Code.objects.filter(order=order).first()
    if code is None or order.state != "delivered":
        return None
    turn = code.reopenings.count()
    if code.reveals.filter(turn=turn).exists():
        return None
    try:
        with transaction.atomic():
            Reveal.objects.create(code=code, turn=turn, by=actor, at=at)
    except IntegrityError:
        return None
    tell(CodeRevealed, order, at, actor)
    try:
        return vault.unseal(code.sealed, about=f"code {code.id}")
    except vault.Locked as fault:
        log.error("the code of order %s cannot be shown: %s", order.number, fault)
        raise


@transaction.atomic
def reopen_reveal(*, actor: Member, order: Order, why: str, at: datetime | None = None) -> bool:
    """Let the member look once more; False when it has not been looked at since it was last opened."""
    why, at = one_line(why), at or timezone.now()
    if not why:
        raise ValidationError({"why": _("Say why: it is kept with the order.")})
    order = locked(order)
    code = Code.objects.filter(order=order).first()
    if code is None or code.reveals.count() <= code.reopenings.count():
        return False
    Reopening.objects.create(code=code, by=actor, at=at, why=why[:300])
    tell(RevealReopened, order, at, actor)
    return True


def reseal(*, batch: int = 500) -> int:
    """Seal a batch of what an older key has sealed with the present one; how many. Repeat until nought.

    What no key opens that there is stays as it is: `reads.locked` counts it.
    """
    with transaction.atomic():
        done = 0
        for code in Code.objects.filter(_older("sealed")).select_for_update()[:batch]:
            text = vault.unseal(code.sealed, about=f"code {code.id}")
            own = text if code.batch_id else f"{code.order_id} {text}"
            sealed = vault.seal(text, about=f"code {code.id}")
            done += Code.objects.filter(id=code.id).update(sealed=sealed, mark=vault.mark(own))
        for kept in Address.objects.filter(_older("sealed")).select_for_update()[:batch]:
            about = f"address {kept.order_id}"
            sealed = vault.seal(vault.unseal(kept.sealed, about=about), about=about)
            done += Address.objects.filter(order=kept.order_id).update(sealed=sealed)
        for supplier in Supplier.objects.filter(_older("secret")).select_for_update()[:batch]:
            about = f"supplier {supplier.id}"
            sealed = vault.seal(vault.unseal(supplier.secret, about=about), about=about)
            done += Supplier.objects.filter(id=supplier.id).update(secret=sealed)
    return done


def _older(field: str) -> Q:
    """What a key that is there, and not the present one, has sealed; nothing without such a key."""
    found = Q(pk__in=[])
    for id in vault.known()[1:]:
        found |= Q(**{f"{field}__startswith": f"{id}:"})
    return found

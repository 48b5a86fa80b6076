"""Goods: making and changing them, putting them on sale, their stock, and the tiers of members.

Holds writes of goods.
"""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.access import ROLES
from lingyu.kernel.text import legible, one_line
from lingyu.store.outbox import record

from ..events import GoodChanged, GoodClosed, GoodOpened, GoodStocked
from ..models import Good, Opening, TierTable, Version
from ..models.goods import DEAREST

MOST = 10_000_000
# What an operator says about a good; `stock` has a way of its own, because members change it too.
TERMS = (
    "zh",
    "en",
    "zh_about",
    "en_about",
    "picture",
    "feathers",
    "cost_minor",
    "currency",
    "from_at",
    "until_at",
    "per_life",
    "per_days",
    "days",
    "least_days",
    "least_tier",
    "role",
    "secret",
    "supplier",
    "position",
)


class StaleGood(ValidationError):
    """Somebody else changed the good since it was read."""


@transaction.atomic
def make_good(
    *, actor: Member, kind: str, stock: int | None = None, at: datetime | None = None, **terms
) -> Good:
    """A new good, not on sale yet. `stock`: pieces, or None for no end of it; codes count themselves."""
    at = at or timezone.now()
    good = Good(kind=kind, currency=settings.LINGYU_CURRENCY, at=at)
    if kind not in Good.Kind.values:
        raise ValidationError({"kind": _("There is no such kind of good.")})
    if kind == "physical" and stock is None:
        stock = 0
    good.stock = None if kind == "code" else _pieces(stock)
    _put(good, terms)
    good.save(force_insert=True)
    _write_version(good, actor, at)
    return good


@transaction.atomic
def change_good(*, actor: Member, good: Good, expected: int, at: datetime | None = None, **terms) -> Good:
    """Put new terms into force; orders keep the price they were made at. The same again changes nothing.

    `expected` is the version that was read; StaleGood when it is another one now.
    """
    at = at or timezone.now()
    now = Good.objects.select_for_update().get(id=good.id)
    if now.version != expected:
        raise StaleGood(_("Somebody changed this good meanwhile. Look at it again."))
    before = _data(now)
    _put(now, terms)
    if _data(now) == before:
        return now
    now.version, now.at = expected + 1, at
    now.save(update_fields=[*TERMS, "version", "at"])
    _write_version(now, actor, at)
    return now


@transaction.atomic
def open_good(*, actor: Member, good: Good, at: datetime | None = None) -> bool:
    """Put a good on sale; False when it was."""
    at = at or timezone.now()
    good = Good.objects.select_for_update().get(id=good.id)
    if Opening.objects.filter(good=good, closed_at__isnull=True).exists():
        return False
    Opening.objects.create(good=good, opened_at=at, opened_by=actor)
    record(_event(GoodOpened, good, actor, at))
    return True


@transaction.atomic
def close_good(*, actor: Member, good: Good, at: datetime | None = None) -> bool:
    """Take a good off sale; orders that are on their way are delivered. False when it was."""
    at = at or timezone.now()
    standing = Opening.objects.filter(good=good, closed_at__isnull=True)
    if not standing.update(closed_at=at, closed_by=actor):
        return False
    record(_event(GoodClosed, good, actor, at))
    return True


@transaction.atomic
def restock(*, actor: Member, good: Good, pieces: int, at: datetime | None = None) -> bool:
    """Add pieces to the stock, or take some out of it; ValidationError for more than there are."""
    if not pieces or abs(pieces) > MOST:
        raise ValidationError({"pieces": _("A whole number that is not 0.")})
    found = Good.objects.filter(id=good.id, stock__isnull=False, stock__gte=-pieces, stock__lte=MOST)
    if not found.update(stock=F("stock") + pieces):
        raise ValidationError({"pieces": _("There are not so many in stock.")})
    record(_event(GoodStocked, good, actor, at or timezone.now(), pieces=pieces))
    return True


@transaction.atomic
def change_tiers(*, actor: Member, tiers: list[dict], expected: int, at: datetime | None = None) -> TierTable:
    """Put another table of tiers into force: names, and from how many feathers, rising from 0."""
    last = TierTable.objects.order_by("-number").first()
    if (last.number if last else 0) != expected:
        raise ValidationError(_("Somebody changed the tiers meanwhile. Look at them again."))
    tiers = [row | {name: one_line(row[name]) for name in ("zh", "en")} for row in tiers]
    least = [row["least"] for row in tiers]
    if (
        not tiers
        or least[0] != 0
        or least != sorted(set(least))
        or not all(r["zh"] and r["en"] for r in tiers)
    ):
        raise ValidationError(
            _("Each tier needs two names and more feathers than the one below; the first 0.")
        )
    data = [
        {"level": n, "zh": r["zh"][:20], "en": r["en"][:30], "least": r["least"]} for n, r in enumerate(tiers)
    ]
    return TierTable.objects.create(number=expected + 1, data=data, by=actor, at=at or timezone.now())


def _put(good: Good, terms: dict) -> None:
    """The terms onto the good, checked; ValidationError by field."""
    if unknown := set(terms) - set(TERMS):
        raise TypeError(f"a good has no {', '.join(sorted(unknown))}")
    for name, value in terms.items():
        setattr(good, name, legible(value).strip() if isinstance(value, str) else value)
    faults: dict[str, str] = {}
    for name in ("zh", "en"):
        if not getattr(good, name) or len(getattr(good, name)) > 80:
            faults[name] = _("A name of 1 to 80 characters.")
    for name in ("zh_about", "en_about"):
        if len(getattr(good, name)) > 2_000:
            faults[name] = _("No more than 2,000 characters.")
    if not isinstance(good.feathers, int) or not 1 <= good.feathers <= DEAREST:
        faults["feathers"] = _("A price is 1 to %(most)d feathers.") % {"most": DEAREST}
    if not isinstance(good.cost_minor, int) or not 0 <= good.cost_minor <= MOST * 100:
        faults["cost_minor"] = _("A cost is not negative.")
    if good.from_at and good.until_at and good.from_at >= good.until_at:
        faults["until_at"] = _("The end has to be after the beginning.")
    if bool(good.per_days) != bool(good.days):
        faults["per_days"] = _("A limit within days needs both numbers.")
    for name in ("per_life", "per_days", "days", "least_days", "least_tier"):
        if not 0 <= (getattr(good, name) or 0) <= 10_000:
            faults[name] = _("A number from 0 to 10,000.")
    if good.role and good.role not in ROLES:
        faults["role"] = _("There is no such role.")
    if good.supplier and good.kind != "virtual":
        faults["supplier"] = _("Only virtual goods are delivered by a supplier.")
    if faults:
        raise ValidationError(faults)


def _pieces(stock: int | None) -> int | None:
    if stock is not None and not 0 <= stock <= MOST:
        raise ValidationError({"stock": _("There are not so many in stock.")})
    return stock


def _data(good: Good) -> dict:
    found = {name: getattr(good, name) for name in TERMS if name != "supplier"}
    found |= {name: found[name].isoformat() for name in ("from_at", "until_at") if found[name]}
    return found | {"supplier": str(good.supplier_id or "")}


def _write_version(good: Good, actor: Member, at: datetime) -> None:
    Version.objects.create(
        good=good, number=good.version, feathers=good.feathers, data=_data(good), by=actor, at=at
    )
    record(
        _event(
            GoodChanged,
            good,
            actor,
            at,
            version=good.version,
            feathers=good.feathers,
            cost_minor=good.cost_minor,
            currency=good.currency,
        )
    )


def _event(kind, good: Good, actor: Member, at: datetime, **more):
    more = more or {"feathers": good.feathers}
    return kind(occurred_at=at, person=actor.key, actor=actor.key, good=good.id, **more)

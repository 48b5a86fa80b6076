"""Opening shops."""

from datetime import datetime
from zoneinfo import available_timezones

from babel.numbers import is_currency
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import fact_id
from lingyu.store.outbox import record

from ..events import ShopOpened
from ..models import Platform, Shop


@transaction.atomic
def open_shop(
    *,
    actor: Member | None,
    name: str,
    platform: str = Platform.GENERIC,
    currency: str = "",
    zone: str = "",
    at: datetime | None = None,
) -> Shop:
    """Open a shop called `name`; the house's currency and time zone unless others are given.

    Raises ValidationError for a name that is taken, and for a platform, currency or zone that
    does not exist.
    """
    currency, zone = currency or settings.LINGYU_CURRENCY, zone or settings.TIME_ZONE
    if not is_currency(currency):
        message = _("There is no currency “%(code)s”. Use a code such as CNY.")
        raise ValidationError(message, params={"code": currency})
    if zone not in available_timezones():
        message = _("There is no time zone “%(name)s”. Use a name such as Asia/Shanghai.")
        raise ValidationError(message, params={"name": zone})
    at = at or timezone.now()
    who = actor.key if actor else None
    shop = Shop(name=name, platform=platform, currency=currency, zone=zone, opened_by=who or "", opened_at=at)
    shop.full_clean(exclude=["opened_by"])
    shop.save(force_insert=True)
    record(
        ShopOpened(
            id=fact_id("ecommerce.shop", str(shop.id)),
            occurred_at=at,
            actor=who,
            shop=shop.name,
            platform=shop.platform,
        )
    )
    return shop

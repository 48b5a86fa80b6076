"""Where an import goes: its shop, its error report, and the event store at the end.

Shared by the commands; writes no rows itself.
"""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import available_timezones

from babel.numbers import is_currency
from django.conf import settings
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member

from ..actions import open_shop
from ..models import Platform, Shop

log = logging.getLogger(__name__)


class WrongUsage(ValueError):
    """The command was called with options that contradict each other or the data."""


def draft_shop(name: str, currency: str = "", zone: str = "") -> Shop:
    """The shop called `name`; if there is none, a draft that is not saved. Raises WrongUsage."""
    currency, zone = currency.upper(), zone
    if currency and not is_currency(currency):
        raise WrongUsage(_("There is no currency “%(code)s”. Use a code such as CNY.") % {"code": currency})
    if zone and zone not in available_timezones():
        raise WrongUsage(
            _("There is no time zone “%(name)s”. Use a name such as Asia/Shanghai.") % {"name": zone}
        )
    if not name.strip() or len(name.strip()) > Shop._meta.get_field("name").max_length:
        raise WrongUsage(_("The shop needs a name of at most 80 characters."))
    shop = Shop.objects.filter(name=name.strip()).first()
    if shop is None:
        return Shop(
            name=name.strip(),
            platform=Platform.GENERIC,
            currency=currency or settings.LINGYU_CURRENCY,
            zone=zone or settings.TIME_ZONE,
        )
    for asked, has in ((currency, shop.currency), (zone, shop.zone)):
        if asked and asked != has:
            raise WrongUsage(
                _("The shop “%(shop)s” has %(has)s, so its files can't be read with %(asked)s.")
                % {"shop": shop.name, "has": has, "asked": asked}
            )
    return shop


def open_as_drafted(draft: Shop, actor: Member | None) -> Shop:
    """The drafted shop, opened."""
    return open_shop(
        actor=actor, name=draft.name, platform=draft.platform, currency=draft.currency, zone=draft.zone
    )


def opened(shop: Shop) -> str:
    """That a shop is there now, and how its files are read."""
    return _("The shop “%(shop)s” has been opened (%(currency)s, %(zone)s).") % {
        "shop": shop.name,
        "currency": shop.currency,
        "zone": shop.zone,
    }


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Look for garbage in cycles less often: rows make none, and looking took a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def ship(ui: Any) -> None:
    """Bring the facts into the event store, so that the numbers are there when the command ends."""
    from lingyu.store.models import Envelope
    from lingyu.store.ship import ship_all

    waiting = Envelope.objects.waiting().count()
    try:
        with ui.progress(_("computing the numbers"), waiting) as tell:
            ship_all(tell)
    except Exception:
        # The facts are safe in the outbox; the server's shipper will take them.
        log.exception("shipping after an import failed")
        ui.fail(_("Everything is booked, but the numbers could not be computed yet; the server will do it."))

"""Suppliers: who is asked for virtual goods, and the secret by which both know one another.

Holds writes of suppliers.
"""

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7
from lingyu.kernel.text import one_line

from .. import vault
from ..models import Supplier
from ..suppliers.addresses import Forbidden, checked


@transaction.atomic
def add_supplier(
    *, actor: Member, name: str, url: str, timeout: int = 10, at: datetime | None = None
) -> tuple[Supplier, str]:
    """A supplier and its new secret, which is told this once."""
    id, secret = uuid7(), secrets.token_urlsafe(32)
    made = Supplier.objects.create(
        id=id,
        secret=vault.seal(secret, about=f"supplier {id}"),
        by=actor,
        at=at or timezone.now(),
        **_checked(name, url, timeout),
    )
    return made, secret


@transaction.atomic
def change_supplier(*, actor: Member, supplier: Supplier, name: str, url: str, timeout: int = 10) -> None:
    """Another name, address or patience; the secret stays."""
    Supplier.objects.filter(id=supplier.id).update(**_checked(name, url, timeout))


def _checked(name: str, url: str, timeout: int) -> dict:
    name = one_line(name)
    if not name or len(name) > 80:
        raise ValidationError({"name": _("A name of 1 to 80 characters.")})
    if not 1 <= timeout <= 30:
        raise ValidationError({"timeout": _("1 to 30 seconds.")})
    try:
        checked(url)
    except Forbidden as fault:
        raise ValidationError({"url": fault.words}) from None
    return {"name": name, "url": url, "timeout": timeout}

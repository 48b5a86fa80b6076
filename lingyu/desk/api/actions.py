"""What is done with tokens: made, shown once a day as used, revoked."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from ..events import TokenMade, TokenRevoked, TokenUsed
from .models import ApiToken
from .scopes import SCOPES

# So that scanners of secrets know one when they see it.
BEGINS = "lgy_"
SHOWN = 12


def digest_of(token: str) -> str:
    """What is kept of a token. It is 256 random bits, so no salt and no slow hash are needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def make_token(
    *, actor, name: str, scopes: Iterable[str], days: int | None = 365, per_minute: int = 60
) -> tuple[ApiToken, str]:
    """A token for `scopes`, and its text, which can never be had again. Raises ValidationError by field."""
    wanted = [code for code in SCOPES if code in set(scopes)]
    lacking = [code for code in wanted if not actor.may(SCOPES[code].permission)]
    if not wanted or lacking:
        raise ValidationError({"scopes": _("Choose what it opens, of what you may do yourself.")})
    now, text = timezone.now(), BEGINS + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        name=one_line(name),
        prefix=text[:SHOWN],
        digest=digest_of(text),
        scopes=" ".join(wanted),
        per_minute=per_minute,
        made_by=actor,
        made_at=now,
        expires_at=now + timedelta(days=days) if days else None,
    )
    record(TokenMade(occurred_at=now, actor=str(actor.pk), token=str(token.pk), scopes=token.scopes))
    return token, text


@transaction.atomic
def revoke_token(*, actor, token: ApiToken) -> bool:
    """Let it open nothing any more; False when that had been done."""
    now = timezone.now()
    standing = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
    if not standing.update(revoked_by=actor, revoked_at=now):
        return False
    record(TokenRevoked(occurred_at=now, actor=str(actor.pk), token=str(token.pk)))
    return True


@transaction.atomic
def note_use(*, token: ApiToken, day: date, now: datetime) -> bool:
    """Note the first use of a day: often enough to find tokens that nobody needs; False on later ones."""
    first = ApiToken.objects.filter(pk=token.pk).exclude(used_on=day)
    if not first.update(used_on=day):
        return False
    record(TokenUsed(occurred_at=now, actor=str(token.made_by_id), token=str(token.pk)))
    return True

"""What an operator may do with sources: make and change them, rotate their keys, stop and resume them."""

import re
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.kernel.ids import uuid7
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from .events import KeyRotated, SourceChanged, SourceMade, SourceResumed, SourceStopped
from .models import Source
from .protocols import CODES

# For so long a replaced key is valid: apps in the field have it built in.
KEY_OVERLAP = timedelta(days=30)
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?")
_NAME = re.compile(r"[^\s,;]{1,120}")


@transaction.atomic
def make_source(
    *, actor, name: str, names: str = "", protocols: str = "", origins: str = "", per_minute: int = 0
) -> Source:
    """Let something new send. Raises ValidationError by field."""
    fields = _checked(None, names, protocols, origins)
    now = timezone.now()
    source = Source.objects.create(
        name=one_line(name),
        prefix=secrets.token_hex(6),
        key=_new_key(),
        per_minute=per_minute,
        made_by=actor,
        made_at=now,
        **fields,
    )
    record(SourceMade(occurred_at=now, actor=str(actor.pk), source=str(source.pk)))
    return source


@transaction.atomic
def change_source(
    *,
    actor,
    source: Source,
    name: str,
    names: str = "",
    protocols: str = "",
    origins: str = "",
    per_minute: int = 0,
) -> None:
    """Change what a source is called and what it may send. Raises ValidationError by field."""
    fields = _checked(source, names, protocols, origins)
    Source.objects.filter(pk=source.pk).update(name=one_line(name), per_minute=per_minute, **fields)
    record(SourceChanged(occurred_at=timezone.now(), actor=str(actor.pk), source=str(source.pk)))


@transaction.atomic
def rotate_key(*, actor, source: Source) -> str:
    """Give a source a new key, which is returned; the present one is valid for another `KEY_OVERLAP`."""
    now, key = timezone.now(), _new_key()
    before = Source.objects.select_for_update().get(pk=source.pk).key
    Source.objects.filter(pk=source.pk).update(key=key, previous_key=before, previous_until=now + KEY_OVERLAP)
    record(KeyRotated(occurred_at=now, actor=str(actor.pk), source=str(source.pk)))
    return key


@transaction.atomic
def stop_source(*, actor, source: Source) -> bool:
    """Refuse what a source sends from now on; False when it was stopped already."""
    now = timezone.now()
    if not Source.objects.on().filter(pk=source.pk).update(stopped_by=actor, stopped_at=now):
        return False
    record(SourceStopped(occurred_at=now, actor=str(actor.pk), source=str(source.pk)))
    return True


@transaction.atomic
def resume_source(*, actor, source: Source) -> bool:
    """Let it send again; False when it was not stopped."""
    stopped = Source.objects.filter(pk=source.pk, stopped_at__isnull=False)
    if not stopped.update(stopped_by=None, stopped_at=None):
        return False
    record(SourceResumed(occurred_at=timezone.now(), actor=str(actor.pk), source=str(source.pk)))
    return True


def _new_key() -> str:
    """A key that every SDK takes: letters and figures only."""
    return f"lk{secrets.token_hex(16)}"


def _checked(source: Source | None, names: str, protocols: str, origins: str) -> dict:
    """The lists in the form in which they are kept. Raises ValidationError."""
    errors: dict[str, str] = {}
    called = [name for line in names.splitlines() if (name := one_line(line))]
    if any(not _NAME.fullmatch(name) for name in called) or len(called) > 50:
        errors["names"] = _("One name a line, without spaces.")
    elif taken := _taken(source, called):
        errors["names"] = _("Another source is called that: %(names)s") % {"names": ", ".join(taken)}
    if unknown := set(protocols.split()) - set(CODES):
        errors["protocols"] = _("Unknown protocols: %(names)s") % {"names": ", ".join(sorted(unknown))}
    allowed = [origin.rstrip("/").lower() for origin in origins.split()]
    if any(not _ORIGIN.fullmatch(origin) for origin in allowed):
        errors["origins"] = _("Origins look like https://www.example.com, one a line.")
    if errors:
        raise ValidationError(errors)
    return {
        "names": "\n".join(called),
        "protocols": " ".join(protocols.split()),
        "origins": "\n".join(allowed),
    }


def _taken(source: Source | None, called: list[str]) -> list[str]:
    """Which of these names another source has."""
    others = Source.objects.exclude(pk=source.pk if source else uuid7())
    used = {name for other in others for name in (other.key, other.prefix, *other.other_names())}
    return sorted(used & set(called))

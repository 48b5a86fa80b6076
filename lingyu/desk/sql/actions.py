"""What is done with queries in SQL: asked, saved, deleted."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.kernel.text import one_line
from lingyu.store.log import sandbox, sequences
from lingyu.store.outbox import record

from ..events import SqlAsked, SqlDeleted, SqlSaved
from .models import SavedQuery


def ask(*, actor, text: str) -> sandbox.Table:
    """Answer a statement, and note that it was asked. Raises SqlError and EngineError.

    The note has the statement's hash, not its text: that may name people.
    """
    found = sandbox.ask(text, sequences())
    digest = hashlib.sha256(text.encode()).hexdigest()
    with transaction.atomic():
        by = str(actor.pk) if actor else None
        record(SqlAsked(occurred_at=timezone.now(), actor=by, hash=digest, rows=len(found.rows)))
    return found


@transaction.atomic
def save_query(*, actor, operation: str, title: str, text: str) -> SavedQuery:
    """Keep a statement under a title. Raises ValidationError."""
    called = one_line(title)
    if not called or len(called) > 80 or not text.strip():
        raise ValidationError(_("Give the query a title of at most 80 characters."))
    now = timezone.now()
    query = SavedQuery.objects.create(
        operation=operation, title=called, text=text, made_by=actor, made_at=now
    )
    record(SqlSaved(occurred_at=now, actor=str(actor.pk), query=str(query.pk)))
    return query


@transaction.atomic
def delete_query(*, actor, query: SavedQuery) -> bool:
    """Delete a saved query; False when that was done."""
    now = timezone.now()
    if not SavedQuery.objects.filter(pk=query.pk, deleted_at__isnull=True).update(deleted_at=now):
        return False
    record(SqlDeleted(occurred_at=now, actor=str(actor.pk), query=str(query.pk)))
    return True

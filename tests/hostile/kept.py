"""Whether what was kept is legible: no column of any table holds a sign that only misleads.

Holds one question to the database. What pages show is cleaned once more; exports, letters, desks and the
rooms of later years read the rows.
"""

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

# What `corpus.MARKUP` sends of them, and an escape of it as JSON keeps it.
SIGNS = ("\u202e", "\u2066", "\\u202e", "\\u2066")
# What Django and the log-in keep for themselves: sessions are sealed, tries at a door are told to nobody.
NOT_OURS = {"sessions", "admin", "usersessions", "contenttypes"}


def illegible() -> list[str]:
    """Columns in which somebody's writing was kept as it came, one a line, with one of the rows."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label in NOT_OURS or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                found += _in_column(model, field)
    return found


def _in_column(model, field) -> list[str]:
    rows = model._base_manager.annotate(words_kept=Cast(field.name, models.TextField()))
    asked = models.Q()
    for sign in SIGNS:
        asked |= models.Q(words_kept__contains=sign)
    kept = rows.filter(asked).values_list("words_kept", flat=True).first()
    name = f"{model._meta.label}.{field.name}"
    return [f"{name} keeps a sign that turns what follows: {kept[:60]!r}"] if kept else []

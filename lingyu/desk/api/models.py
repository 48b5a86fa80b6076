"""Rows of the API: tokens."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from lingyu.kernel.ids import uuid7


class ApiTokenQuerySet(models.QuerySet):
    """Tokens, as adjectives."""

    def standing(self, now):
        """Neither revoked nor over."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), revoked_at__isnull=True)


class ApiToken(models.Model):
    """What a machine shows to be let in. Only its SHA-256 is kept: whoever reads this table has no token.

    `prefix` are its first characters, to know it again. `scopes` are parted by spaces. `used_on` is the
    last day on which it was shown; `per_minute` bounds its requests.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200)
    per_minute = models.PositiveIntegerField(default=60)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    def __str__(self):
        return f"{self.name} ({self.prefix}…)"

    def opens(self, scope: str) -> bool:
        """Whether it was made for that."""
        return scope in self.scopes.split()

"""Orders, every step of their lives, and the addresses of parcels."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7

from ..states import OPEN, STATES, State
from .goods import Good


class OrderQuerySet(models.QuerySet):
    """Orders, as adjectives."""

    def of(self, member: Member):
        """Of one member, newest first."""
        return self.filter(member=member).order_by("-placed_at", "-id")

    def open(self):
        """Not at an end yet."""
        return self.filter(state__in=OPEN)

    def kept(self):
        """That count towards the limits of a member: neither cancelled nor refunded."""
        return self.exclude(state__in=["cancelled", "refunded", "failed"])

    def by_hand(self):
        """That nobody but an operator delivers."""
        return self.filter(delivery__isnull=True).exclude(good__kind="code")


class Order(models.Model):
    """One piece of one good for one member, at the price and cost it had then.

    `quote` is what the member agreed to: one quote makes one order, however often it is sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    quote = models.UUIDField(unique=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="orders")
    good = models.ForeignKey(Good, on_delete=models.PROTECT, related_name="orders")
    version = models.PositiveIntegerField()
    feathers = models.PositiveIntegerField()
    cost_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=12, default="placed")
    placed_at = models.DateTimeField()
    state_at = models.DateTimeField()
    receipt = models.UUIDField()
    carrier = models.CharField(max_length=40, blank=True)
    tracking = models.CharField(max_length=60, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=list(STATES)), name="order_in_a_known_state"),
            models.CheckConstraint(condition=models.Q(feathers__gte=1), name="order_has_a_price"),
        ]
        indexes = [
            models.Index(fields=["member", "-placed_at"], name="order_of_member"),
            models.Index(fields=["state", "state_at"], name="order_by_state"),
            models.Index(fields=["good", "member"], name="order_of_good"),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self) -> str:
        """Its page, for who ordered it."""
        return reverse("order", args=[self.id])

    @property
    def number(self) -> str:
        """What people call it."""
        return f"{self.id.hex[:6]}-{self.id.hex[-6:]}".upper()

    @property
    def key(self) -> str:
        """Under which its feathers are held."""
        return f"mall.order|{self.quote}"

    @property
    def now(self) -> State:
        """Its state, with names and words."""
        return STATES[self.state]


class Step(models.Model):
    """One move of an order: from where to where, when, by whom, why. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    at = models.DateTimeField()
    role = models.CharField(max_length=10)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of an order")
        verbose_name_plural = _("steps of orders")
        ordering = ["id"]
        constraints = [
            # A move out of a state happens once: no state is entered twice.
            models.UniqueConstraint(fields=["order", "after"], name="each_state_once")
        ]

    def __str__(self):
        return f"{self.before} → {self.after}"

    @property
    def now(self) -> State:
        """The state it led to."""
        return STATES[self.after]


class Address(models.Model):
    """Where a parcel goes, sealed; empty once it has been erased."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, primary_key=True, related_name="address")
    sealed = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("address of a parcel")
        verbose_name_plural = _("addresses of parcels")
        indexes = [
            models.Index(fields=["order"], name="address_kept", condition=models.Q(erased_at__isnull=True))
        ]

    def __str__(self):
        return f"→ {self.order_id}"

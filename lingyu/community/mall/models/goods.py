"""Goods with their versions and when they were on sale, suppliers, tiers, and who waits for a good."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7
from lingyu.kernel.text import Named

from .codes import Code

DEAREST = 1_000_000


class Supplier(models.Model):
    """Who delivers virtual goods over HTTP; `secret` signs what is said both ways, and is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    url = models.URLField(max_length=500)
    secret = models.TextField()
    timeout = models.PositiveSmallIntegerField(default=10)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")

    def __str__(self):
        return self.name


class GoodQuerySet(models.QuerySet):
    """Goods, as adjectives."""

    def open(self):
        """Put on sale by an operator."""
        return self.filter(Exists(Opening.objects.filter(good=OuterRef("pk"), closed_at__isnull=True)))

    def shown(self, now):
        """In the mall: open, and not over yet; in the order in which they stand there."""
        return self.open().exclude(until_at__lte=now).order_by("position", "-id")

    def counted(self):
        """With `left`, the pieces in stock; None where there is no end of them."""
        free = Code.objects.free().filter(good=OuterRef("pk")).order_by().values("good")
        codes = Coalesce(Subquery(free.annotate(all=Count("*")).values("all")), Value(0))
        is_open = Exists(Opening.objects.filter(good=OuterRef("pk"), closed_at__isnull=True))
        left = models.Case(
            models.When(kind="code", then=codes), default=F("stock"), output_field=models.IntegerField()
        )
        return self.annotate(left=left, is_open=is_open)


class Good(Named, models.Model):
    """Something to have for feathers. What it says now; `versions` hold what it said before.

    `stock` counts pieces: None for codes, which are counted themselves, and where there is no end of it.
    """

    class Kind(models.TextChoices):
        """What it is, and so how it is delivered."""

        CODE = "code", _("Voucher code")
        PHYSICAL = "physical", _("Parcel")
        VIRTUAL = "virtual", _("Virtual")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    zh = models.CharField(max_length=80)
    en = models.CharField(max_length=80)
    zh_about = models.TextField(max_length=2_000, blank=True)
    en_about = models.TextField(max_length=2_000, blank=True)
    # The file name of one of `pictures`.
    picture = models.CharField(max_length=64, blank=True)
    feathers = models.PositiveIntegerField()
    cost_minor = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    stock = models.PositiveIntegerField(null=True)
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    per_life = models.PositiveIntegerField(null=True)
    per_days = models.PositiveIntegerField(null=True)
    days = models.PositiveIntegerField(null=True)
    least_days = models.PositiveIntegerField(default=0)
    least_tier = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(max_length=40, blank=True)
    # Shown only to those who may have it.
    secret = models.BooleanField(default=False)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, null=True, related_name="goods")
    position = models.IntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    objects = GoodQuerySet.as_manager()

    class Meta:
        verbose_name = _("good")
        verbose_name_plural = _("goods")
        constraints = [
            models.CheckConstraint(
                condition=Q(feathers__gte=1, feathers__lte=DEAREST), name="good_has_a_price"
            ),
            models.CheckConstraint(
                condition=Q(stock__isnull=True) | Q(stock__gte=0), name="good_not_oversold"
            ),
            models.CheckConstraint(
                condition=~Q(kind="code") | Q(stock__isnull=True), name="codes_count_themselves"
            ),
        ]

    def __str__(self):
        return self.zh

    def get_absolute_url(self) -> str:
        """Its page in the mall."""
        return reverse("good", args=[self.id])

    def about(self, language: str) -> str:
        """The description in a language; the other one where there is none."""
        first, second = (self.zh_about, self.en_about)[:: 1 if language.startswith("zh") else -1]
        return first or second


class Version(models.Model):
    """What a good said from `at` on: price, cost, limits, words. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    good = models.ForeignKey(Good, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    feathers = models.PositiveIntegerField()
    data = models.JSONField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of a good")
        verbose_name_plural = _("versions of goods")
        constraints = [models.UniqueConstraint(fields=["good", "number"], name="good_versions_follow")]
        ordering = ["-number"]

    def __str__(self):
        return f"{self.good_id} {self.number}"


class Opening(models.Model):
    """That a good was on sale, from when to when, and who said so."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    good = models.ForeignKey(Good, on_delete=models.PROTECT, related_name="openings")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        constraints = [
            models.UniqueConstraint(fields=["good"], condition=Q(closed_at__isnull=True), name="open_once")
        ]

    def __str__(self):
        return f"{self.good_id} {self.opened_at:%F}"


class TierTable(models.Model):
    """The tiers from `at` on: [{level, zh, en, least}]. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    data = models.JSONField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("table of tiers")
        verbose_name_plural = _("tables of tiers")

    def __str__(self):
        return str(self.number)


class Wish(models.Model):
    """That a member wants to be told when a good is in stock again; `told_at` once that happened."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    good = models.ForeignKey(Good, on_delete=models.CASCADE, related_name="wishes")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="wishes")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        constraints = [
            models.UniqueConstraint(
                fields=["good", "member"], condition=Q(told_at__isnull=True), name="wished_once"
            )
        ]

    def __str__(self):
        return f"{self.member_id} ? {self.good_id}"

"""Rows of e-commerce: shops, the ledger of what was paid and given back, products, visitor counts.

Holds state and its reading; `actions` is the only writer. The database itself refuses to change
or delete a ledger entry (migration 0002).
"""

from datetime import date

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lingyu.kernel.ids import uuid7


class Platform(models.TextChoices):
    """Where a shop sells; it decides how far a buyer's name reaches."""

    TAOBAO = "taobao", _("Taobao")
    TMALL = "tmall", _("Tmall")
    JD = "jd", _("JD")
    PDD = "pdd", _("Pinduoduo")
    DOUYIN = "douyin", _("Douyin")
    OWN = "own", _("Own shop")
    GENERIC = "generic", _("Other")


class Shop(models.Model):
    """A shop; its name is what people see and what its facts carry as `shop`.

    Times without an offset in its files are read in `zone`; its amounts are in `currency`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80, unique=True)
    platform = models.CharField(max_length=10, choices=Platform.choices)
    currency = models.CharField(max_length=3)
    zone = models.CharField(max_length=60)
    opened_by = models.CharField(max_length=100)
    opened_at = models.DateTimeField()

    def __str__(self):
        return self.name

    @property
    def buyer_scope(self) -> str:
        """Within what a buyer's name means one person: Taobao and Tmall share their accounts."""
        if self.platform in (Platform.TAOBAO, Platform.TMALL):
            return Platform.TAOBAO.value
        return self.name if self.platform in (Platform.OWN, Platform.GENERIC) else self.platform


class ImportRun(models.Model):
    """One file that was imported, in the transaction of its import: no row, no import.

    `format` is the adapter that read it; the counts are ledger entries (`new`, `unchanged`,
    `conflicting`) or rows of the file (`refused`, those held back with their order included, and
    `skipped`: orders that nobody paid).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="imports")
    importer = models.CharField(max_length=30)
    format = models.CharField(max_length=30)
    file = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    imported_by = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    new = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    conflicting = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.file} → {self.shop_id}"


class LedgerQuerySet(models.QuerySet):
    """Entries by what they are, as adjectives."""

    def paid(self):
        """Money that came in."""
        return self.filter(kind=LedgerEntry.Kind.PAID)

    def refunded(self):
        """Money that was given back."""
        return self.filter(kind=LedgerEntry.Kind.REFUND)

    def unmatched(self):
        """Refunds whose order is not known to this day."""
        return self.refunded().filter(paid_at__isnull=True, rebooking__isnull=True)

    def matching(self, *, q: str = "", shop: str = "", kind: str = ""):
        """Entries of a shop and kind whose order number begins with `q`, or whose product or buyer is `q`;
        newest first."""
        found = self.filter(**({"shop__name": shop} if shop else {}), **({"kind": kind} if kind else {}))
        if q:
            found = found.filter(
                models.Q(order_number__startswith=q) | models.Q(product=q) | models.Q(buyer__endswith=f"/{q}")
            )
        return found.order_by("-occurred_at", "-id")

    def net(self) -> int:
        """The sum of all amounts, in minor units of whatever currencies are among them."""
        return self.aggregate(net=Coalesce(models.Sum("amount"), 0))["net"]


class LedgerEntry(models.Model):
    """One line of one order paid, or one refund: written once, never changed, never deleted.

    The key is (shop, order_number, line, kind); `id` is its hash and also the id of its event.
    `amount` is in minor units of `currency`, at least 0 when paid and at most 0 when refunded, as
    is `quantity`. `occurred_at` is when it was paid or given back; `paid_at`, of refunds, is when
    the order was paid, None as long as the order was unknown on the refund's import. `product` is
    the SKU, else the title; `buyer` is "scope/name".
    """

    class Kind(models.TextChoices):
        """Which way the money went."""

        PAID = "paid", _("Paid")
        REFUND = "refund", _("Refund")

    id = models.UUIDField(primary_key=True, editable=False)
    # The unique constraint begins with the shop, and nothing asks for the entries of one run.
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="entries", db_index=False)
    order_number = models.CharField(max_length=80)
    line = models.CharField(max_length=220)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    occurred_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    quantity = models.BigIntegerField()
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    product = models.CharField(max_length=200, null=True)  # noqa: DJ001 - unknown is not empty
    buyer = models.CharField(max_length=200, null=True)  # noqa: DJ001
    country = models.CharField(max_length=80, null=True)  # noqa: DJ001
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="entries", db_index=False)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "order_number", "line", "kind"], name="ledger_entry_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="paid", amount__gte=0, quantity__gte=0)
                | models.Q(kind="refund", amount__lte=0, quantity__lte=0),
                name="ledger_entry_signed",
            ),
        ]
        indexes = [models.Index(fields=["-occurred_at", "-id"], name="ledger_entry_newest")]

    def __str__(self):
        return f"{self.order_number} {self.line} {self.kind} {self.amount}"


class Rebooking(models.Model):
    """The order of an unmatched refund became known: `paid_at` is its day on the pay-day calendar."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="rebooking")
    paid_at = models.DateTimeField()
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rebookings")

    def __str__(self):
        return f"{self.entry_id} → {self.paid_at}"


class ProductQuerySet(models.QuerySet):
    """Products by what they are asked for."""

    def titled(self, skus) -> dict[str, str]:
        """{SKU: title} of those among `skus` that have one, whichever shop sells them."""
        return dict(self.filter(sku__in=list(skus)).exclude(title="").values_list("sku", "title"))


class Product(models.Model):
    """What a shop calls a SKU: the title on its latest sale, `titled_at`, in whatever order files come."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="products", db_index=False)
    sku = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    titled_at = models.DateTimeField()

    objects = ProductQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "sku"], name="product_once")]
        indexes = [models.Index(fields=["sku"])]

    def __str__(self):
        return self.title or self.sku


class VisitorCountQuerySet(models.QuerySet):
    """Visitor counts by day."""

    def known(self, shop: Shop) -> dict[date, int]:
        """{day: visitors} as they stand after all corrections."""
        return dict(self.filter(shop=shop).values_list("day").annotate(models.Sum("change")))


class VisitorCount(models.Model):
    """A day's visitors as first told, or a correction: `change` is the difference to what was known.

    `id` is the hash of (shop, day, turn) and also the id of its event.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="visitor_counts", db_index=False)
    day = models.DateField()
    turn = models.PositiveIntegerField()
    change = models.IntegerField()
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="visitor_counts")

    objects = VisitorCountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "day", "turn"], name="visitor_count_once")]

    def __str__(self):
        return f"{self.shop_id} {self.day}: {self.change:+d}"

"""Rows of the ledger: accounts with their balances, transfers, their entries, lots, anchors, drift.

Holds state and its reading. Transfers, entries and anchors are never changed or deleted: triggers in
the database refuse it. Does not write: `actions` is the only writer.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.kernel.ids import fact_id, uuid7

# Accounts of a member; what the house has issued, promised and taken back is spread over shards, so
# that two members' transfers seldom wait for one another.
MEMBER_KINDS = ("available", "held", "debt", "pending")
HOUSE_KINDS = ("issuer", "promised", "spent", "expired", "clawed_back")
SHARDS = 16
# Kinds whose balance is never above nought; all others are never below it.
OWING = ("issuer", "promised", "debt")


def account_id(kind: str, owner) -> object:
    """The id of the account of `kind` of a member (UUID), or of the house's shard (a small number)."""
    return fact_id("ledger.account", kind, str(owner))


class Account(models.Model):
    """One pot of feathers. balance = Σ of its entries; `head` is the hash of the last of them."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=20)
    owner = models.CharField(max_length=40)
    balance = models.BigIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    # Up to which version the anchors have it.
    sealed = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OWING, balance__lte=0)
                | (~models.Q(kind__in=OWING) & models.Q(balance__gte=0)),
                name="balance_on_its_side",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=MEMBER_KINDS + HOUSE_KINDS), name="account_of_a_known_kind"
            ),
            models.UniqueConstraint(fields=["kind", "owner"], name="one_account_of_a_kind"),
        ]
        # No index names the balance or the version: PostgreSQL then changes a row without touching any.

    def __str__(self):
        return f"{self.kind} {self.owner}"


class TransferQuerySet(models.QuerySet):
    """Transfers, as adjectives."""

    def of(self, member):
        """Of one member, newest first."""
        return self.filter(member=member).order_by("-at", "-id")

    def open(self):
        """Not closed by another transfer: a pending reward not resolved, a hold not settled."""
        closing = Transfer.objects.filter(closes=models.OuterRef("pk"))
        return self.filter(~models.Exists(closing))

    def due(self, at):
        """Pending, not resolved, and their time has come; earliest first."""
        return self.filter(kind="pend", due_at__lte=at).open().order_by("due_at", "id")


class Transfer(models.Model):
    """One movement of feathers between accounts, named by a business key that exists once.

    `closes` is the pending reward or the hold that this transfer resolves: the database lets only one
    do so. `reverses` is the earlier transfer of which this one takes back all or part. `lots` lists
    what it moved in the member's lots: [lot, amount, expiry when it changed].
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    member = models.UUIDField()
    amount = models.PositiveBigIntegerField()
    cause = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    about = models.JSONField(default=dict)
    lots = models.JSONField(default=list)
    due_at = models.DateTimeField(null=True)
    closes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="closed_by")
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reversals")

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="transfer_of_something")]
        indexes = [
            models.Index(fields=["member", "-at", "-id"], name="transfer_of_member"),
            models.Index(fields=["due_at"], name="transfer_due", condition=models.Q(kind="pend")),
        ]

    def __str__(self):
        return f"{self.kind} {self.amount} · {self.key}"


class Entry(models.Model):
    """What one transfer did to one account; `hash` covers it, its transfer and the entry before it."""

    id = models.BigAutoField(primary_key=True)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries")
    amount = models.BigIntegerField()
    balance = models.BigIntegerField()
    version = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["account", "version"], name="entries_follow_one_another"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="entry_of_something"),
        ]

    def __str__(self):
        return f"{self.amount:+d} → {self.balance}"


class LotQuerySet(models.QuerySet):
    """Lots, as adjectives."""

    def open_of(self, member):
        """With something left, earliest expiry first, those without one last."""
        first = models.F("expires_at").asc(nulls_last=True)
        return self.filter(member=member, left__gt=0).order_by(first, "id")

    def expired(self, at):
        """With something left although their time is over."""
        return self.filter(left__gt=0, expires_at__lte=at).order_by("expires_at", "id")


class Lot(models.Model):
    """Feathers that came together and expire together. Its id is that of the transfer that brought it.

    What is left follows from the `lots` of all transfers; it stands here so that spending finds it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    member = models.UUIDField()
    amount = models.PositiveBigIntegerField()
    left = models.BigIntegerField()
    expires_at = models.DateTimeField(null=True)

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left__gte=0, left__lte=models.F("amount")), name="lot_within_its_amount"
            )
        ]
        indexes = [
            models.Index(fields=["member", "expires_at"], name="lot_open", condition=models.Q(left__gt=0)),
            models.Index(fields=["expires_at"], name="lot_expiring", condition=models.Q(left__gt=0)),
        ]

    def __str__(self):
        return f"{self.left} / {self.amount}"


class Anchor(models.Model):
    """The heads of all accounts that moved since the anchor before, sealed in one chain of digests.

    A chain that lost its end, or a whole account, no longer fits the anchors.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    heads = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")

    def __str__(self):
        return self.digest[:12]


class Drift(models.Model):
    """That something in the ledger no longer added up when it was looked at; never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    what = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("drift")
        verbose_name_plural = _("drifts")

    def __str__(self):
        return self.what

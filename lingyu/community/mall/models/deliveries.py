"""The queue of deliveries by suppliers, and every attempt."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.kernel.ids import uuid7

from .goods import Supplier
from .orders import Order


class DeliveryQuerySet(models.QuerySet):
    """Deliveries, as adjectives."""

    def due(self, now):
        """Not done, and their next try has come; earliest first."""
        return self.filter(done_at__isnull=True, next_at__lte=now).order_by("next_at", "order_id")


class Delivery(models.Model):
    """That a supplier is to be asked for an order. The row is the queue.

    Who takes it raises `fence` and puts `next_at` behind its lease; an answer counts only under the fence
    it was asked under.
    """

    order = models.OneToOneField(Order, on_delete=models.PROTECT, primary_key=True, related_name="delivery")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="deliveries")
    next_at = models.DateTimeField()
    fence = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=60, blank=True)
    done_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(fields=["next_at"], name="delivery_due", condition=models.Q(done_at__isnull=True))
        ]

    def __str__(self):
        return f"{self.order_id} {self.tries}"

    @property
    def key(self) -> str:
        """By which the supplier knows an order again; the same at every try."""
        return f"lingyu-{self.order_id}"


class Attempt(models.Model):
    """One try, or one call-back of the supplier: when, and what came of it. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=60)
    called_back = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["id"]

    def __str__(self):
        return self.outcome

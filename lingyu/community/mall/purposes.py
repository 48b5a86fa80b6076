"""What feathers are spent on here, and why a purchase may be turned down or undone.

Holds declarations.
"""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from lingyu.community.feathers.explaining import reason
from lingyu.community.feathers.rules import purpose
from lingyu.community.feathers.subjects import Subject, subject
from lingyu.kernel.text import N_

from .models import Good

ORDER = purpose("mall.order", zh="羽毛精选兑换", en="Order in the mall")

CLOSED = reason("mall.closed", N_("It is not on sale at present."))
NOT_YET = reason("mall.not_yet", N_("The sale has not begun yet."))
OVER = reason("mall.over", N_("The sale is over."))
SOLD_OUT = reason("mall.sold_out", N_("It is sold out."))
LIMIT_LIFE = reason("mall.limit_life", N_("Each member may have %(most)s of it; you have had them."))
LIMIT_DAYS = reason(
    "mall.limit_days", N_("Each member may have %(most)s of it within %(days)s days; you have had them.")
)
TOO_NEW = reason("mall.days", N_("Your account has to be %(days)s days old."))
TIER = reason(
    "mall.tier", N_("It is for members of a higher tier: you have earned %(earned)s of %(least)s feathers.")
)
ROLE = reason("mall.role", N_("It is for members with a certain role."))

CANCELLED = reason("mall.cancelled", N_("You cancelled the order."))
FAILED = reason("mall.failed", N_("The supplier could not deliver it."))
OVERDUE = reason("mall.overdue", N_("It was not sent in time."))
REFUNDED = reason("mall.refunded", N_("We refunded the order; why stands beside it."))


@subject("good")
def goods(ids: list[UUID]) -> dict[UUID, Subject]:
    """Names of goods, for receipts."""
    language = get_language() or "en"
    found = Good.objects.filter(id__in=ids)
    return {good.id: Subject(good.label(language), reverse("good", args=[good.id])) for good in found}

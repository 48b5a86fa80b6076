"""The only writers of the unlocks: pricing, buying, refunding.

Bad input raises ValidationError and changes nothing; the same again changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.models import Receipt
from lingyu.kernel.events import Event
from lingyu.store.outbox import record
from lingyu.store.repeatable import repeatable

from .events import ArticlePriced, ArticleUnlocked, UnlockRefunded
from .models import Price, Unlock
from .purposes import UNLOCK
from .quotes import Quote

DEAREST = 10_000


@dataclass(frozen=True)
class Bought:
    """What came of a purchase: the unlock, or the receipt that says why there is none, or a new price."""

    unlock: Unlock | None = None
    receipt: Receipt | None = None
    price: int | None = None


@transaction.atomic
def price_article(*, actor: Member, article: Article, feathers: int, at: datetime | None = None) -> bool:
    """Say what an article costs from now on, nought being free; False when it costs that already."""
    at = at or timezone.now()
    if not 0 <= feathers <= DEAREST:
        raise ValidationError(_("A price is 0 to %(most)d feathers.") % {"most": DEAREST})
    if article.retired_at:
        raise ValidationError(_("This article has been taken off the site."))
    if Price.objects.standing([article.id]).get(article.id, 0) == feathers:
        return False
    Price.objects.create(article=article, feathers=feathers, by=actor, at=at)
    record(_event(ArticlePriced, article, actor, at, feathers))
    return True


@repeatable
def unlock_article(*, actor: Member, article: Article, quote: Quote, at: datetime | None = None) -> Bought:
    """Buy an article at the price that was quoted; whoever has it already keeps it and pays nothing."""
    at = at or timezone.now()
    # One after the other with retirement and pricing, and with the member's other tabs.
    list(Article.objects.filter(id=article.id).select_for_update().values_list("id"))
    article.refresh_from_db(fields=["published_at", "retired_at"])
    if not article.is_published:
        raise ValidationError(_("This article is no longer on the site."))
    if before := Unlock.objects.filter(article=article, member=actor).first():
        return Bought(unlock=before)
    price = Price.objects.standing([article.id]).get(article.id, 0)
    if price != quote.price:
        return Bought(price=price)
    receipt = feathers.spend(
        actor=actor,
        member=actor,
        purpose=UNLOCK,
        subject=f"article:{article.id}",
        amount=price,
        key=_key(article, actor),
        at=at,
    )
    if not receipt.granted:
        return Bought(receipt=receipt)
    made = Unlock.objects.create(article=article, member=actor, feathers=price, at=at, receipt=receipt.id)
    record(_event(ArticleUnlocked, article, actor, at, price))
    return Bought(unlock=made, receipt=receipt)


@repeatable
def refund_unlock(*, actor: Member | None, unlock: Unlock, at: datetime | None = None) -> bool:
    """Give the feathers of one purchase back; False when they were before."""
    at = at or timezone.now()
    owed = Unlock.objects.filter(id=unlock.id, refunded_at__isnull=True)
    if not owed.update(refunded_at=at):
        return False
    feathers.refund(actor=actor, key=_key(unlock.article, unlock.member), why="article_retired", at=at)
    record(_event(UnlockRefunded, unlock.article, unlock.member, at, unlock.feathers))
    return True


def _key(article: Article, member: Member) -> str:
    return f"article.unlock|{member.id}|{article.id}"


def _event(kind: type[Event], article: Article, who: Member, at: datetime, feathers: int) -> Event:
    return kind(
        occurred_at=at,
        person=who.key,
        actor=who.key,
        article=article.id,
        author=str(article.author_id),
        feathers=feathers,
    )

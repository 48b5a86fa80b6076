"""What was delivered for one order as a text: kept as a code of its own, sealed.

Holds one write, within the transaction of the delivery.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lingyu.kernel.ids import uuid7
from lingyu.kernel.text import legible

from .. import vault
from ..models import Code, Order

LONGEST = 500


def keep_secret(order: Order, text: str) -> None:
    """Seal `text` as the order's own code; nothing for no text. ValidationError for a longer one."""
    text = legible(text).strip()
    if not text:
        return
    if len(text) > LONGEST:
        raise ValidationError({"text": _("No more than %(most)d characters.") % {"most": LONGEST}})
    id = uuid7()
    Code.objects.create(
        id=id,
        good=order.good,
        order=order,
        sealed=vault.seal(text, about=f"code {id}"),
        # Two orders may be given the same link.
        mark=vault.mark(f"{order.id} {text}"),
        tail=tail(text),
    )


def tail(text: str) -> str:
    """The last characters, by which its owner knows it again: at most a third of it."""
    return text[-min(4, len(text) // 3) :] if len(text) > 2 else ""

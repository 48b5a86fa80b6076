"""What rooms offer to do with a thing that another room shows: a registry, so that neither knows the other.

Holds the registry. A kind is what is shown (`comment`, `member`); whoever shows it draws the offers as links.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["comment", "member"]


@dataclass(frozen=True)
class Offer:
    """One thing to do: its words (lazily translated), an icon, where it leads, and to whom it is offered.

    With `dialog` the address answers HTMX with a dialog, which opens over the page.
    """

    code: str
    kind: Kind
    words: str
    icon: str
    order: int
    href: Callable[[Any], str]
    to: Callable[[Any, Any], bool]
    dialog: bool = False

    def attributes(self, thing: Any) -> dict[str, str]:
        """What the link carries beside its address."""
        if not self.dialog:
            return {}
        return {"hx-get": self.href(thing), "hx-target": "body", "hx-swap": "beforeend"}


OFFERS: dict[tuple[Kind, str], Offer] = {}


def offer(
    code: str, kind: Kind, words: str, *, icon: str, order: int, href, to, dialog: bool = False
) -> Offer:
    """Offer something to do with things of a kind; again for the same code, it is the later one."""
    OFFERS[kind, code] = Offer(code, kind, words, icon, order, href, to, dialog)
    return OFFERS[kind, code]


def offered(kind: Kind, user, thing) -> list[Offer]:
    """What this reader may do with this thing, in order."""
    found = [o for o in OFFERS.values() if o.kind == kind and o.to(user, thing)]
    return sorted(found, key=lambda o: (o.order, o.code))

"""The kinds of notifications there are: a closed registry, each with its words.

Holds declarations. A kind's words are two msgids with the same placeholders: `one` for a single
notification, `many` for a group of several (`%(count)s` is how many, `%(who)s` how many people or who).
Rooms above, an operation's, enter kinds of their own, which only those who may see its page are told.
Which placeholders there are beside these is for whoever notifies: `title` of the article, `feathers`, …
"""

from dataclasses import dataclass

from lingyu.community.accounts.models import Member
from lingyu.kernel.access import SIGNED_IN
from lingyu.kernel.events import DeclarationError
from lingyu.kernel.text import Named


@dataclass(frozen=True)
class Kind(Named):
    """One kind: its names, its words, its picture, and by which channels it comes unless chosen otherwise.

    `permission` says who is told at all; `page` is the name of an address, with its arguments, where a kind
    leads that is about no article, order or friend.
    """

    code: str
    zh: str
    en: str
    one: str
    many: str
    icon: str
    area: str
    tone: str = ""
    here: bool = True
    mail: bool = True
    permission: str = SIGNED_IN
    page: tuple[str, ...] = ()


@dataclass(frozen=True)
class Area(Named):
    """A heading under which kinds stand together: a filter of the centre."""

    code: str
    zh: str
    en: str


_AREAS = (
    Area("talk", zh="评论与回复", en="Comments and replies"),
    Area("writing", zh="我的文章", en="My articles"),
    Area("feathers", zh="羽毛", en="Feathers"),
    Area("mall", zh="订单", en="Orders"),
    Area("friends", zh="好友", en="Friends"),
    Area("pact", zh="社区公约", en="Community pact"),
    Area("house", zh="社区消息", en="From the community"),
    Area("desk", zh="工作台", en="Desks"),
)
AREAS = {a.code: a for a in _AREAS}
KINDS: dict[str, Kind] = {}


def declare(code: str, **more) -> Kind:
    """Enter a kind; DeclarationError for an area that there is not."""
    if more["area"] not in AREAS:
        raise DeclarationError(f"kind {code!r} stands in no known area: {more['area']!r}")
    return KINDS.setdefault(code, Kind(code, **more))


def kind(code: str) -> Kind:
    """The kind called `code`; KeyError names the known ones."""
    if code not in KINDS:
        raise KeyError(f"no kind is called {code!r}; known: {', '.join(sorted(KINDS))}")
    return KINDS[code]


def open_to(member: Member) -> dict[str, Kind]:
    """The kinds that the member may be told of."""
    return {code: found for code, found in KINDS.items() if member.may(found.permission)}

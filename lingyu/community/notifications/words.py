"""What a group of notifications says, and where it leads: the same for the centre and for the mail.

Holds words only. Names and titles are plain text, escaped by whatever shows them. Never a body: what
is closed behind a price stays there.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.comments.reasons import REASONS
from lingyu.community.feathers import rules
from lingyu.look.jinja import address, day

from . import pact
from .kinds import AREAS, Kind, open_to
from .models import Notification

PEOPLE_NAMED = 2


@dataclass
class Line:
    """One line of the centre or of a mail: a group of notifications that say the same."""

    kind: Kind
    group: str
    count: int
    people: int
    feathers: int
    latest: datetime
    newest: list[Notification]
    seen: bool = False
    article: Article | None = None
    text: str = field(default="", init=False)

    def __post_init__(self):
        words = self.kind.one if self.count == 1 else self.kind.many
        self.text = gettext(words) % self._parameters()

    @property
    def id(self) -> UUID:
        """The newest notification of the group."""
        return self.newest[0].id

    @property
    def href(self) -> str:
        """Where it leads; "" where there is nothing to see any more."""
        if self.kind.page:
            return address(*self.kind.page)
        if self.kind.area == "house":
            # Where whoever wrote it leads: a path of this site.
            return self.newest[0].details.get("path", "")
        if self.kind.area == "feathers":
            return address("my_feathers")
        if self.kind.area == "mall":
            return self._in_the_mall()
        if self.kind.area == "friends":
            return address("invite")
        if self.kind.area == "pact":
            return pact.address_of(self.newest[0].details if self.count == 1 else {})
        if self.article is None or not self.article.is_published:
            return ""
        comment = self.newest[0].comment
        return self.article.get_absolute_url() + (f"#comment-{comment}" if comment else "")

    def _in_the_mall(self) -> str:
        """The page of the order or the good, when it is one; else all orders."""
        details = self.newest[0].details
        for name in ("order", "good_id"):
            if self.count == 1 and details.get(name):
                return address(name.removesuffix("_id"), details[name])
        return address("my_orders")

    def _parameters(self) -> dict:
        details = self.newest[0].details
        return {
            "who": self._who(),
            "count": self.count,
            "title": self._title(details),
            "feathers": self.feathers,
            "cause": cause(details.get("cause", "")),
            "reason": self._reason(details),
            "clause": pact.clause(details.get("clause", "")),
            "outcome": pact.outcome(self.kind, details.get("outcome", "")),
            "number": details.get("number", ""),
            "what": details.get("what", ""),
            "day": _day(details.get("day")),
        }

    def _who(self) -> str:
        names = list(dict.fromkeys(n.by.display_name for n in self.newest if n.by))[:PEOPLE_NAMED]
        if not names:
            return _("Someone")
        if self.people <= 1 or len(names) == 1:
            return names[0]
        if self.people == PEOPLE_NAMED:
            return _("%(one)s and %(other)s") % {"one": names[0], "other": names[1]}
        more = self.people - 1
        return ngettext("%(name)s and %(more)s other", "%(name)s and %(more)s others", more) % {
            "name": names[0],
            "more": more,
        }

    def _title(self, details: dict) -> str:
        if self.kind.area == "mall":
            language = "zh" if (get_language() or "").startswith("zh") else "en"
            return details.get(language) or details.get("good") or _("your order")
        mine = self.article and self.article.author_id == self.newest[0].member_id
        if self.article and (self.article.is_published or mine):
            return self.article.title
        return _("an article that is no longer here")

    def _reason(self, details: dict) -> str:
        if self.article and self.kind.code == "article_retired":
            return self.article.retired_because
        code = details.get("reason", "")
        return REASONS[code].label(get_language() or "en") if code in REASONS else _("see the article")


def cause(code: str) -> str:
    """Why feathers moved, in words: the name of the rule or of what they were spent on."""
    found = rules.named(code)
    return found.label(get_language() or "en") if found else _("by hand")


def areas_present(member: Member) -> list:
    """The headings under which kinds stand that the member may be told of, in their order."""
    used = {kind.area for kind in open_to(member).values()}
    return [area for area in AREAS.values() if area.code in used]


def _day(text: str | None) -> str:
    return day(date.fromisoformat(text)) if text else ""

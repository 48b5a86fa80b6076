"""The one door for whatever members write where others read it.

Holds the door, and who keeps it: the pact registers itself as the keeper, so that rooms which take
texts know nothing of clauses. Without a keeper, or when it fails, a text waits for a person: nothing is
published unscreened, and nothing is lost.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.kernel.text import Named

from .models import Member

logger = logging.getLogger(__name__)

# Looks at words that are not sent yet, of one member in a minute: a writer pauses less often than that.
LOOKS_A_MINUTE = 40
Kind = Literal["comment", "title", "article", "nickname"]


@dataclass(frozen=True)
class Writing:
    """What is to be published: `subject` names it (“comment:<id>”), `text` and `title` are as typed.

    `resume` is how to go on when a person lets it pass: the code of a function that was registered with
    `resumes`, and what to call it with (plain JSON values). A room that keeps a text waiting by itself,
    as comments do, gives none. `contest`: the writer was refused, and asks for a person.
    """

    kind: Kind
    subject: str
    text: str
    title: str = ""
    resume: tuple[str, dict] | None = None
    contest: bool = False


@dataclass(frozen=True)
class Ruling:
    """What the keeper says of a writing: `pass`, or `review` when a person has to look first."""

    decision: Literal["pass", "review"]
    screening: UUID | None = None


@dataclass(frozen=True)
class Standing(Named):
    """What a member may do now: `code` of the rung, whether they may speak and enter, and until when."""

    code: str
    zh: str
    en: str
    speaks: bool = True
    enters: bool = True
    until: datetime | None = None


class Refused(ValidationError):
    """The keeper does not let this text pass. `remarks` say which words and why; the text is the writer's."""

    def __init__(self, message: str, *, screening: UUID | None = None, remarks: list | None = None):
        super().__init__(message, code="refused")
        self.screening, self.remarks = screening, remarks or []


class Waits(ValidationError):
    """The text is kept, and published when a person lets it pass; the writer is told either way."""

    def __init__(self):
        words = _("A moderator has to look at this first. It is kept, and you will be told how it ends.")
        super().__init__(words, code="waits")


class Silenced(ValidationError):
    """The member may not write now."""

    def __init__(self, standing: Standing):
        super().__init__(_("You can't write at present. Your standing says why, and until when."), "silenced")
        self.standing = standing


class Keeper(Protocol):
    """Whoever keeps the door."""

    def standing(self, member: Member, at: datetime) -> Standing:
        """Where the member stands at `at`."""

    def screen(self, actor: Member, writing: Writing, at: datetime) -> Ruling:
        """Judge a text and keep the look; raises Refused for what must not be published, and Waits."""

    def look(self, kind: Kind, text: str, title: str) -> tuple[str, list[dict]]:
        """The decision and the remarks of the same, without keeping anything."""


CLEAR = Standing("clear", zh="正常", en="In good standing")
_KEEPERS: list[Keeper] = []
RESUMED: dict[str, Callable] = {}


def keep(keeper: Keeper) -> None:
    """Keep the door from now on; the last to say so does."""
    _KEEPERS[:] = [keeper]


def resumes(code: str) -> Callable[[Callable], Callable]:
    """Register how a writing that waited goes on: a function of `actor`, `at` and the values kept with it."""

    def register(go_on: Callable) -> Callable:
        RESUMED[code] = go_on
        return go_on

    return register


def standing_of(member, at: datetime | None = None) -> Standing:
    """Where `member` stands; everybody stands well while nobody keeps the door."""
    if not _KEEPERS or not member.is_authenticated:
        return CLEAR
    return _KEEPERS[0].standing(member, at or timezone.now())


def admit(*, actor: Member, writing: Writing, at: datetime | None = None) -> Ruling:
    """Let a writing in: raises Silenced or Refused, else says whether it passes or a person must look.

    Call it before the transaction that publishes: screening takes its time, and what was refused is kept
    in a log that must not be undone with it.
    """
    at = at or timezone.now()
    standing = standing_of(actor, at)
    if not standing.speaks:
        raise Silenced(standing)
    try:
        if _KEEPERS:
            return _KEEPERS[0].screen(actor, writing, at)
    except ValidationError:
        raise
    except Exception:
        logger.exception("Screening of %s failed", writing.subject)
    if writing.resume:
        raise Refused(_("Texts can't be checked at present. Yours is kept in the form; send it again later."))
    return Ruling("review")


def look(*, kind: Kind, text: str, title: str = "") -> tuple[str, list[dict]]:
    """What the keeper would say of a text before it is sent: “pass”, “review” or “block”, and its remarks.

    Keeps nothing. “review” when there is no keeper, or it fails.
    """
    try:
        return _KEEPERS[0].look(kind, text, title) if _KEEPERS else ("review", [])
    except Exception:
        logger.exception("Looking at a %s failed", kind)
        return "review", []


def may_look(member: Member) -> bool:
    """Count one look of a member at unsent words; False when there were too many this minute."""
    key = f"door.look:{member.id}:{int(timezone.now().timestamp() // 60)}"
    if cache.add(key, 1, timeout=120):
        return True
    try:
        return cache.incr(key) <= LOOKS_A_MINUTE
    except ValueError:
        # It ran out between the two.
        return True

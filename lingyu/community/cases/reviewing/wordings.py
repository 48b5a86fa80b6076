"""What moderators often have to say, to authors and to those who appeal: sentences to begin from.

Holds declarations. Each is given in the language of whoever reads it; free words stand behind it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member


@dataclass(frozen=True)
class Wording:
    """One sentence: its code in forms, what a moderator calls it, and what the reader reads."""

    code: str
    name: str
    words: str


DECISIONS = (
    Wording(
        "personal",
        _("Against a person"),
        _("Please argue about what was said, and leave out what you think of who said it."),
    ),
    Wording(
        "selling",
        _("Advertising or contacts"),
        _("Offers, links and ways to reach you in private have no place in comments. Your opinion has."),
    ),
    Wording(
        "private",
        _("Somebody's private details"),
        _("These words give away what belongs to somebody else. Leave it out, and the rest is welcome."),
    ),
    Wording(
        "unproven",
        _("Without a source"),
        _("This is told as a fact, and no source bears it out. With one, you may say it again."),
    ),
    Wording(
        "harsh",
        _("More than the place can bear"),
        _("Others read here who did not ask to see this. Say it without the details."),
    ),
)
APPEALS = (
    Wording(
        "heard",
        _("Read again, and upheld"),
        _("I have read the text, the discussion around it and your words. The decision stands, because"),
    ),
    Wording(
        "milder",
        _("Not so grave"),
        _("The text breaks the clause, and is less grave than it was found to be, because"),
    ),
    Wording(
        "mistaken", _("We were wrong"), _("We were wrong, and are sorry. The decision is undone, because")
    ),
)


def composed(code: str, free: str, reader: Member, offered: tuple[Wording, ...] = DECISIONS) -> str:
    """The sentence of `code` in the reader's language, followed by the free words; either may be empty."""
    chosen = next((w for w in offered if w.code == code), None)
    if chosen is None:
        return free.strip()
    with translation.override(reader.language or settings.LANGUAGE_CODE):
        sentence = str(chosen.words)
    return f"{sentence} {free.strip()}".strip()

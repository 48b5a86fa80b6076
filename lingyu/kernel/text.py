"""Words: those that are translated later, and those that people typed.

Holds no translation: gettext does that where a page or a message is made.
"""

import re

# Controls other than tab and line breaks, which no reader sees and no feed may hold; signs that turn
# the direction of all that follows; halves of characters, and code points that are none.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)


def N_(message: str) -> str:
    """Mark `message` for extraction and return it unchanged; whoever shows it translates it."""
    return message


def legible(text: str) -> str:
    """What people typed, without the signs that only mislead: a page is written with this around it."""
    # What is printable throughout holds none of them; to see that takes a tenth of looking for each.
    return text if text.isprintable() else _UNSEEN.sub("", text)


def one_line(text: str) -> str:
    """The same as one line, without needless spaces."""
    return " ".join(legible(text).split())


class Named:
    """Something declared once with its Chinese and its English name as data (`zh`, `en`)."""

    zh: str
    en: str

    def label(self, language: str) -> str:
        """The name in `language` (any tag; everything that is not Chinese reads English)."""
        return self.zh if language.startswith("zh") else self.en

"""Words that are translated later: marks, and the pair of names a declaration carries.

Holds no translation: gettext does that where a page or a message is made.
"""


def N_(message: str) -> str:
    """Mark `message` for extraction and return it unchanged; whoever shows it translates it."""
    return message


class Named:
    """Something declared once with its Chinese and its English name as data (`zh`, `en`)."""

    zh: str
    en: str

    def label(self, language: str) -> str:
        """The name in `language` (any tag; everything that is not Chinese reads English)."""
        return self.zh if language.startswith("zh") else self.en

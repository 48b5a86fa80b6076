"""Short addresses: a UUID as 22 letters and digits, for links that people pass on."""

from uuid import UUID

# Base58: no 0, O, I or l, which are mistaken for one another when a link is read aloud.
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LENGTH = 22


def short(value: UUID) -> str:
    """The short form of a UUID, always 22 characters."""
    number, text = value.int, ""
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        text = ALPHABET[digit] + text
    return text


def long(text: str) -> UUID:
    """The UUID of a short form; ValueError when it is none."""
    number = 0
    for character in text:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    return UUID(int=number)


class ShortId:
    """Django path converter `<short:…>`: a UUID in the view, its short form in the address."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> UUID:
        """Read the address; ValueError makes it "not found"."""
        return long(value)

    def to_url(self, value: UUID) -> str:
        """Write the address."""
        return short(value)

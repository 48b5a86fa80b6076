"""LZString's base64 form, which old browser SDKs send (`compression=lz64`): decompressing, bounded.

After Pieroxy's algorithm: LZW over 16-bit units with codes that grow by a bit, six bits a character. Ours
and not a package because theirs has no bound: kilobytes may stand for gigabytes.
"""

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_VALUES |= {"-": 62, "_": 63, " ": 62}
# The first three codes: a unit of 8 bits, one of 16, the end.
_SHORT, _LONG, _END = 0, 1, 2


class _Bits:
    """Bits of the text, the lowest of a number first."""

    def __init__(self, text: str):
        try:
            self.values = [_VALUES[char] for char in text]
        except KeyError as error:
            raise ValueError(f"no base64: {error}") from None
        self.at, self.mask = 0, 32

    def take(self, number: int) -> int:
        """A number of so many bits. Raises ValueError at the end."""
        found = 0
        for place in range(number):
            if self.at >= len(self.values):
                raise ValueError("ends too early")
            if self.values[self.at] & self.mask:
                found |= 1 << place
            self.mask >>= 1
            if not self.mask:
                self.at, self.mask = self.at + 1, 32
        return found


def decompress(text: str, limit: int) -> str:
    """The text. Raises ValueError for what is no such thing, OverflowError beyond `limit` characters."""
    bits = _Bits(text)
    known: list[str] = ["", "", ""]
    first = bits.take(2)
    if first == _END:
        return ""
    before = _unit(bits, first)
    known.append(before)
    parts, size = [before], len(before)
    width, room = 3, 4
    while True:
        code = bits.take(width)
        if code == _END:
            return "".join(parts)
        if code in (_SHORT, _LONG):
            known.append(_unit(bits, code))
            code, room = len(known) - 1, room - 1
            if not room:
                width, room = width + 1, 1 << width
        if code < len(known):
            entry = known[code]
        elif code == len(known):
            entry = before + before[0]
        else:
            raise ValueError("an unknown code")
        parts.append(entry)
        size += len(entry)
        if size > limit:
            raise OverflowError
        known.append(before + entry[0])
        before, room = entry, room - 1
        if not room:
            width, room = width + 1, 1 << width


def _unit(bits: _Bits, code: int) -> str:
    if code == _SHORT:
        return chr(bits.take(8))
    if code == _LONG:
        return chr(bits.take(16))
    raise ValueError("an unknown code")

"""Numbers as they are written in articles: 26, 48,213.70, 六万八千, 两.

Holds reading, and writing in the same manner. Knows nothing of what is counted.
"""

import re

DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
HAN = "[零一二两三四五六七八九十百千万亿]+"


def value_of(text: str) -> float | None:
    """What a numeral says; None for what is none, or only about (七八, 一两)."""
    if re.fullmatch(ARABIC, text):
        return float(text.replace(",", ""))
    total = part = 0
    digit = None
    for sign in text:
        if sign in DIGITS or sign == "两":
            if digit:
                return None
            digit = 2 if sign == "两" else DIGITS.index(sign)
        elif sign in _UNITS:
            part += (1 if digit is None and sign == "十" else digit or 0) * _UNITS[sign]
            digit = None
        elif sign in _LARGE:
            total = (total + part + (digit or 0)) * _LARGE[sign]
            part, digit = 0, None
        else:
            return None
    found = total + part + (digit or 0)
    return float(found) if found and write(found, text) == text else None


def write(value: float, like: str, nth: bool = False) -> str:
    """A value in the manner of another numeral: its script, its places, its separators; 第二, not 第两."""
    if like[:1].isdigit():
        places = len(like.partition(".")[2])
        return f"{value:,.{places}f}" if "," in like else f"{value:.{places}f}"
    text = _han(round(value))
    if nth:
        return text
    if like.startswith("两") or (round(value) == 2 and "二" not in like):
        text = re.sub("^二(?=[千万亿]|$)", "两", text)
    elif "两" in like:
        text = re.sub("二(?=[千万亿])", "两", text)
    return text


def _han(value: int) -> str:
    for sign, size in (("亿", 100_000_000), ("万", 10_000)):
        if value >= size:
            rest = value % size
            gap = "零" if 0 < rest < size // 10 else ""
            return _han(value // size) + sign + gap + (_han(rest) if rest else "")
    for sign, size in (("千", 1000), ("百", 100), ("十", 10)):
        if value >= size:
            head, rest = divmod(value, size)
            gap = "零" if 0 < rest < size // 10 else ""
            first = "" if size == 10 and head == 1 else DIGITS[head]
            if gap or rest >= 20 or not rest or size == 10:
                tail = _han(rest) if rest else ""
            else:
                tail = ("一" if 10 <= rest < 20 else "") + _han(rest)
            return first + sign + gap + tail
    return DIGITS[value]

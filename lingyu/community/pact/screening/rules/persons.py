"""Personal data of others: identity numbers that check, card numbers, telephone with name or dwelling."""

import re
from collections.abc import Iterator

from ..steps import Scene, Signal

_IDENTITY = re.compile(
    r"(?<![0-9a-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx](?![0-9a-z])"
)
_CARD = re.compile(r"(?<!\d)(?:62|4|5)\d{14,17}(?!\d)")
_PHONE = re.compile(r"(?<![0-9a-z])1[3-9]\d{5}[\dx*]{4}(?![0-9])")
_NUMBER = re.compile(r"\d{6}")  # what each of them has
_BARED = re.compile(
    "身份证|住址|家住|家庭地址|姓名|真名|单位|前男友|前女友|前夫|前妻|打爆|轰炸|骚扰|曝光|人肉|开盒|扒"
    "|堵[他她]|老赖|小三|渣男|渣女"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_AROUND = 60


def is_identity(number: str) -> bool:
    """Whether the check character of an 18-character identity number is right (GB 11643: MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return number[17] == "10x98765432"[total % 11]


def is_card(number: str) -> bool:
    """Whether the digits of a bank card pass Luhn's test (ISO/IEC 7812-1)."""
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[0::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


def find(scene: Scene) -> Iterator[Signal]:
    """Numbers that belong to a person, the sure ones always, telephones where somebody is laid bare."""
    for field, views in scene.views.items():
        view = views.compact
        if not _NUMBER.search(view.text):
            continue
        for match in _IDENTITY.finditer(view.text):
            if is_identity(match[0]):
                yield Signal("1.10", view.span(*match.span()), 0.9, "rule:personal/identity", "review", field)
        for match in _CARD.finditer(view.text):
            if is_card(match[0]):
                yield Signal("1.10", view.span(*match.span()), 0.5, "rule:personal/card", "hint", field)
        for match in _PHONE.finditer(view.text):
            window = view.text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            if _BARED.search(window):
                yield Signal("1.10", view.span(*match.span()), 0.7, "rule:personal/phone", "review", field)

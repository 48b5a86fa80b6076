"""Rules by which feathers are earned, and purposes for which they are spent: closed registries.

Holds declarations and their terms. What a rule pays now is data (`models.RuleVersion`), edited in the
console; what is declared here is its first version.
"""

from dataclasses import asdict, dataclass, field
from datetime import timedelta

from lingyu.kernel.events import DeclarationError
from lingyu.kernel.text import Named

from .conditions import CONDITIONS

REVIEW = "review"


@dataclass(frozen=True)
class Terms:
    """What one version of a rule says; None is no limit.

    `amount` feathers; at most `per_day` (civil days of the site), `per_subject` and `per_life`;
    `cool_down` seconds between two; held for `hold` seconds, or until a `review`; the lot expires
    after `lot_days`. `conditions` are (code, least value).
    """

    amount: int
    per_day: int | None = None
    per_subject: int | None = None
    per_life: int | None = None
    cool_down: int | None = None
    hold: int | None = None
    review: bool = False
    lot_days: int | None = 365
    conditions: tuple[tuple[str, int], ...] = ()
    on: bool = True

    def as_data(self) -> dict:
        """As it is kept in a row."""
        return asdict(self) | {"conditions": [list(c) for c in self.conditions]}

    @classmethod
    def from_data(cls, data: dict) -> "Terms":
        """From a row; fields that a later version of Lingyu added have their defaults."""
        return cls(**data | {"conditions": tuple((code, value) for code, value in data["conditions"])})


@dataclass(frozen=True)
class Rule(Named):
    """One way of earning: `facts` names the conditions it can be given beside those of everywhere.

    What is `by_hand` people decide each time: its amount is the most that they may give at once.
    """

    code: str
    zh: str
    en: str
    about: str
    terms: Terms
    facts: tuple[str, ...] = field(default=())
    by_hand: bool = False

    def conditions(self) -> list:
        """The conditions that can be asked of it."""
        return [c for c in CONDITIONS.values() if c.everywhere or c.code in self.facts]


@dataclass(frozen=True)
class Purpose(Named):
    """One way of spending."""

    code: str
    zh: str
    en: str


RULES: dict[str, Rule] = {}
PURPOSES: dict[str, Purpose] = {}


def rule(
    code: str,
    *,
    zh: str,
    en: str,
    about: str,
    amount: int,
    hold: timedelta | str | None = None,
    cool_down: timedelta | None = None,
    lot_life: timedelta | None = timedelta(days=365),
    facts: tuple[str, ...] = (),
    by_hand: bool = False,
    **limits,
) -> Rule:
    """Declare a rule and its first terms; `hold` is a time, or "review" until somebody approves."""
    if unknown := set(facts) - CONDITIONS.keys():
        raise DeclarationError(f"rule {code!r} gives facts that no condition asks for: {sorted(unknown)}")
    terms = Terms(
        amount=amount,
        hold=int(hold.total_seconds()) if isinstance(hold, timedelta) else None,
        review=hold == REVIEW,
        cool_down=int(cool_down.total_seconds()) if cool_down else None,
        lot_days=lot_life.days if lot_life else None,
        **limits,
    )
    RULES[code] = Rule(code, zh, en, about, terms, facts, by_hand)
    return RULES[code]


def purpose(code: str, *, zh: str, en: str) -> Purpose:
    """Declare what feathers can be spent on."""
    PURPOSES[code] = Purpose(code, zh, en)
    return PURPOSES[code]


def named(code: str) -> Named | None:
    """The rule or purpose called `code`."""
    return RULES.get(code) or PURPOSES.get(code)

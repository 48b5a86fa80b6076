"""Typed rules: what no list of words can say, each with a name and the clauses that it may find.

Holds no threshold of a decision. A rule is a function of a scene; every expression in it is bounded.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from ..steps import Scene, Signal, Step
from . import contacts, disguised, links, nicknames, persons, repeats, stuffing


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule, the clauses it may find, and what it looks at in one sentence of each language."""

    name: str
    clauses: tuple[str, ...]
    run: Step
    zh: str
    en: str


RULES: tuple[Rule, ...] = (
    Rule("contacts", ("3.1", "3.8"), contacts.find, "留联系方式、拉人加好友", "Contact details"),
    Rule(
        "links", ("3.4",), links.find, "未注明的返利、短链与跳转链接", "Undisclosed affiliate and jump links"
    ),
    Rule("stuffing", ("3.5",), stuffing.find, "堆砌链接与关键词", "Stuffed links and keywords"),
    Rule(
        "repeated",
        ("3.2",),
        repeats.own,
        "与作者此前的发言几乎相同",
        "Nearly the same as the author's earlier posts",
    ),
    Rule(
        "coordinated",
        ("3.3",),
        repeats.others,
        "与其他帐号的发言几乎相同",
        "Nearly the same as others' posts",
    ),
    Rule("impersonation", ("5.3",), nicknames.find, "冒充官方或职务", "Posing as officials"),
    Rule("personal", ("1.10",), persons.find, "公开他人的证件号、电话与住址", "Personal data"),
    Rule("disguised", ("3.8",), disguised.find, "只在还原后才看得出的广告", "Advertising in disguise"),
)


class Rules:
    """The step `rules`: all rules, one after the other, each seeing what those before found.

    `least` is, by name of a rule and clause, the score from which on what it finds counts; above 1 the rule
    is switched off for that clause.
    """

    def __init__(
        self, rules: Iterable[Rule] = RULES, least: Mapping[tuple[str, str], float] | None = None
    ) -> None:
        self.rules, self.least = tuple(rules), dict(least or {})

    def __call__(self, scene: Scene) -> Iterator[Signal]:
        """Signals of every rule; a rule that raises is an error of the step."""
        found = list(scene.signals)
        for rule in self.rules:
            new = list(rule.run(Scene(scene.post, scene.views, found)))
            if self.least:
                new = [s for s in new if s.score >= self.least.get((rule.name, s.clause), 0.0)]
            found.extend(new)
            yield from new


@cache
def version() -> str:
    """The hash of the rules' own source: what decided changes its name when it changes."""
    digest = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

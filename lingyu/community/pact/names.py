"""What people call the values of a clause: who may find a breach, what a machine may do, how grave it is.

Holds declarations. The values themselves are in `clauses`; `words` makes sentences of the ladder's.
"""

from dataclasses import dataclass

from lingyu.kernel.text import Named

from .ladder import RUNGS
from .standings import CURRENT


@dataclass(frozen=True)
class Words(Named):
    """A sentence in both languages."""

    zh: str = ""
    en: str = ""


@dataclass(frozen=True)
class Name(Named):
    """A value's name, and in a sentence what it means."""

    code: str
    zh: str
    en: str
    about: Words = Words()
    icon: str = ""


def _named(*names: Name) -> dict[str, Name]:
    return {name.code: name for name in names}


DETECTIONS = _named(
    Name(
        "automatic",
        zh="机器初筛",
        en="Automatic",
        about=Words(
            zh="发布前由机器检查；拿不准的交给人看。",
            en="A machine looks before anything is published; what it is not sure of goes to a person.",
        ),
        icon="scan-search",
    ),
    Name(
        "report-only",
        zh="举报发现",
        en="By report",
        about=Words(
            zh="机器看不出来，靠读者举报，由人裁决。",
            en="No machine can tell: readers report it, and a person decides.",
        ),
        icon="flag",
    ),
    Name(
        "human-only",
        zh="人工发现",
        en="By people only",
        about=Words(
            zh="只由人来发现和裁决，机器不参与。",
            en="Only people look for it and decide it; no machine has a part in it.",
        ),
        icon="user-check",
    ),
)
STRENGTHS = _named(
    Name("none", zh="机器不处理", en="Nothing"),
    Name("review", zh="最多转人工", en="Ask a person at most"),
    Name("block", zh="可以直接拦下", en="May refuse by itself"),
)


def first_rung(severity: int):
    """The rung that a first finding of this severity comes to, by the ladder in force."""
    return RUNGS[CURRENT.first[severity]]

"""The rungs, and the rules by which one gets there, by version: values, never changed once in force.

Holds declarations. A decision keeps the version of its day, so a new version is a new entry here.
"""

from dataclasses import dataclass
from datetime import timedelta

from lingyu.kernel.text import Named


@dataclass(frozen=True)
class Rung(Named):
    """One step of the ladder: how long it lasts (None: for ever), and what it takes away.

    `speaks` tells whether one may still write where others read it; `enters`, whether the site is open
    to one at all, beside one's own standing, appeals and privacy.
    """

    level: int
    code: str
    zh: str
    en: str
    lasts: timedelta | None
    speaks: bool
    enters: bool = True

    @property
    def permanent(self) -> bool:
        """Whether it never ends by itself, and so needs two people."""
        return self.lasts is None


RUNGS = {
    rung.level: rung
    for rung in (
        Rung(0, "clear", zh="正常", en="In good standing", lasts=timedelta(0), speaks=True),
        Rung(1, "reminder", zh="提醒", en="Reminder", lasts=timedelta(0), speaks=True),
        Rung(2, "mute_1", zh="禁言 1 天", en="Muted for 1 day", lasts=timedelta(days=1), speaks=False),
        Rung(3, "mute_7", zh="禁言 7 天", en="Muted for 7 days", lasts=timedelta(days=7), speaks=False),
        Rung(4, "mute_15", zh="禁言 15 天", en="Muted for 15 days", lasts=timedelta(days=15), speaks=False),
        Rung(5, "mute_ever", zh="永久禁言", en="Muted for ever", lasts=None, speaks=False),
        Rung(6, "ban", zh="封停账号", en="Account banned", lasts=None, speaks=False, enters=False),
    )
}
CLEAR, BEFORE_PERMANENT, MUTED, BANNED = 0, 4, 5, 6


@dataclass(frozen=True)
class Ladder:
    """One version of the rules.

    `first`: the rung of a first finding, by the severity (1–5) of its clause. `memory`: how long after
    its notice a finding raises later ones, by severity (None: always). `stale`: an act that comes to
    light later than this is taken off the site but moves nobody up, unless its severity is `grave` or
    more. `step`: by how much each aggravator raises. What is permanent takes effect when a second person
    has confirmed it; until then it is rung `BEFORE_PERMANENT`.
    """

    version: int
    first: dict[int, int]
    memory: dict[int, timedelta | None]
    stale: timedelta
    grave: int
    step: int


def _days(count: int) -> timedelta:
    return timedelta(days=count)


LADDERS = {
    1: Ladder(
        version=1,
        first={1: 1, 2: 2, 3: 3, 4: 4, 5: 5},
        memory={1: _days(90), 2: _days(180), 3: _days(365), 4: _days(730), 5: None},
        stale=_days(365),
        grave=4,
        step=1,
    )
}

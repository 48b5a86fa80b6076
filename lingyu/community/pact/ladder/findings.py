"""What the ladder is computed from: findings that people have confirmed, each with what aggravates it.

Holds values without behaviour beyond reading them.
"""

from dataclasses import dataclass
from datetime import datetime

from lingyu.kernel.text import Named


@dataclass(frozen=True)
class Aggravator(Named):
    """A circumstance that raises the rung; it needs evidence and a second person.

    `of_account`: the account itself is the instrument, so that its end is a ban and not a mute.
    """

    code: str
    zh: str
    en: str
    of_account: bool = False


AGGRAVATORS = {
    a.code: a
    for a in (
        Aggravator("bullies_minor", zh="欺凌未成年人", en="Bullies a minor"),
        Aggravator("harms_minor", zh="危害未成年人身心健康", en="Harms a minor"),
        Aggravator(
            "cheated",
            zh="以作弊手段注册或使用账号",
            en="Registered or used the account by cheating",
            of_account=True,
        ),
        Aggravator("many_accounts", zh="滥用多个账号违规", en="Offends by several accounts", of_account=True),
    )
}


@dataclass(frozen=True)
class Relief:
    """A time in which a penalty rests because an appeal was late; open-ended without `until`."""

    since: datetime
    until: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        """Whether the penalty rests at `moment`."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Finding:
    """That a member broke a clause, as it stands after all appeals. Times are aware.

    `acted_at` is when the member did it, `told_at` when the member was told of the decision: what was
    done before that cannot have been done in spite of it. `severity` is the clause's of the pact in force
    at the act, or less after a partly won appeal. `seconded`: a second person has confirmed what is
    permanent, and the aggravators; those that nobody has confirmed do not count.
    """

    id: str
    clause: str
    severity: int
    acted_at: datetime
    told_at: datetime
    illegal: bool = False
    aggravators: frozenset[str] = frozenset()
    seconded: bool = False
    reliefs: tuple[Relief, ...] = ()

    @property
    def weighing(self) -> frozenset[str]:
        """The aggravators that count."""
        return self.aggravators if self.seconded else frozenset()

    @property
    def of_account(self) -> bool:
        """Whether an aggravator that counts concerns the account itself."""
        return any(AGGRAVATORS[code].of_account for code in self.weighing)

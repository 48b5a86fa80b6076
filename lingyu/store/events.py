"""Facts about the log of facts from outside: what operators did to it. None says of whom.

Holds declarations only; `log.operating` records them.
"""

from lingyu.kernel.events import Event, fact


@fact("store.people_joined", zh="人员合并", en="People joined")
class PeopleJoined(Event, frozen=True, kw_only=True):
    """`actor` said that two people of the log are one; `number` is the join's, by which it is undone."""

    number: int


@fact("store.people_parted", zh="人员拆分", en="People parted")
class PeopleParted(Event, frozen=True, kw_only=True):
    """`actor` took the join `number` back; no fact from outside makes it again."""

    number: int


@fact("store.person_erased", zh="外部行为数据清除", en="Person erased from the log")
class PersonErased(Event, frozen=True, kw_only=True):
    """A person was erased from the log: so many facts (`pieces`). `number` counts erasures."""

    number: int
    pieces: int


@fact("store.facts_given_up", zh="损坏文件放弃", en="Damaged facts given up")
class FactsGivenUp(Event, frozen=True, kw_only=True):
    """`actor` gave up files that can't be read any more, with the `pieces` facts that were in them."""

    pieces: int


@fact("store.requests_read_again", zh="请求重新读取", en="Requests read again")
class RequestsReadAgain(Event, frozen=True, kw_only=True):
    """`actor` had requests that no reader had understood come once more: `number` files of them."""

    number: int


@fact("store.log_rezoned", zh="日志时区更换", en="Log made anew for another time zone")
class LogRezoned(Event, frozen=True, kw_only=True):
    """`actor` had the log made anew by the days of another time zone: all its facts (`pieces`)."""

    pieces: int

"""A log and an inbox of one's own, in a folder that goes away."""

import pytest

from lingyu.store.inbox import Inbox
from lingyu.store.log import Compactor, Log, LogSequences, keeping


class Shop:
    """A log, its inbox, and few words for what tests do with them."""

    def __init__(self, folder):
        self.log, self.inbox = Log(folder / "log"), Inbox(folder / "inbox")
        self.compactor = Compactor(self.log, self.inbox)

    def take(self, *facts) -> int:
        """Keep facts; how many were new."""
        with self.log.lease():
            return self.compactor.take(list(facts))

    def see(self) -> LogSequences:
        """What is known now."""
        return LogSequences(self.log)

    def rows(self, columns: str, where: str = "true") -> list[tuple]:
        """Columns of all facts that are counted, in the order of time."""
        seen = self.see()
        relation = seen.relation({"path", "amount", "currency", "order_ref", "props"}, 0, 99_999)
        return seen.ask(f"SELECT {columns} FROM {relation} WHERE {where} ORDER BY time, event")

    def people(self, event: str | None = None) -> int:
        """How many people did an event, by the bitmaps of all days."""
        seen, found = self.see(), set()
        for day in self.log.catalog.days():
            found |= set(seen.bitmap(event, day))
        return len(found)


@pytest.fixture
def shop(tmp_path, monkeypatch) -> Shop:
    """An empty one, of no house: there are no facts to come again but those of its inbox."""
    monkeypatch.setattr(keeping, "PUT_BACK", [])
    return Shop(tmp_path)

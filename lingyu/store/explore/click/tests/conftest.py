"""A log that is kept in ClickHouse too."""

import pytest

from lingyu.store.engines.click.transport import Transport
from lingyu.store.explore import answer
from lingyu.store.explore.click import ClickFacts
from lingyu.store.explore.click import answer as click_answer
from lingyu.store.explore.click.sending import Sender
from lingyu.store.explore.click.table import DAYS, FACTS, INCOMING, JOINS, STATE
from lingyu.store.log.tests.conftest import Shop


class Both(Shop):
    """A shop's log, and few words for what both engines say of it."""

    def __init__(self, folder, transport: Transport):
        super().__init__(folder)
        self.transport = transport
        for table in (FACTS, FACTS + INCOMING, JOINS, JOINS + INCOMING, DAYS, STATE):
            transport.run(f"DROP TABLE IF EXISTS {table} SYNC")
        self.sender = Sender(self.log, transport)

    def send(self) -> int:
        """Send what has changed; how many days."""
        return self.sender.send()

    def click(self) -> ClickFacts:
        """What ClickHouse has."""
        return ClickFacts(self.transport, self.see().keys)

    def told(self, asked, saved=None) -> tuple:
        """Both answers, the journeys' first: rows, totals, columns, and what to beware of, for comparison."""
        return plain(answer(asked, self.see(), saved)), plain(click_answer(asked, self.click(), saved))


def plain(told) -> tuple:
    """What has to be equal; parts of a conversion are summed in the order of people, so they are rounded."""
    rows = [_rounded(row) for row in told.rows]
    if told.kind == "attribution":
        rows.sort(key=str)
    return rows, _rounded(told.totals), told.columns, told.caveats, told.hash, told.history_from


def _rounded(value):
    match value:
        case float():
            return float(f"{value:.12g}")
        case dict():
            return {name: _rounded(item) for name, item in value.items()}
        case list():
            return [_rounded(item) for item in value]
    return value


@pytest.fixture(scope="module")
def transport(clickhouse) -> Transport:
    """The way to ClickHouse in this process."""
    return Transport(clickhouse)


@pytest.fixture
def both(tmp_path, transport) -> Both:
    """An empty log, and none of it in ClickHouse."""
    return Both(tmp_path, transport)

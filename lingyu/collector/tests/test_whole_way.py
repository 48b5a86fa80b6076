"""Whatever is sent goes the whole way, through the door, the inbox and compaction, and nothing piles up."""

import gc
import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.kernel.facts import read
from lingyu.store.inbox import Inbox, Writer
from lingyu.store.log import Compactor, Log, LogSequences
from lingyu.store.log.status import look_through
from tests.effort import LINEAR, growth

from .sending import AT, PREFIX, a_door, form, request
from .test_hostile import BODIES, NAMES, PATHS

pytestmark = pytest.mark.one_database
REQUESTS = st.lists(
    st.tuples(
        st.sampled_from(PATHS),
        BODIES,
        st.dictionaries(NAMES, st.text(max_size=20), max_size=4).map(lambda f: form(**f).decode()),
        st.sampled_from(["GET", "POST"]),
    ),
    min_size=1,
    max_size=12,
)


class Way:
    """A door, an inbox and a log behind it."""

    def __init__(self, folder):
        self.door, self.inbox, self.log = a_door(), Inbox(folder / "inbox"), Log(folder / "log")
        self.writer = Writer(self.inbox).start()
        self.compactor = Compactor(self.log, self.inbox)

    def send(self, path: str, body: bytes, query: str = "", method: str = "POST") -> list:
        """What the kept request says; it was answered, and not by a fault of ours."""
        decision = self.door.decide(request(method, f"/in/{PREFIX}{path}?{query}", body), AT)
        assert 200 <= decision.answer.status < 500
        if decision.row is None:
            return []
        self.writer.put_and_wait(decision.row)
        return read(decision.row).facts

    def rows(self) -> int:
        """How many facts the log holds."""
        return sum(segment.rows for segment in self.log.catalog.live("facts"))


@pytest.fixture
def way(tmp_path):
    """One that is stopped in the end."""
    way = Way(tmp_path)
    yield way
    way.writer.stop()


@pytest.fixture(scope="module")
def long_way(tmp_path_factory):
    """One that all examples of a test go."""
    way = Way(tmp_path_factory.mktemp("way"))
    yield way
    way.writer.stop()


def test_what_is_sent_is_in_the_log_once_whatever_it_is(long_way):
    way, known = long_way, set()

    @settings(max_examples=60, deadline=None)
    @given(REQUESTS)
    def goes_the_whole_way(requests):
        for path, body, query, method in requests:
            # Sent again, as by an SDK that has not heard.
            for _time in range(2):
                known.update(fact.id for fact in way.send(path, body, query, method))
        with way.log.lease():
            way.compactor.run()
        assert way.rows() == len(known)

    goes_the_whole_way()
    with way.log.lease():
        way.log.derived.build()
    seen = LogSequences(way.log)
    people = f"SELECT count(*) FROM {seen.relation({'props'}, 0, 99_999)} WHERE person > 0"
    assert seen.ask(people) == [(sum(len(day.times) for day in seen.days(0, 99_999)),)]
    assert not list(way.inbox.unread.glob("*")), "a reader failed on what its adapter let in"
    assert look_through(way.log) == []


def own(number: int, name: str = "Seen") -> bytes:
    """A request of our own snippet."""
    event = {"n": name, "t": AT * 1000, "i": str(number), "p": {"text": f"{number} " * 20}}
    return json.dumps({"u": f"user {number}", "e": [event]}).encode()


def test_compacting_much_takes_as_long_as_it_is_much(way):
    sent = [0]

    def go(size: int) -> None:
        for _request in range(size):
            sent[0] += 1
            way.send("/l/e", own(sent[0]))
        way.compactor.run()

    go(20)
    assert growth(go, size=60, times=5) < LINEAR


def test_memory_does_not_grow_with_what_has_gone_through(way):
    sent = [0]

    def round_() -> int:
        """Send and compact the same amount again; the memory that is held after it."""
        for _request in range(150):
            sent[0] += 1
            way.send("/l/e", own(sent[0]))
            way.send("/l/e", b'{"e": [{"n": 5}, {}]}')
            way.send("/v1/batch", b"\x1f\x8b broken")
        way.compactor.run()
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    round_()
    tracemalloc.start()
    try:
        held = [round_() for _time in range(6)]
    finally:
        tracemalloc.stop()
    # Names that are remembered, some hundred bytes each and bounded (`people.REMEMBERED`), and no request.
    assert held[-1] - held[1] < 4 * 150 * 1_000, held

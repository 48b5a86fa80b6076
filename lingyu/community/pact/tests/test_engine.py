"""The screener of a process: swapped as a whole when another set comes into force, never half, never none."""

import threading

import pytest

from lingyu.community.pact import engine
from lingyu.community.pact.clauses import load
from lingyu.community.pact.screening import NamedStep, Post, Screener
from lingyu.community.pact.screening.automaton import Banks, Lexicon, Term
from lingyu.community.pact.screening.deciding import Changes


class Said:
    """A source that says what the test wants."""

    def __init__(self):
        self.key, self.asked = "", 0
        self.sets = {}

    def now(self):
        self.asked += 1
        if isinstance(self.key, Exception):
            raise self.key
        return self.key


@pytest.fixture
def said(monkeypatch, db):
    source = Said()
    terms = [Term("笨猪", "2.6", "review", 0.9, bank="abuse")]
    base = Screener([NamedStep("banks", Banks(Lexicon(terms)))], load(), {"banks": "small"})
    monkeypatch.setattr(engine, "base", lambda: base)
    monkeypatch.setattr(engine, "_SOURCES", [engine.Source(source.now, lambda key: source.sets[key])])
    monkeypatch.setattr(engine, "EVERY", 0.0)
    return source


def adds(*words):
    return Changes(terms=tuple(Term(w, "2.6", "review", 0.9, bank="site") for w in words))


def settled(made):
    """Wait for the thread that makes another set."""
    with made._making:
        return made.screener()


def test_a_server_loads_the_screener_ahead_and_survives_that_it_cannot(said, monkeypatch):
    monkeypatch.setattr(engine, "_wanted", lambda: ("", 1))
    monkeypatch.setattr(engine, "ENGINE", engine.Engine())
    engine.warm(after=0).join()
    assert engine.ENGINE._held.screener is engine.base()
    broken = Exception("no such bank")
    monkeypatch.setattr(engine, "_wanted", lambda: (_ for _ in ()).throw(broken))
    monkeypatch.setattr(engine, "ENGINE", engine.Engine())
    engine.warm(after=0).join()
    with pytest.raises(Exception, match="no such bank"):
        engine.ENGINE.screener()


def test_another_set_is_taken_whole_and_is_told_by_its_versions(said):
    made = engine.Engine()
    before = made.screener()
    said.sets["1-a"] = [adds("讨厌鬼", "烦人精")]
    said.key = "1-a"
    assert made.screener() is before  # the former set judges while the other is made
    after = settled(made)
    assert [after.screen(Post(w)).decision for w in ("讨厌鬼来了", "烦人精来了")] == ["review"] * 2
    assert after.versions["edition"] == "1-a"
    assert after.versions["banks"] != before.versions["banks"]
    said.key = ""
    made.screener()
    assert settled(made) is before


def test_a_set_that_cannot_be_made_leaves_the_former_one_judging(said, caplog):
    made = engine.Engine()
    before = made.screener()
    said.sets["1-a"] = [Changes(rules=("no such step",))]
    said.key = "1-a"
    made.screener()
    assert settled(made) is before
    assert "could not be loaded" in caplog.text


def test_a_database_that_is_away_leaves_the_former_set_judging(said, caplog):
    made = engine.Engine()
    before = made.screener()
    said.key = OSError("away")
    assert made.screener() is before


def test_without_a_set_there_is_no_screener_so_that_a_text_waits(said):
    said.key = OSError("away")
    with pytest.raises(OSError, match="away"):
        engine.Engine().screener()


def test_what_is_in_force_is_asked_at_most_every_few_seconds(said, monkeypatch):
    monkeypatch.setattr(engine, "EVERY", 60.0)
    made = engine.Engine()
    for _n in range(1_000):
        made.screener()
    assert said.asked == 1


def test_many_threads_see_one_set_or_the_other_and_nothing_between(said, monkeypatch):
    made = engine.Engine()
    made.screener()
    # Both words or neither: a text with one of them under each set tells which set has judged it.
    said.sets["1-a"] = [adds("讨厌鬼", "烦人精")]
    seen, stop = set(), threading.Event()

    def judge():
        while not stop.is_set():
            held = made._held.screener
            seen.add(tuple(held.screen(Post(w)).decision for w in ("讨厌鬼", "烦人精")))

    threads = [threading.Thread(target=judge) for _n in range(4)]
    for thread in threads:
        thread.start()
    for key in ("1-a", "", "1-a", "", "1-a"):
        said.key = key
        made.catch_up()
    stop.set()
    for thread in threads:
        thread.join()
    assert seen <= {("pass", "pass"), ("review", "review")}
    assert made.screener().versions["edition"] == "1-a"

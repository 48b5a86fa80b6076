"""The worker: does what is due, waits out errors, stops when told to."""

import logging
import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction
from django.utils import timezone

from lingyu.kernel.reactions import reaction
from lingyu.store import freshness, worker
from lingyu.store.engines import engine
from lingyu.store.engines.base import EngineError
from lingyu.store.models import Envelope
from lingyu.store.outbox import record
from lingyu.store.ship import Busy
from lingyu.store.worker import TIDY_EVERY, Worker

from .samples import Paid, paid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_duck")]


def _record(*facts) -> None:
    with transaction.atomic():
        record(*facts)


def test_a_step_delivers_and_ships():
    seen = []

    @reaction(on=Paid)
    def see(event):
        seen.append(event)

    fact = paid("2024-03-04")
    _record(fact)
    made = Worker()
    assert made.step() is True
    assert (seen, freshness.waiting()) == ([fact], 0)
    assert made.step() is False


def test_the_worker_waits_out_errors_and_goes_on(monkeypatch, caplog):
    made, waits, errors = Worker(), [], [OperationalError("locked"), EngineError("away"), OSError("full")]

    def step():
        if errors:
            raise errors.pop(0)
        made.stop()

    monkeypatch.setattr(made, "step", step)
    monkeypatch.setattr(made._stopped, "wait", waits.append)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    with caplog.at_level(logging.WARNING):
        made.run()
    assert [wait for wait in waits if wait != worker.PAUSE] == [1, 2, 5]
    assert "away" in caplog.text


def test_an_error_that_nobody_foresaw_ends_the_worker(monkeypatch):
    made = Worker()
    monkeypatch.setattr(made, "step", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        made.run()


def test_somebody_else_who_ships_is_left_to_it(monkeypatch):
    _record(paid("2024-03-04"))

    def busy(wait):
        raise Busy

    monkeypatch.setattr(worker, "ship_all", busy)
    assert Worker().step() is False


def test_now_and_then_the_house_is_tidied():
    now = [0.0]
    made = Worker(clock=lambda: now[0])
    for day in range(1, 7):
        _record(paid(f"2024-03-0{day}"))
        made.step()
    long_ago = timezone.now() - timedelta(days=8)
    Envelope.objects.update(shipped_at=long_ago, logged_at=long_ago)
    assert len(engine().manifest.live()) == 6
    now[0] = TIDY_EVERY
    made.step()
    assert len(engine().manifest.live()) == 1
    assert not Envelope.objects.exists()


def test_shipping_by_hand_says_how_many_facts_were_new(capsys):
    _record(paid("2024-03-04"), paid("2024-03-05"))
    call_command("ship")
    assert "2" in capsys.readouterr().out
    call_command("ship")
    assert "0" in capsys.readouterr().out


def test_shipping_by_hand_says_why_it_cannot(monkeypatch):
    def away(bodies):
        raise EngineError("no disk")

    _record(paid("2024-03-04"))
    monkeypatch.setattr(engine(), "append", away)
    with pytest.raises(CommandError, match="no disk"):
        call_command("ship")
    assert freshness.waiting() == 1


@pytest.mark.one_database
def test_the_command_stops_when_it_is_told_to():
    """On a data folder of its own, for which it makes the tables first."""
    words = [sys.executable, "-m", "lingyu", "work", "--verbosity", "2"]
    work = subprocess.Popen(words, stdout=subprocess.PIPE, env=os.environ | {"LINGYU_LANG": "en"}, text=True)
    try:
        assert work.stdout.readline() == "The worker has begun.\n"
        work.send_signal(signal.SIGTERM)
        assert work.wait(20) == 0
    finally:
        work.kill()
        work.communicate()

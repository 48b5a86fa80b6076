"""An event store on either engine, with registries that hold the tests' own declarations only."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.db import transaction

from lingyu.kernel import events, metrics, reactions
from lingyu.kernel.events import Event
from lingyu.store.engines import engine
from lingyu.store.engines.click import sql as click_sql
from lingyu.store.engines.click import transport
from lingyu.store.outbox import record_all
from lingyu.store.ship import ship_all

from . import samples

_REGISTRIES = (events.EVENTS, events._FIELD_OWNERS, metrics.METRICS, reactions.REACTIONS)


@pytest.fixture
def declared():
    """Only the samples are declared."""
    before = [dict(registry) for registry in _REGISTRIES]
    for registry in _REGISTRIES:
        registry.clear()
    samples.enter()
    yield
    for registry, content in zip(_REGISTRIES, before, strict=True):
        registry.clear()
        registry.update(content)


@pytest.fixture
def on_duck(declared, settings, tmp_path) -> Path:
    """An empty store of DuckDB's; its folder is the value."""
    settings.LINGYU_ENGINE, settings.LINGYU_STORE = "duck", tmp_path / "store"
    engine.cache_clear()
    yield settings.LINGYU_STORE
    engine.cache_clear()


@pytest.fixture
def on_click(declared, settings, tmp_path, clickhouse, monkeypatch):
    """An empty store of ClickHouse's."""
    settings.LINGYU_ENGINE, settings.LINGYU_STORE = "click", tmp_path / "store"
    monkeypatch.setattr(transport, "connect", lambda url: transport.Transport(clickhouse))
    for table in (click_sql.TABLE, click_sql.INCOMING):
        clickhouse().command(f"DROP TABLE IF EXISTS {table} SYNC")
    engine.cache_clear()
    yield
    engine.cache_clear()


@pytest.fixture(params=["duck", "click"])
def store(request):
    """An empty store, on one engine and then on the other."""
    request.getfixturevalue(f"on_{request.param}")
    return request.param


@pytest.fixture
def remember(db) -> Callable[..., int]:
    """Record facts in one transaction and ship them; returns how many were new."""

    def act(facts: Iterable[Event]) -> int:
        with transaction.atomic():
            record_all(facts)
        return ship_all()

    return act

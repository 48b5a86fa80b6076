"""An event store of a test's own."""

import pytest

from lingyu.store.engines import engine


@pytest.fixture
def empty_store(db, settings, tmp_path):
    """The database, and an event store without a fact in it; its folder is the fixture's value."""
    settings.LINGYU_STORE = tmp_path / "store"
    engine.cache_clear()
    yield settings.LINGYU_STORE
    engine.cache_clear()

"""What a test remembers: an event store of its own, and nothing of the test before it."""

import pytest
from django.core.cache import cache

from lingyu.store.engines import engine


@pytest.fixture
def empty_store(db, settings, tmp_path):
    """The database, and an event store without a fact in it; its folder is the fixture's value."""
    settings.LINGYU_STORE = tmp_path / "store"
    engine.cache_clear()
    yield settings.LINGYU_STORE
    engine.cache_clear()


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Limits on guessing count in the process's cache: what one test did is not held against the next."""
    yield
    cache.clear()

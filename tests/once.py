"""A test that asks for no database says the same whichever is used: it is run on SQLite only.

Marks such tests as `one_database` by what they ask for, so that nobody has to think of it.
"""

import pytest

# Fixtures by which a test has the database, directly or through others.
_DATABASE = {"db", "transactional_db", "django_db_setup", "django_db_reset_sequences", "live_server"}


# Before pytest's own selection by marks, which happens in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what needs no database."""
    for item in items:
        asked = _DATABASE.intersection(getattr(item, "fixturenames", ()))
        if not asked and not item.get_closest_marker("django_db"):
            item.add_marker("one_database")

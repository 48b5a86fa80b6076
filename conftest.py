"""Makes the cast, an empty event store, ClickHouse, and the rule for skipping known to the tests of every
room.

Settings of the tests (plain static files, a data folder of their own) are in `tests/settings.py`.
"""

pytest_plugins = ["tests.cast", "tests.memory", "tests.strict", "tests.once", "tests.clickhouse"]

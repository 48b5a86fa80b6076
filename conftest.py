"""Makes the cast, and the rule for skipping, known to the tests of every room."""

pytest_plugins = ["tests.cast", "tests.memory", "tests.strict"]

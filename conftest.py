"""Makes the cast known to the tests of every room."""

pytest_plugins = ["tests.cast"]

"""The topmost Django app: completes the registries and carries the house's own commands."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Loads every declaration once all rooms stand."""

    name = "lingyu.config"
    label = "house"

    def ready(self):
        """Fill the closed registries (events, metrics, reactions, operations)."""
        from . import checks, rooms  # noqa: F401 - importing `checks` registers them

        rooms.load_declarations()

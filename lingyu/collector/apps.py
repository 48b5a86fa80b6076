"""The Django app of the collector."""

from django.apps import AppConfig


class CollectorConfig(AppConfig):
    """Sources and their page; registers how kept requests are read."""

    name = "lingyu.collector"
    label = "collector"

    def ready(self):
        """Whoever compacts the inbox finds a reader for each protocol."""
        from . import reading  # noqa: F401 - importing it registers them

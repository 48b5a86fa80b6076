"""The Django app of the collector."""

from django.apps import AppConfig


class CollectorConfig(AppConfig):
    """Sources and their page; registers how kept requests are read."""

    name = "lingyu.collector"
    label = "collector"

    def ready(self):
        """Whoever compacts the inbox finds a reader for each protocol, and a doctor to tell."""
        from lingyu.store.log import working

        from . import reading, running  # noqa: F401 - importing `reading` registers them

        working.TOLD.append(lambda *told: running.doctor().note(*told))

"""The Django app of the unlocks."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnlocksConfig(AppConfig):
    """Registers unlocks under the label `unlocks`, the gate of priced articles, and what stands there."""

    name = "lingyu.community.unlocks"
    label = "unlocks"
    verbose_name = _("Paid articles")

    def ready(self):
        """Stand at the gate: importing these registers them."""
        import_module(".gate", __package__)
        import_module(".section", __package__)

"""The Django app of the rulebook."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulebookConfig(AppConfig):
    """Registers the rulebook under the label `rulebook`, and as the source of the rules in force."""

    name = "lingyu.community.rulebook"
    label = "rulebook"
    verbose_name = _("Rulebook")

    def ready(self):
        """Say what is in force: importing the editions registers them."""
        import_module(".editions", __package__)

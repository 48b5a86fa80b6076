"""The Django app of the pact."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PactConfig(AppConfig):
    """Registers the pact under the label `pact`, and its keeper at the door."""

    name = "lingyu.community.pact"
    label = "pact"
    verbose_name = _("Pact")

    def ready(self):
        """Keep the door: importing the keeper registers it, and so with the checks."""
        import_module(".keeping", __package__)
        import_module(".checks", __package__)

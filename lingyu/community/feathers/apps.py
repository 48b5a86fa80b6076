"""The Django app of the feathers."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeathersConfig(AppConfig):
    """Registers feathers under the label `feathers`, and the balance in the header of the site."""

    name = "lingyu.community.feathers"
    label = "feathers"
    verbose_name = _("Feathers")

    def ready(self):
        """Stand in every header: importing the chip registers it."""
        import_module(".chip", __package__)

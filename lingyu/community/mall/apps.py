"""The Django app of the mall."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MallConfig(AppConfig):
    """Registers the mall under the label `mall`."""

    name = "lingyu.community.mall"
    label = "mall"
    verbose_name = _("Mall")

    def ready(self):
        """Say which pictures are in use: importing it registers it."""
        import_module(".pictures", __package__)

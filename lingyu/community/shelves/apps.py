"""The Django app of the shelves."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShelvesConfig(AppConfig):
    """Registers shelves under the label `shelves`, and what they show around every article."""

    name = "lingyu.community.shelves"
    label = "shelves"
    verbose_name = _("Shelves")

    def ready(self):
        """Stand around every article: importing the section registers it."""
        import_module(".section", __package__)

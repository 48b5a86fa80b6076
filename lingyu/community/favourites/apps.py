"""The Django app of the favourites."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FavouritesConfig(AppConfig):
    """Registers favourites under the label `favourites`, and the button of every article."""

    name = "lingyu.community.favourites"
    label = "favourites"
    verbose_name = _("Favourites")

    def ready(self):
        """Stand under every title: importing the section registers it."""
        import_module(".section", __package__)

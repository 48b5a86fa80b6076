"""The Django app of the search."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Registers the search under the label `search`, and its box in the header of the site."""

    name = "lingyu.community.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self):
        """Stand in every header: importing the box registers it."""
        import_module(".box", __package__)

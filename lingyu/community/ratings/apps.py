"""The Django app of the ratings."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RatingsConfig(AppConfig):
    """Registers ratings under the label `ratings`, and what stands around every article."""

    name = "lingyu.community.ratings"
    label = "ratings"
    verbose_name = _("Ratings")

    def ready(self):
        """Stand around every article: importing the section registers it."""
        import_module(".section", __package__)

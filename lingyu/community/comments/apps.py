"""The Django app of the comments."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    """Registers comments under the label `comments`, and their section below every article."""

    name = "lingyu.community.comments"
    label = "comments"
    verbose_name = _("Comments")

    def ready(self):
        """Stand below every article: importing the section registers it."""
        import_module(".section", __package__)

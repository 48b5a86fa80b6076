"""The Django app of the articles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Registers articles, columns and keywords under the label `articles`."""

    name = "lingyu.community.articles"
    label = "articles"
    verbose_name = _("Articles")

    def ready(self):
        """Answer the pictures' question whether one of them is shown."""
        from . import pictured  # noqa: F401

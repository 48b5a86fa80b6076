"""The Django app of sharing and inviting."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    """Registers sharing under the label `sharing`, its place around an article, and its greetings."""

    name = "lingyu.community.sharing"
    label = "sharing"
    verbose_name = _("Sharing and inviting")

    def ready(self):
        """Stand beside every article and at every door: importing registers them."""
        import_module(".section", __package__)
        import_module(".greeting", __package__)

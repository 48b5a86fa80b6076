"""The Django app of the notifications."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Registers notifications under their own label, and the bell in every page's header."""

    name = "lingyu.community.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self):
        """Importing the bell hangs it into the header."""
        import_module(".bell", __package__)

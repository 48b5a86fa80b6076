"""The Django app of the accounts."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Registers members and their grants under the label `accounts`, and checks the settings of log-ins."""

    name = "lingyu.community.accounts"
    label = "accounts"
    verbose_name = _("Members")

    def ready(self):
        """Importing the checks registers them."""
        import_module(".checks", __package__)

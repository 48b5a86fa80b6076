"""The Django app of the accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Registers members and their grants under the label `accounts`."""

    name = "lingyu.community.accounts"
    label = "accounts"
    verbose_name = _("Members")

"""The Django app of the ledger."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Registers the ledger under the label `ledger`."""

    name = "lingyu.community.ledger"
    label = "ledger"
    verbose_name = _("Ledger of feathers")

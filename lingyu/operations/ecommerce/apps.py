"""The Django app of e-commerce."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EcommerceConfig(AppConfig):
    """Registers shops, the ledger and their imports under the label `ecommerce`."""

    name = "lingyu.operations.ecommerce"
    label = "ecommerce"
    verbose_name = _("E-commerce")

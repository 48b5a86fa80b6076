"""The Django app of the rings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RingsConfig(AppConfig):
    """Registers rings under the label `rings`."""

    name = "lingyu.community.rings"
    label = "rings"
    verbose_name = _("Rings")

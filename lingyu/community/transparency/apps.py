"""The Django app of transparency."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransparencyConfig(AppConfig):
    """Registers transparency under the label `transparency`."""

    name = "lingyu.community.transparency"
    label = "transparency"
    verbose_name = _("Transparency")

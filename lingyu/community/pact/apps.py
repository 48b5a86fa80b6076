"""The Django app of the pact."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PactConfig(AppConfig):
    """Registers the pact under the label `pact`."""

    name = "lingyu.community.pact"
    label = "pact"
    verbose_name = _("Pact")

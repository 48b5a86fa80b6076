"""The Django app of the pictures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PicturesConfig(AppConfig):
    """Registers pictures under the label `pictures`."""

    name = "lingyu.community.pictures"
    label = "pictures"
    verbose_name = _("Pictures")

"""The Django app of the cases."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Registers cases under the label `cases`, and the surfaces where members write."""

    name = "lingyu.community.cases"
    label = "cases"
    verbose_name = _("Cases")

    def ready(self):
        """Know the surfaces, offer reports, note what is known of waiting comments, teach the screening."""
        import_module(".surfaces", __package__)
        import_module(".offering", __package__)
        import_module(".reviewing.waiting", __package__)
        import_module(".lessons", __package__)
        import_module(".pictures", __package__)

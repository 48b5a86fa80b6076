"""The Django app of the look: static files and component templates."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Carries `static/look`, `static/vendor` and `templates/look`."""

    name = "lingyu.look"
    label = "look"

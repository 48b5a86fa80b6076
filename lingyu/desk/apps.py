"""The Django app of the desks."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Goals, panels and the `import` command."""

    name = "lingyu.desk"
    label = "desk"

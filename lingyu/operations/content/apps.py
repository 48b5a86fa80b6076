"""The Django app of content operations."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Label `content`."""

    name = "lingyu.operations.content"
    label = "content"

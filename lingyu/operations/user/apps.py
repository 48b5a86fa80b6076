"""The Django app of user operations."""

from django.apps import AppConfig


class UserConfig(AppConfig):
    """Label `useroperations`: "user" alone would be taken for the accounts' model everywhere."""

    name = "lingyu.operations.user"
    label = "useroperations"

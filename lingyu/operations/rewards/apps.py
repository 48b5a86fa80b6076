"""The Django app of rewards."""

from django.apps import AppConfig


class RewardsConfig(AppConfig):
    """Label `rewards`."""

    name = "lingyu.operations.rewards"
    label = "rewards"

"""The Django app of community governance."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Label `governance`."""

    name = "lingyu.operations.governance"
    label = "governance"

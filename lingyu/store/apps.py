"""The Django app of the store."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Registers the outbox tables under the label `store`."""

    name = "lingyu.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

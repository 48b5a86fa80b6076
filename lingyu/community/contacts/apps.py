"""The Django app of the contacts."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Label `contacts`."""

    name = "lingyu.community.contacts"
    label = "contacts"

"""Addresses below /desk/api/, for people."""

from django.urls import path

from . import pages

urlpatterns = [
    path("", pages.tokens, name="api_tokens"),
    path("reference/", pages.reference, name="api_reference"),
    path("<uuid:token>/revoke", pages.revoke, name="api_revoke"),
]

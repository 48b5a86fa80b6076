"""Addresses of transparency, below those of the pact."""

from django.urls import path

from .views import log, numbers

urlpatterns = [
    path("pact/numbers/", numbers.pact_numbers, name="pact_numbers"),
    path("pact/numbers/<str:month>.csv", numbers.numbers_table, name="pact_numbers_table"),
    path("pact/numbers/<str:month>.json", numbers.numbers_data, name="pact_numbers_data"),
    path("pact/numbers/<str:month>/", numbers.pact_numbers, name="pact_numbers_of"),
    path("pact/log/", log.pact_log, name="pact_log"),
    path("pact/log/feed.atom", log.log_feed, name="pact_log_feed"),
]

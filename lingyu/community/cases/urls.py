"""Addresses of the cases: one's standing, reports, statements of reasons, appeals."""

from django.urls import path

from .views import appealing, reporting, standing, statements

urlpatterns = [
    path("pact/standing/", standing.my_standing, name="my_standing"),
    path("pact/decisions.csv", statements.decisions_table, name="decisions_table"),
    path("pact/decisions/<uuid:id>/", statements.decision, name="decision"),
    path("pact/decisions/<uuid:id>.json", statements.decision_data, name="decision_data"),
    path("pact/decisions/<uuid:id>/appeal/", appealing.appeal_decision, name="appeal_decision"),
    path("pact/appeals/<uuid:id>/", appealing.appeal, name="appeal"),
    path("report/<uuid:id>/thanks/", reporting.report_thanks, name="report_thanks"),
    path("report/<str:kind>/<uuid:id>/", reporting.report, name="report"),
]

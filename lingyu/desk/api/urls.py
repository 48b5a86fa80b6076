"""Addresses below /api/v1/, for machines."""

from django.urls import path

from . import views

urlpatterns = [
    path("explore/<slug:kind>", views.explore, name="api_explore"),
    path("events", views.events, name="api_events"),
    path("segments", views.segments, name="api_segments"),
    path("segments/<uuid:segment>/people", views.people, name="api_people"),
    path("openapi.json", views.openapi, name="api_openapi"),
    path("<path:rest>", views.nothing),
]

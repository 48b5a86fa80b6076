"""Addresses of the sources' pages, below /desk/sources/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.sources, name="sources"),
    path("<uuid:source>/", views.source, name="source"),
    path("<uuid:source>/key", views.rotate, name="source_key"),
    path("<uuid:source>/stop", views.stop, name="source_stop"),
    path("<uuid:source>/resume", views.resume, name="source_resume"),
]

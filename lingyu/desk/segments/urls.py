"""Addresses below /desk/<code>/segments/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.listing, name="segments"),
    path("new", views.build, name="segment_new"),
    path("<uuid:segment>/", views.build, name="segment"),
    path("<uuid:segment>/delete", views.delete, name="segment_delete"),
    path("<uuid:segment>/restore", views.restore, name="segment_restore"),
    path("<uuid:segment>/people.csv", views.people, name="segment_people"),
    path("<uuid:segment>/versions/<int:number>", views.back, name="segment_back"),
]

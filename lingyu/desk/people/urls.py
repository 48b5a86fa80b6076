"""Addresses below /desk/<code>/people/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.people, name="people"),
    path("<int:number>/", views.person, name="person"),
]

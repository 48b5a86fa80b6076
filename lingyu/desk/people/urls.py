"""Addresses below /desk/<code>/people/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.people, name="people"),
    path("<int:number>/", views.person, name="person"),
    path("<int:number>/joins/<int:join>/part", views.part, name="person_part"),
    path("<int:number>/forget", views.forget, name="person_forget"),
]

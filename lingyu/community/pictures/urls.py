"""Addresses of the pictures: the files for everybody, a writer's own pictures for the writer."""

from django.urls import path

from . import views

urlpatterns = [
    path("pictures/", views.pictures, name="pictures"),
    path("pictures/file/<str:name>", views.picture, name="picture"),
    path("pictures/<uuid:id>/removal/", views.remove, name="remove_picture"),
]

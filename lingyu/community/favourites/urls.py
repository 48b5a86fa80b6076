"""Addresses of the favourites: the button of an article, and a member's own pages."""

from django.urls import path

from lingyu.community.articles import urls  # noqa: F401 - it registers the short ids

from .views import keeping, shelf

urlpatterns = [
    path("a/<short:id>/favourite/", keeping.favourite, name="favourite"),
    path("me/favourites/", shelf.favourites, name="favourites"),
    path("me/favourites/export/", shelf.export_favourites, name="export_favourites"),
    path("me/favourites/folders/", shelf.make_folder, name="make_favourite_folder"),
    path("me/favourites/folders/<short:id>/", shelf.folder, name="favourite_folder"),
    path("me/favourites/folders/<short:id>/deletion/", shelf.delete_folder, name="delete_favourite_folder"),
    path("me/favourites/<short:id>/", keeping.file_favourite, name="file_favourite"),
    path("me/favourites/<short:id>/removal/", keeping.remove_favourite, name="remove_favourite"),
]

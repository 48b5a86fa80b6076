"""Addresses of the ratings: below an article, and the page that says how they are made."""

from django.urls import path

from lingyu.community.articles import urls  # noqa: F401 - it registers the short ids

from . import views

urlpatterns = [
    path("a/<short:id>/rating/", views.rate, name="rate"),
    path("about/ratings/", views.ratings_explained, name="ratings_explained"),
]

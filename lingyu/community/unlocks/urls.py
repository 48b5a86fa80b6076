"""Addresses of paid articles."""

from django.urls import path

from lingyu.community.articles import urls  # noqa: F401 - it registers the short ids

from . import views

urlpatterns = [
    path("a/<short:id>/unlock/", views.unlock, name="unlock"),
    path("write/<short:id>/price/", views.price, name="price"),
    path("me/unlocked/", views.unlocked, name="unlocked"),
]

"""Addresses of sharing: the short links, the page that gives them, and inviting."""

from django.urls import path

from lingyu.community.articles import urls  # noqa: F401 - it registers the short ids

from .views import inviting, sharing

urlpatterns = [
    path("s/<str:token>/", sharing.follow, name="share_link"),
    path("a/<short:id>/share/", sharing.share, name="share"),
    path("a/<short:id>/share/qr.png", sharing.picture, name="share_picture"),
    path("a/<short:id>/share/code.svg", sharing.code, name="share_code"),
    path("i/<str:code>/", inviting.welcome, name="invitation"),
    path("invite/", inviting.invite, name="invite"),
    path("invite/qr.png", inviting.picture, name="invite_picture"),
]

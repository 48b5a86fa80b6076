"""Addresses of the notifications."""

from django.urls import path

from . import views

urlpatterns = [
    path("me/notifications/", views.centre, name="notifications"),
    path("me/notifications/read/", views.read, name="notifications_read"),
    path("me/notifications/unread/", views.unread, name="notifications_unread"),
    path("me/notifications/preferences/", views.preferences, name="notification_preferences"),
    path("me/notifications/<uuid:id>/", views.open_notification, name="notification"),
    path("notifications/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]

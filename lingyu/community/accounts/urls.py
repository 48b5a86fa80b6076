"""Addresses of the accounts; allauth's stand under /accounts/."""

from django.urls import path

from . import views

urlpatterns = [
    path("me/", views.profile, name="profile"),
    path("me/privacy/", views.privacy, name="privacy"),
    path("me/privacy/export/", views.order_export, name="order_export"),
    path("me/privacy/export/progress/", views.export_progress, name="export_progress"),
    path("me/privacy/export/<uuid:id>/", views.fetch_export, name="fetch_export"),
    path("me/privacy/erasure/", views.order_erasure, name="order_erasure"),
    path("me/privacy/erasure/call-off/", views.call_off_erasure, name="call_off_erasure"),
    path("privacy/receipt/<str:token>/", views.erasure_receipt, name="erasure_receipt"),
]

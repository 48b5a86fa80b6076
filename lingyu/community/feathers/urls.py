"""Addresses of the feathers."""

from django.urls import path

from . import views

urlpatterns = [
    path("feathers/", views.feather_rules, name="feather_rules"),
    path("me/feathers/", views.my_feathers, name="my_feathers"),
    path("me/feathers/statement.csv", views.my_statement, name="my_statement"),
    path("me/feathers/receipts/", views.my_receipts, name="my_receipts"),
    path("me/feathers/receipts/<uuid:id>/", views.receipt, name="receipt"),
]

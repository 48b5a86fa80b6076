"""Addresses below /desk/<code>/sql/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.page, name="sql"),
    path("take.csv", views.take, {"kind": "csv"}, name="sql_csv"),
    path("take.xlsx", views.take, {"kind": "xlsx"}, name="sql_xlsx"),
    path("queries/<uuid:query>/delete", views.delete, name="sql_delete"),
]

"""Addresses below /desk/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="desk_home"),
    path("style", views.style, name="desk_style"),
    path("metrics/", views.metrics, name="desk_metrics"),
    path("metrics/<slug:name>/", views.metric, name="desk_metric"),
    path("<slug:code>/", views.operation, name="desk_operation"),
    path("<slug:code>/goal", views.goal, name="desk_goal"),
    path("<slug:code>/<slug:panel>.csv", views.export, {"kind": "csv"}, name="desk_export_csv"),
    path("<slug:code>/<slug:panel>.xlsx", views.export, {"kind": "xlsx"}, name="desk_export_xlsx"),
    path("<slug:code>/<slug:page>/", views.page, name="desk_page"),
    path("<slug:code>/<slug:page>/<path:rest>", views.page, name="desk_subpage"),
]

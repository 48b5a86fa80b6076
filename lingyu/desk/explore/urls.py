"""Addresses below /desk/<code>/explore/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.hub, name="desk_explore"),
    path("saved/<uuid:saved>/rename", views.rename, name="desk_explore_rename"),
    path("saved/<uuid:saved>/delete", views.delete, name="desk_explore_delete"),
    path("saved/<uuid:saved>/restore", views.restore, name="desk_explore_restore"),
    path("embeds/<uuid:embed>/revoke", views.revoke, name="desk_explore_revoke"),
    path("<slug:kind>/", views.question, name="desk_explore_question"),
    path("<slug:kind>.csv", views.export, {"ext": "csv"}, name="desk_explore_csv"),
    path("<slug:kind>.xlsx", views.export, {"ext": "xlsx"}, name="desk_explore_xlsx"),
    path("<slug:kind>/save", views.save, name="desk_explore_save"),
    path("<slug:kind>/embed", views.embed, name="desk_explore_embed"),
]

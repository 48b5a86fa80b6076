"""Addresses of the articles: short links, effective reads, writing."""

from django.urls import path, register_converter

from .addresses import ShortId
from .views import copies, mine, reading, revisions, writing

register_converter(ShortId, "short")

urlpatterns = [
    path("a/<short:id>/", reading.article, name="article"),
    path("a/<short:id>/read/", reading.read, name="read"),
    path("write/", writing.write, name="write"),
    path("write/preview/", writing.preview, name="preview"),
    path("write/check/", writing.check_article, name="check_article"),
    path("write/mine/", mine.my_articles, name="my_articles"),
    path("write/copy/", copies.keep, name="keep_new_copy"),
    path("write/copies/<uuid:id>/", copies.compare, name="compare_copy"),
    path("write/copies/<uuid:id>/removal/", copies.drop, name="drop_copy"),
    path("write/<short:id>/", writing.edit_article, name="edit_article"),
    path("write/<short:id>/copy/", copies.keep, name="keep_copy"),
    path("write/<short:id>/schedule/", writing.schedule, name="schedule"),
    path("write/<short:id>/retirement/", writing.retire_article, name="retire_article"),
    path("write/<short:id>/revisions/", revisions.revisions, name="revisions"),
    path("write/<short:id>/revisions/<int:number>/", revisions.restore, name="restore_revision"),
]

"""Addresses of the articles: short links, effective reads, writing."""

from django.urls import path, register_converter

from .addresses import ShortId
from .views import reading, writing

register_converter(ShortId, "short")

urlpatterns = [
    path("a/<short:id>/", reading.article, name="article"),
    path("a/<short:id>/read/", reading.read, name="read"),
    path("write/", writing.write, name="write"),
    path("write/preview/", writing.preview, name="preview"),
    path("write/mine/", writing.my_articles, name="my_articles"),
    path("write/<short:id>/", writing.edit_article, name="edit_article"),
    path("write/<short:id>/retirement/", writing.retire_article, name="retire_article"),
]

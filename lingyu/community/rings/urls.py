"""Addresses of the rings, among the moderators'."""

from django.urls import path

from . import views

urlpatterns = [
    path("review/rings/", views.review_rings, name="review_rings"),
    path("review/rings/<uuid:id>/", views.review_ring, name="review_ring"),
    path("review/rings/<uuid:id>/answer/", views.answer_ring, name="answer_ring"),
]

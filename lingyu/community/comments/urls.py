"""Addresses of the comments: below an article, and the review page. Removals are the cases'."""

from django.urls import path

from lingyu.community.articles import urls  # noqa: F401 - it registers the short ids

from .views import reviewing, talking

urlpatterns = [
    path("a/<short:id>/comments/", talking.comments, name="comments"),
    path("a/<short:id>/comments/new/", talking.post_comment, name="post_comment"),
    path("review/comments/", reviewing.comment_review, name="comment_review"),
    path("review/comments/approvals/", reviewing.approve_comments, name="approve_comments"),
    path("review/comments/<uuid:id>/approval/", reviewing.approve_comment, name="approve_comment"),
]

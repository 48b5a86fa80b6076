"""Addresses of the quiz: below an article, and where its questions are written."""

from django.urls import path

from lingyu.community.articles import urls  # noqa: F401 - it registers the short ids

from .views import answering, writing

urlpatterns = [
    path("a/<short:id>/quiz/", answering.quiz_question, name="quiz_question"),
    path("a/<short:id>/quiz/answer/", answering.quiz_answer, name="quiz_answer"),
    path("write/<short:id>/quiz/", writing.questions, name="quiz_questions"),
    path("write/<short:id>/quiz/proposals/", writing.propose, name="propose_questions"),
    path("write/<short:id>/quiz/<uuid:question>/<str:deed>/", writing.decide, name="decide_question"),
]

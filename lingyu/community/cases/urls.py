"""Addresses of the moderators: the queue, cases, seconds, appeals, quality, deadlines."""

from django.urls import path

from .views import appealing, deciding, looking, quality, queueing, removing, seconding, withdrawing

urlpatterns = [
    path("review/", queueing.review_queue, name="review_queue"),
    path("review/next/", queueing.take_next_case, name="take_next_case"),
    path("review/covers/", queueing.cover_texts, name="cover_texts"),
    path("review/bulk/", deciding.decide_cases, name="decide_cases"),
    path("review/cases/<uuid:id>/", looking.review_case, name="review_case"),
    path("review/cases/<uuid:id>/lease/", looking.take_case, name="take_case"),
    path("review/cases/<uuid:id>/lease/end/", looking.give_back_case, name="give_back_case"),
    path("review/cases/<uuid:id>/prospect/", looking.case_prospect, name="case_prospect"),
    path("review/cases/<uuid:id>/decision/", deciding.decide_case, name="decide_case"),
    path("review/decisions/", withdrawing.my_decisions, name="my_decisions"),
    path("review/decisions/<uuid:id>/undo/", withdrawing.withdraw_decision, name="withdraw_decision"),
    path("review/decisions/batch/<uuid:id>/undo/", withdrawing.withdraw_batch, name="withdraw_batch"),
    path("review/seconds/", seconding.review_seconds, name="review_seconds"),
    path("review/seconds/<uuid:id>/confirmation/", seconding.second_finding, name="second_finding"),
    path("review/seconds/<uuid:id>/refusal/", seconding.refuse_finding, name="refuse_finding"),
    path("review/appeals/", appealing.review_appeals, name="review_appeals"),
    path("review/appeals/<uuid:id>/", appealing.review_appeal, name="review_appeal"),
    path("review/quality/", quality.review_quality, name="review_quality"),
    path("review/quality/golden/", quality.new_golden, name="new_golden"),
    path("review/quality/golden/<uuid:id>/retirement/", quality.retire_golden, name="retire_golden"),
    path("review/deadlines/", quality.review_deadlines, name="review_deadlines"),
    path("review/comments/<uuid:id>/removal/", removing.remove_comment, name="remove_comment"),
    path("review/comments/<uuid:id>/restoration/", removing.restore_comment, name="restore_comment"),
]

"""A member's copy of their data says what they bought and how they answered, and gives no key away."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.privacy.contributions import CONTRIBUTIONS
from lingyu.community.articles import actions as articles
from lingyu.community.ledger import actions as ledger
from lingyu.community.quiz import actions as quiz
from lingyu.community.unlocks import actions, quotes

pytestmark = pytest.mark.django_db


def test_a_copy_says_what_was_bought_and_answered(luren, dapeng, xiaoxi):
    article = articles.write_article(actor=xiaoxi, title="留存", body="正文")
    articles.publish_article(actor=xiaoxi, article=article)
    question = quiz.write_question(
        actor=xiaoxi, article=article, text="看什么？", options=["回来的", "新来的"], right=0
    )
    quiz.approve_question(actor=xiaoxi, question=question)
    now = timezone.now()
    asking = quiz.ask(actor=luren, article=article, opened_at=now - timedelta(hours=1), at=now)
    quiz.answer(actor=luren, article=article, asking=asking.id, shown=asking.order.index(1), at=now)
    actions.price_article(actor=xiaoxi, article=article, feathers=3)
    with transaction.atomic():
        ledger.issue(member=luren.id, amount=5, key="gift", cause="gift", subject="x", at=now)
    actions.unlock_article(actor=luren, article=article, quote=quotes.quote(article.id, luren.id, 3, 5))

    [answered] = CONTRIBUTIONS["quiz_answers"].rows(luren)
    assert (answered["article"], answered["right"]) == (article.id, False)
    assert not {"回来的", "新来的"} & {str(value) for value in answered.values()}
    [bought] = CONTRIBUTIONS["unlocked_articles"].rows(luren)
    assert (bought["article"], bought["feathers"], bought["refunded_at"]) == (article.id, 3, None)
    assert not list(CONTRIBUTIONS["unlocked_articles"].rows(dapeng))

"""How the tests of the moderators' pages read a page, take a case, and decide it."""

from django.urls import reverse

from lingyu.community.cases import actions
from lingyu.community.cases.models import Lease
from lingyu.community.comments import actions as comments

HTMX = {"HX-Request": "true"}


def said(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def take(browser, case):
    browser.post(reverse("take_case", args=[case.id]))
    return Lease.objects.get(case=case).token


def decide(browser, case, **more):
    told = {"outcome": "violation", "lead": "2.6", "words": "这句话在骂人。", "token": take(browser, case)}
    return browser.post(reverse("decide_case", args=[case.id]), told | more)


def decided(case, by, clause="2.6"):
    return actions.decide(actor=by, case=case, outcome="violation", lead=clause, words="骂人。")


def another(article, author, moderator, body):
    row = comments.post_comment(actor=author, article=article, body=body)
    comments.approve_comment(actor=moderator, comment=row)
    return actions.look_at(actor=moderator, subject=f"comment:{row.id}")

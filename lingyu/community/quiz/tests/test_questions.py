"""Questions are proposed from the text, approved by a person, and retired by their figures."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions as articles
from lingyu.community.quiz import actions
from lingyu.community.quiz.events import QuestionApproved, QuestionRetired
from lingyu.community.quiz.figures import Figures, figures, point_biserial
from lingyu.community.quiz.jobs import judge
from lingyu.community.quiz.models import Asking, Question
from lingyu.community.quiz.proposing import GAP, proposals

pytestmark = pytest.mark.django_db

TEXT = """<p>这一周社区新增会员三百人，留存率从 31 提升到 42，活动带来的会员留存最好。</p>
<p>渠道带来的会员里，第七天还在的只有 18 个，活动带来的会员里却有 36 个。</p>
<p>我们把渠道预算挪了一半给活动，下周再看留存的变化。</p>"""


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜."""
    article = articles.write_article(actor=xiaoxi, title="留存", body="正文")
    articles.publish_article(actor=xiaoxi, article=article)
    return article


def write(author, article, text="留存看的是什么？", options=("回来的人", "新来的人"), right=0):
    return actions.write_question(
        actor=author, article=article, text=text, options=list(options), right=right
    )


def test_proposals_are_gaps_in_the_articles_own_sentences():
    found = proposals(TEXT, seed="1")
    assert found == proposals(TEXT, seed="1")
    assert len(found) >= 2
    for p in found:
        assert p.text.count(GAP) == 1
        assert p.text.replace(GAP, p.options[p.right]) in TEXT.replace("<p>", "")
        assert len(set(p.options)) == len(p.options) >= 2


def test_a_proposal_is_asked_only_once_a_person_approves_it(article, xiaoxi, facts):
    articles.edit_article(
        actor=xiaoxi, article=article, title="留存", body=TEXT.replace("<p>", "").replace("</p>", "\n")
    )
    made = actions.propose_questions(actor=xiaoxi, article=article)
    assert made and not Question.objects.asked().exists()
    assert actions.propose_questions(actor=xiaoxi, article=article) == []
    assert actions.approve_question(actor=xiaoxi, question=made[0])
    assert not actions.approve_question(actor=xiaoxi, question=made[0])
    assert Question.objects.asked().get() == made[0]
    assert len(facts(QuestionApproved)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "？"},
        {"text": "问" * 301},
        {"options": ("一",)},
        {"options": ("一", "一")},
        {"options": ("一", " ")},
        {"options": ("一", "二" * 121)},
        {"options": [str(n) for n in range(7)]},
        {"right": 2},
        {"right": -1},
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(article, xiaoxi, wrong):
    with pytest.raises(ValidationError):
        write(xiaoxi, article, **wrong)
    assert not Question.objects.exists()


def answered(question, rights, seconds=60):
    """Answers of as many members, right or wrong, one after the other."""
    start = timezone.now() - timedelta(days=1)
    for n, right in enumerate(rights):
        member = accounts.join(actor=None, username=f"m{Asking.objects.count()}", password="of the cast")
        Asking.objects.create(
            question=question,
            member=member,
            order=[0, 1],
            opened_at=start + timedelta(minutes=n),
            asked_at=start + timedelta(minutes=n),
            answered_at=start + timedelta(minutes=n, seconds=seconds),
            answer=0 if right else 1,
            right=right,
        )


@pytest.mark.parametrize(
    ("rights", "reason"),
    [
        ([True] * 30, "too_easy"),
        ([True, False] * 15, "guessing"),
        ([True, True, False] * 12 + [True] * 20, "leaked"),
        ([True, True, True, False] * 10, ""),
        ([True] * 29, ""),
    ],
)
def test_figures_retire_what_leaked_or_tells_nothing(article, xiaoxi, facts, rights, reason):
    question = write(xiaoxi, article)
    actions.approve_question(actor=xiaoxi, question=question)
    answered(question, rights)
    assert judge(timezone.now()) == bool(reason)
    question.refresh_from_db()
    assert question.retired_because == reason
    assert [f.reason for f in facts(QuestionRetired)] == ([reason] if reason else [])


def test_a_question_brought_back_is_judged_anew(article, xiaoxi):
    question = write(xiaoxi, article)
    actions.approve_question(actor=xiaoxi, question=question)
    answered(question, [True] * 30)
    judge(timezone.now())
    assert actions.restore_question(actor=xiaoxi, question=question)
    assert judge(timezone.now()) == 0
    question.refresh_from_db()
    assert question.state == "asked"
    assert figures(question).answers == 0


def test_point_biserial_by_hand():
    # Right: abilities 1 and 1; wrong: 0 and 0. They go together wholly.
    assert point_biserial([1, 1, 0, 0], [1, 1, 0, 0]) == pytest.approx(1)
    assert point_biserial([0, 0, 1, 1], [1, 1, 0, 0]) == pytest.approx(-1)
    assert point_biserial([1, 1, 1], [0.2, 0.5, 0.9]) is None
    assert point_biserial([1, 0, 1], [None, None, 0.5]) is None


def test_negative_discrimination_retires_a_question():
    assert Figures(60, 0.7, 0.7, -0.2, None, 0.25).verdict == "against"
    assert Figures(60, 0.7, 0.7, 0.2, None, 0.25).verdict == ""


def test_only_the_author_and_operators_see_the_pool(article, xiaoxi, luren, dapeng, client_of):
    address = f"/write/{article.get_absolute_url().split('/')[2]}/quiz/"
    page = client_of(xiaoxi).post(address, {"text": "<b>问</b>什么？", "options": "对\n错"}, follow=True)
    assert "&lt;b&gt;问" in page.content.decode()
    assert Question.objects.asked().count() == 1
    assert client_of(luren).get(address).status_code == 403
    client_of(xiaoxi).post(f"{address}proposals/")
    question = Question.objects.first()
    client_of(xiaoxi).post(f"{address}{question.id}/retire/")
    question.refresh_from_db()
    assert question.state == "retired"

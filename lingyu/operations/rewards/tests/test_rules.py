"""The console of the rules: seen first, then put into force; nothing lost when two change the same."""

from dataclasses import replace

import pytest

from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers import drawing, replaying
from lingyu.community.feathers.models import RuleVersion
from lingyu.community.feathers.rules import RULES
from lingyu.operations.rewards.desk.rule_form import RuleForm

QUIZ = RULES["quiz.right"]
PAGE = "/desk/rewards/rules/"


def filled(**changes) -> dict:
    """The form of the quiz's rule as it is opened, with changes."""
    version = feathers.version_in_force(QUIZ)
    form = RuleForm(QUIZ, terms=version.terms, expected=version.number)
    opened = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    given = {"note": "dearer quizzes"} | {name: v for name, v in opened.items() if v not in (None, False, "")}
    return {name: value for name, value in (given | changes).items() if value is not None}


def seen(browser, **changes) -> str:
    """The mark that the preview of these terms leaves in the form."""
    answer = browser.post(f"{PAGE}quiz.right", filled(**changes) | {"preview": "1"})
    assert answer.status_code == 200
    return _mark(answer.content.decode())


def _mark(page: str) -> str:
    return page.split('name="seen" value="', 1)[1].split('"', 1)[0]


def save(browser, mark: str, **changes):
    """Put the terms into force."""
    return browser.post(f"{PAGE}quiz.right", filled(**changes) | {"save": "1", "seen": mark})


@pytest.fixture
def desk(aque, client_of):
    """阿鹊's browser."""
    return client_of(aque)


def test_the_list_shows_every_rule_with_its_terms(desk):
    page = desk.get(PAGE).content.decode()
    assert all(f'id="{code}"' in page for code in RULES)
    assert "at most 100 a day" in page


def test_terms_come_into_force_after_they_were_previewed(desk, aque):
    answer = save(desk, seen(desk, amount=8), amount=8)
    assert answer.status_code == 302
    version = feathers.version_in_force(QUIZ)
    assert (version.number, version.terms.amount) == (2, 8)
    assert (version.by, version.note) == (aque, "dearer quizzes")
    assert version.terms == replace(QUIZ.terms, amount=8)


def test_nothing_comes_into_force_unseen(desk):
    mark = seen(desk, amount=8)
    page = save(desk, mark, amount=9).content.decode()
    assert "Look first at what these terms would have changed" in page
    assert feathers.version_in_force(QUIZ).number == 1


def test_a_reason_has_to_be_given(desk):
    mark = seen(desk, amount=8)
    assert "Say why" in save(desk, mark, amount=8, note=None).content.decode()
    assert feathers.version_in_force(QUIZ).number == 1


def test_the_preview_tells_who_would_have_had_more(desk, xiaoxi):
    feathers.earn(actor=xiaoxi, member=xiaoxi, rule=QUIZ, subject="article:1", facts={"others": 1})
    page = desk.post(f"{PAGE}quiz.right", filled(amount=8) | {"preview": "1"}).content.decode()
    assert "Attempts: 1. Members: 1, of whom 1 would have had more, 0 less." in page
    assert "5 → 8" in page
    assert "小喜" in page
    assert "+3" in page
    assert not RuleVersion.objects.filter(rule="quiz.right", number=2).exists()


def test_terms_that_make_no_sense_are_told_beside_their_field(desk):
    page = desk.post(f"{PAGE}quiz.right", filled(per_day=50, per_life=20) | {"preview": "1"}).content.decode()
    assert "Cannot be more than for life." in page
    assert 'name="save"' not in page
    for wrong in ({"amount": -5}, {"amount": 0}, {"amount": "many"}, {"amount": 10**12}, {"lot_days": -1}):
        page = desk.post(f"{PAGE}quiz.right", filled(**wrong) | {"preview": "1"}).content.decode()
        assert 'aria-invalid="true"' in page, wrong


def test_who_comes_second_is_told_what_the_other_changed(desk, aque, dapeng):
    data = filled(amount=8)
    mark = seen(desk, amount=8)
    terms = replace(QUIZ.terms, per_day=40)
    feathers.change_rule(actor=dapeng, rule=QUIZ, terms=terms, expected=1, note="less a day")
    page = desk.post(f"{PAGE}quiz.right", data | {"save": "1", "seen": mark}).content.decode()
    assert "This rule was changed while you were at it" in page
    assert "At most a day: 100 → 40" in page
    assert feathers.version_in_force(QUIZ).terms == terms


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_each_rule_is_switched_off_and_on_again(rule, desk, xiaoxi, aque):
    page = f"{PAGE}{rule.code}"
    for way, number in (("off", 2), ("on", 3)):
        opened = desk.get(f"{page}?switch={way}")
        assert opened.status_code == 200
        version = feathers.version_in_force(rule)
        form = RuleForm(rule, terms=replace(version.terms, on=way == "on"), expected=version.number)
        data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        data = {name: v for name, v in data.items() if v not in (None, False, "")} | {"note": "a holiday"}
        mark = _mark(desk.post(page, data | {"preview": "1"}).content.decode())
        assert desk.post(page, data | {"save": "1", "seen": mark}).status_code == 302
        assert feathers.version_in_force(rule).number == number
        met = dict(rule.terms.conditions)
        receipt = feathers.earn(
            actor=None, member=xiaoxi, rule=rule, subject="article:1", occurrence=way, facts=met
        )
        assert (receipt.reason == "off") == (way == "off")
        assert receipt.version == number


def test_the_history_tells_what_changed_and_leads_back(desk, aque):
    save(desk, seen(desk, amount=8), amount=8)
    page = desk.get(f"{PAGE}quiz.right/history").content.decode()
    assert "<del>5</del>" in page
    assert "<ins>8</ins>" in page
    assert "阿鹊" in page
    again = desk.get(f"{PAGE}quiz.right?from=1").content.decode()
    assert "Back to version 1" in again
    assert 'name="amount" value="5"' in again
    save(desk, seen(desk, amount=5), amount=5)
    assert feathers.version_in_force(QUIZ).terms == QUIZ.terms
    assert feathers.version_in_force(QUIZ).number == 3


def test_only_who_manages_feathers_sees_the_rules(luren, dapeng, client_of):
    for person in (luren, dapeng):
        assert client_of(person).get(f"{PAGE}quiz.right").status_code == 403


def test_hostile_words_stay_words(desk):
    mark = seen(desk, amount=8)
    save(desk, mark, amount=8, note="<script>alert(1)</script>")
    page = desk.get(f"{PAGE}quiz.right/history").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert desk.get(f"{PAGE}no.such").status_code == 404
    assert desk.get(f"{PAGE}quiz.right?from=999").status_code == 200
    assert desk.get(f"{PAGE}quiz.right?from=9{'9' * 400}").status_code == 200


def test_a_preview_of_a_sample_says_so_with_its_share_and_interval(desk, monkeypatch, luren, xiaoxi):
    for number, member in enumerate((luren, xiaoxi)):
        about = {"member": member, "rule": QUIZ, "subject": f"article:{number}"}
        feathers.earn(actor=None, **about, facts={"others": 1})
    page = desk.post(f"{PAGE}quiz.right", filled(amount=8) | {"preview": "1"}).content.decode()
    assert "A sample" not in page
    monkeypatch.setattr(drawing, "TOGETHER", 1)
    monkeypatch.setattr(replaying, "SECONDS", -1)
    page = desk.post(f"{PAGE}quiz.right", filled(amount=8) | {"preview": "1"}).content.decode()
    assert "A sample" in page
    assert "With 95 % probability" in page

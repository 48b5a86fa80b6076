"""A reader counts once, when it is somebody else who really read; the rest leaves a reason."""

from datetime import timedelta

import pytest
from django.utils import translation

from lingyu.community.accounts import actions as accounts
from lingyu.community.accounts.privacy.facts import facts
from lingyu.community.articles import actions as articles
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.explaining import REASONS, why
from lingyu.community.feathers.models import Receipt
from lingyu.community.ledger.reads import balance
from lingyu.community.ledger.verify import verify
from lingyu.community.sharing import actions
from lingyu.community.sharing.events import Arrived, ReaderQualified
from lingyu.community.sharing.models import Arrival
from lingyu.community.sharing.rewards import READER
from lingyu.community.unlocks import actions as unlocks
from lingyu.store.ship import ship_all

from .known import (
    DAY,
    HOUR,
    NOON,
    SECOND,
    a_day_later,
    comes,
    comes_and_reads,
    outcomes,
    reads,
    seen,
    someone,
    written,
)

pytestmark = pytest.mark.django_db


def test_a_reader_is_held_for_a_day_and_then_posted(link, luren, facts):
    comes_and_reads(link, someone())
    assert balance(luren.id).available == 0
    assert balance(luren.id).pending == 5
    a_day_later(NOON + DAY)
    assert balance(luren.id).available == 0
    a_day_later(NOON + DAY + 20 * SECOND)
    assert balance(luren.id).available == 5
    assert outcomes(luren) == [("pending", "", 5), ("approved", "", 5)]
    (arrived,), (counted,) = facts(Arrived), facts(ReaderQualified)
    assert arrived.sharer == counted.sharer == luren.key
    assert verify().faults == []


def test_sharing_and_opening_alone_earn_nothing(link, luren):
    comes(link, someone())
    a_day_later()
    assert outcomes(luren) == []


def test_reading_without_a_link_earns_nobody_anything(link, article, luren):
    reads(article, someone())
    assert outcomes(luren) == []


def test_fifteen_for_an_article_and_not_one_more(link, luren):
    for n in range(5):
        comes_and_reads(link, someone(), NOON + n * HOUR)
    assert [o for o, _, _ in outcomes(luren)] == ["pending"] * 3 + ["capped"] * 2
    assert Arrival.objects.qualified().count() == 5
    a_day_later(NOON + 2 * DAY)
    assert balance(luren.id).available == 15


def test_a_cap_gives_the_rest_that_it_leaves(link, luren, aque):
    change(aque, amount=6)
    for n in range(4):
        comes_and_reads(link, someone(), NOON + n * HOUR)
    assert [a for _, _, a in outcomes(luren)] == [6, 6, 3, 0]


def change(operator, **terms):
    version = feathers.version_in_force(READER)
    new = type(version.terms)(**{**version.terms.__dict__, **terms})
    return feathers.change_rule(
        actor=operator, rule=READER, terms=new, expected=version.number, at=NOON - DAY
    )


def test_the_same_reader_counts_once_for_ever(link, luren):
    visitor = someone()
    comes_and_reads(link, visitor)
    for days in (1, 2, 40):
        comes_and_reads(link, visitor, NOON + days * DAY)
    assert outcomes(luren) == [("pending", "", 5)]


def test_the_first_sharer_has_the_reader_and_the_second_a_reason(link, luren, dapeng, article):
    second = actions.make_link(actor=dapeng, article=article, at=NOON - DAY)
    visitor = someone()
    comes(link, visitor, NOON)
    comes(second, visitor, NOON + SECOND)
    reads(article, visitor)
    assert outcomes(luren) == [("pending", "", 5)]
    assert outcomes(dapeng) == [("refused", "share.seen", 0)]
    later = comes_and_reads(actions.make_link(actor=dapeng, article=article), visitor, NOON + 3 * DAY)
    assert later.qualified_at is None


def test_when_the_first_does_not_count_the_second_may(link, luren, dapeng, article):
    second, visitor = actions.make_link(actor=dapeng, article=article, at=NOON - DAY), someone()
    comes(link, visitor, NOON)
    actions.note_trace(actor=luren, signals=seen(visitor), at=NOON + SECOND)
    comes(second, visitor, NOON + 2 * SECOND)
    reads(article, visitor)
    assert outcomes(luren) == [("refused", "share.browser", 0)]
    assert outcomes(dapeng) == [("pending", "", 5)]


def test_who_had_read_it_before_was_not_brought(link, luren, article):
    visitor = someone()
    reads(article, visitor, NOON - 3 * DAY)
    comes_and_reads(link, visitor)
    assert outcomes(luren) == [("refused", "share.seen", 0)]


def test_the_author_is_no_reader_but_may_share(link, luren, xiaoxi, article):
    comes_and_reads(link, xiaoxi)
    assert outcomes(luren) == [("refused", "share.author", 0)]
    comes_and_reads(actions.make_link(actor=xiaoxi, article=article, at=NOON - DAY), someone())
    assert outcomes(xiaoxi) == [("pending", "", 5)]


def test_sharing_ones_own_article_can_be_left_out_by_the_rule(xiaoxi, article, aque):
    change(aque, conditions=(("others", 1),))
    comes_and_reads(actions.make_link(actor=xiaoxi, article=article, at=NOON - DAY), someone())
    assert outcomes(xiaoxi) == [("refused", "condition.others", 0)]


def test_programs_leave_one_reason_however_often_they_come(link, luren):
    for _ in range(3):
        comes_and_reads(link, someone(), bot=True)
    assert outcomes(luren) == [("refused", "share.bot", 0)]


def test_a_rule_that_is_off_pays_nothing_and_says_so_once(link, luren, aque, xiaoxi):
    change(aque, on=False)
    comes_and_reads(link, someone())
    comes_and_reads(link, someone(), NOON + HOUR)
    other = actions.make_link(actor=luren, article=written(xiaoxi), at=NOON - DAY)
    comes_and_reads(other, someone(), NOON + 2 * HOUR)
    assert outcomes(luren) == [("refused", "off", 0)]
    assert Arrival.objects.qualified().count() == 3


def test_a_read_long_after_the_arrival_is_not_the_links_doing(link, luren, article):
    visitor = someone()
    comes(link, visitor)
    reads(article, visitor, NOON + 2 * DAY)
    assert outcomes(luren) == []


def test_a_teaser_is_no_article(link, luren, xiaoxi, article, aque):
    unlocks.price_article(actor=xiaoxi, article=article, feathers=10, at=NOON - 2 * DAY)
    comes_and_reads(link, someone())
    assert outcomes(luren) == [("refused", "share.gone", 0)]


def test_an_article_that_was_retired_meanwhile_does_not_count(link, luren, xiaoxi, article):
    visitor = someone()
    comes(link, visitor)
    articles.report_read(actor=None, person=visitor, article=article, at=NOON + 20 * SECOND)
    articles.retire_article(actor=xiaoxi, article=article, reason="旧")
    actions.follow_read(person=visitor, article=article, at=NOON + 20 * SECOND)
    assert outcomes(luren) == [("refused", "share.gone", 0)]


def test_days_end_at_the_sites_midnight(link, luren, aque, xiaoxi):
    change(aque, per_day=5, per_subject=None)
    midnight = NOON + 12 * HOUR
    for at in (midnight - timedelta(minutes=2), midnight - timedelta(minutes=1), midnight + SECOND):
        comes_and_reads(link, someone(), at - 20 * SECOND)
    got = outcomes(luren)
    # 23:58 and 23:59 are one day in Shanghai, 00:00:01 is the next one, whatever UTC says.
    assert [(o, r) for o, r, _ in got] == [("pending", ""), ("capped", "cap.day"), ("pending", "")]


def test_a_closed_account_is_told_why(link, luren, dapeng):
    accounts.close_account(actor=dapeng, member=luren)
    comes_and_reads(link, someone())
    assert outcomes(luren) == [("refused", "closed", 0)]


def test_every_reason_has_its_words(link, luren):
    comes_and_reads(link, luren)
    with translation.override("en"):
        assert why(Receipt.objects.get()) == REASONS["share.self"]
    dismissals = [code for code in REASONS if code.startswith("share.")]
    assert len(dismissals) == 9


def test_a_flood_of_new_cookies_from_one_device_is_led_on_and_not_noted(link):
    for _ in range(30):
        comes(link, someone(), device="one machine")
    assert Arrival.objects.count() == 20


def test_a_readers_copy_does_not_tell_whose_link_it_was(link, luren, dapeng, empty_store):
    comes_and_reads(link, dapeng)
    ship_all()
    told = [row for row in facts(dapeng) if row["code"].startswith("sharing.")]
    assert told
    assert not any(luren.key in row["details"] for row in told)

"""The three numbers of a group, who is lost, growth that adds up, and the list: worked by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from lingyu.community.articles import actions as articles
from lingyu.community.comments import actions as comments
from lingyu.kernel.query import Period
from lingyu.operations.user import actions
from lingyu.operations.user.desk import framing
from lingyu.operations.user.desk.reading import growing, losing, open_book, reasons
from lingyu.operations.user.desk.reading.cards import cards
from lingyu.operations.user.desk.reading.warning import warned
from lingyu.operations.user.models import Group, Membership
from lingyu.store.ship import ship_all


@pytest.fixture
def week() -> Period:
    """The seven days up to yesterday."""
    end = timezone.localdate() - timedelta(1)
    return Period(end - timedelta(6), end)


@pytest.fixture
def card(group, week):
    """`card()`: the group's card of the week."""

    def now():
        standing = list(Group.objects.standing())
        found = cards(standing, *framing.books(week, standing), week)
        return next(c for c in found if c.group.id == group.id)

    return now


def rhythm(who: str, every: int, since: int, until: int = 1):
    """Somebody who talks every so many days."""
    return [("said", day, who) for day in range(since, until - 1, -every)]


def test_activity_is_members_with_a_valid_message_of_those_who_were_there_in_the_morning(told, card):
    told(
        ("came", 20, "a"), ("came", 20, "b"), ("came", 20, "bot", "bot"), ("came", 3, "c"),
        ("said", 2, "a"), ("said", 6, "b", "收到"), ("said", 2, "bot"), ("said", 3, "c"), ("went", 5, "b"),
    )  # fmt: skip
    days = {(timezone.localdate() - d.day).days: (d.active, d.members) for d in card().activity}
    # c spoke on the day of joining, when they were not there in the morning; b had left, the bot never
    # counts.
    assert days == {7: (0, 2), 6: (0, 2), 5: (0, 2), 4: (0, 1), 3: (0, 1), 2: (1, 2), 1: (0, 2)}
    assert card().activity_rate == 1 / 12


def test_churn_is_lost_of_members_at_the_start_and_flash_exits_stand_apart(told, card):
    told(
        *(("came", 30, f"m{n}") for n in range(10)),
        ("went", 4, "m0", "quit"), ("went", 3, "m1", "removed"),
        ("came", 5, "flash"), ("went", 4, "flash", "quit"),
    )  # fmt: skip
    found = card().losses
    assert (found.at_start, found.left, found.removed, found.silent, found.flash) == (10, 2, 1, 0, 1)
    assert found.rate == 0.2


def test_who_is_silent_beyond_what_the_group_knows_is_lost_on_the_day_it_becomes_plain(told, card, group):
    regular = [item for n in range(12) for item in rhythm(f"m{n}", 3, 200)]
    told(*regular, *rhythm("gone", 3, 200, 180), *rhythm("late", 3, 200, 7))
    assert card().threshold == 3
    # "gone" was lost long ago; "late" spoke last 8 days ago and was lost 5 days ago.
    assert card().losses.silent == 1
    assert card().losses.at_start == 14
    book = open_book([group], timezone.localdate() - timedelta(1))
    lost = {str(p): life.lost for life in losing.lives(book, group.id, 3) for p in [_name(life.who)]}
    assert (lost["gone"], lost["late"], lost["m1"]) == ("silent", "silent", "")


def _name(who):
    return Membership.objects.get(participant=who).participant


def test_conversion_counts_known_members_within_the_days_and_leaves_out_whose_days_are_not_over(
    aque, xiaoxi, dapeng, luren, group, told, week, ago, empty_store
):
    actions.set_goal(actor=aque, group=group, goal="comments_posted", days=3)
    told(("came", 20, xiaoxi.key), ("came", 20, luren.key), ("came", 2, dapeng.key), source="site")
    told(("came", 20, "stranger"))
    written = articles.write_article(actor=xiaoxi, title="留存", body="正文", at=ago(30))
    articles.publish_article(actor=xiaoxi, article=written, at=ago(29))
    comments.post_comment(actor=luren, article=written, body="第一天就说", at=ago(7))
    comments.post_comment(actor=xiaoxi, article=written, body="第四天才说", at=ago(4))
    ship_all()
    standing = [group]
    found = cards(standing, *framing.books(week, standing), week)[0].conversion
    assert (found.reached, found.converted, found.open, found.unknown) == (2, 1, 1, 1)
    assert found.rate == 0.5


def test_three_people_who_are_the_group_are_called_out(told, card):
    told(*(("came", 30, f"m{n}") for n in range(8)))
    told(*(("said", 1 + n % 6, f"m{n % 3}") for n in range(30)), ("said", 2, "m4"), ("said", 3, "m5"))
    talk = card().talk
    assert (talk.valid, talk.speakers, talk.top_share) == (32, 5, Decimal(30) / 32)
    assert talk.dominated


def test_a_target_is_met_from_above_but_churn_from_below(told, card, group, aque):
    told(*(("came", 30, f"m{n}") for n in range(10)), ("went", 4, "m0", "quit"), ("said", 2, "m1"))
    for kpi, value in (("churn", "0.05"), ("activity", "0.01")):
        actions.set_target(actor=aque, group=group, kpi=kpi, value=Decimal(value))
    assert card().on_course("churn") is False
    assert card().on_course("activity") is True
    assert card().on_course("conversion") is None


def test_growth_adds_up_every_week_and_the_quick_ratio_follows(told, group):
    told(*rhythm("a", 2, 60), *rhythm("b", 20, 60), *rhythm("c", 3, 40, 30), *rhythm("d", 1, 10))
    yesterday = timezone.localdate() - timedelta(1)
    source = growing.held(open_book([group], yesterday))
    rows = growing.accounting(source, Period(yesterday - timedelta(83), yesterday), "week").rows
    assert sum(r["new"] for r in rows) == 4
    for row in rows:
        assert row["active"] == row["active_before"] + row["new"] + row["resurrecting"] - row["dormant"]
    assert growing.quick_ratio({"new": 2, "resurrecting": 1, "dormant": 2}) == 1.5
    assert growing.quick_ratio({"new": 2, "resurrecting": 1, "dormant": 0}) is None


def test_active_members_of_a_day_a_week_and_a_month(told, group):
    told(("said", 1, "a"), ("said", 5, "b"), ("said", 20, "c"), ("said", 40, "d"))
    yesterday = timezone.localdate() - timedelta(1)
    pulse = growing.pulses(growing.held(open_book([group], yesterday)), [yesterday])[0]
    assert (pulse.dau, pulse.wau, pulse.mau, pulse.stickiness) == (1, 2, 3, 1 / 3)


def test_who_matters_most_and_is_likeliest_to_stay_away_stands_first_with_reasons(told, group):
    # Pauses of twelve days are usual, and so is it not to come back from them.
    usual = [item for n in range(10) for item in rhythm(f"m{n}", 12 if n < 6 else 2, 150)]
    usual += [item for n in range(40) for item in rhythm(f"gone{n}", 2, 150, 120 + n % 3)]
    loud = [("said", day, "loud") for day in range(150, 4, -2) for _n in range(3)]
    told(*usual, *loud, *rhythm("quiet", 2, 150, 5))
    book = open_book([group], timezone.localdate() - timedelta(1))
    found = warned(book, losing.thresholds(book), None)
    names = [_name(w.who).name for w in found]
    assert names[:2] == ["loud", "quiet"]
    assert not any(name.startswith("gone") for name in names)
    assert found[0].saved == pytest.approx(found[0].risk * found[0].value)
    assert "silent for" in found[0].why[0]
    measured = warned(book, losing.thresholds(book), 0.1)
    assert measured[0].saved == pytest.approx(found[0].saved * 0.1)


def test_what_a_first_week_shows_explains_who_is_lost_and_says_so_in_words(told, group):
    items = []
    for n in range(60):
        eager = n % 2 == 0
        days = (59, 58, 57, 56, 55) if eager else (59,)
        items += [("came", 60, f"m{n}"), *(("said", d, f"m{n}") for d in days)]
        lost = (n % 5 != 0, 40 - n // 2) if not eager else (n % 10 == 0, 12)
        items += [("went", lost[1], f"m{n}", "quit")] if lost[0] else []
    told(*items)
    book = open_book([group], timezone.localdate() - timedelta(1))
    fit = reasons.fit(book, losing.lives(book, group.id, None))
    effect = next(e for e in reasons.effects(fit) if "active day in" in e.words)
    assert effect.ratio < 0.8 and effect.matters
    weak, strong = reasons.Seen(1, 1, False), reasons.Seen(5, 5, False)
    assert reasons.multiplier(fit, weak) > 1 > reasons.multiplier(fit, strong)
    assert "active on 1 day of the first week" in reasons.told(fit, weak)[0]
    assert not reasons.told(fit, strong)


def test_too_few_losses_make_no_model(told, group):
    told(*(("came", 60, f"m{n}") for n in range(30)), *(("went", 20, f"m{n}") for n in range(5)))
    book = open_book([group], timezone.localdate() - timedelta(1))
    assert reasons.fit(book, losing.lives(book, group.id, None)) is None

"""The pages of exploring: what they teach, what they answer, whom they refuse; all figures worked by hand."""

import pytest

from lingyu.desk.explore.kinds import KINDS
from lingyu.desk.segments.actions import save_segment
from lingyu.kernel.questions import Did, Step
from lingyu.store.log.tests.making import fact, user

from .conftest import WEEK, ago, rows_of, text_of


def test_without_facts_the_hub_says_how_they_come_in(explore, empty_store):
    answer = explore()
    assert "No facts from outside yet" in text_of(answer)
    assert 'href="/desk/sources/"' in answer.content.decode()
    assert "还没有外部事实" in text_of(explore(language="zh-hans"))


@pytest.mark.parametrize("kind", KINDS)
def test_without_facts_a_question_says_so_too(kind, explore, empty_store):
    assert "No facts from outside yet" in text_of(explore(f"{kind}/"))


def test_the_hub_teaches_with_the_sources_own_events(explore, app):
    said = text_of(explore())
    assert "Of those who do “opened”, how many get to “paid” within 7 days" in said
    assert "Which channels does “paid” go back to" in said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_kind_answers_its_example_and_says_what_it_means(kind, language, explore, app):
    answer = explore(f"{kind}/", language)
    said = text_of(answer)
    assert answer.status_code == 200
    assert ("Example" if language == "en" else "示例") in said
    assert ("What it means" if language == "en" else "含义") in said
    assert ("Nothing newer than" if language == "en" else "之后没有新数据") in said


def test_passers_by_are_refused(explore, app, luren, anonymous):
    for address in ("", "trend/", "funnel.csv", "retention.xlsx"):
        assert explore(address, person=luren).status_code == 403
        assert explore(address, person=anonymous).status_code == 302


def test_there_is_no_question_or_desk_of_that_name(explore, client_of, aque, app):
    assert explore("astrology/").status_code == 404
    assert client_of(aque).get("/desk/nowhere/explore/").status_code == 404


def test_every_desk_leads_to_its_exploring(client_of, aque, empty_store):
    page = client_of(aque).get("/desk/content/").content.decode()
    assert 'href="/desk/content/explore/"' in page


def test_a_trend_counts_people_by_day_beside_the_period_before(explore, app):
    rows = rows_of(explore(f"trend/?step=opened&measure=people&{WEEK}"))
    assert rows[0] == ["Date", "This period", "Previous period"]
    assert rows[1:] == [
        ["2026-03-02", "3", "–"], ["2026-03-03", "1", "–"], ["2026-03-04", "0", "–"],
        ["2026-03-05", "0", "–"], ["2026-03-06", "0", "–"], ["2026-03-07", "0", "–"],
        ["2026-03-08", "1", "–"],
    ]  # fmt: skip


def test_a_trend_is_broken_down(explore, app):
    rows = rows_of(explore(f"trend/?step=opened&by=channel&compare=no&{WEEK}"))
    assert rows[0] == ["Date", "ad", "mail"] or rows[0] == ["Date", "mail", "ad"]
    assert dict(zip(rows[0], rows[1], strict=True)) == {"Date": "2026-03-02", "ad": "1", "mail": "2"}


def test_what_is_not_known_is_no_nought(explore, tell):
    tell(fact("opened", user("xi"), at=ago(2)), fact("opened", user("xi"), at=ago(0)))
    answer = explore("trend/?step=opened&period=7d&compare=no")
    values = [row[1] for row in rows_of(answer)[1:]]
    assert values == ["–", "–", "–", "–", "1", "0", "1"]
    assert "not over yet" in rows_of(answer)[-1][0]
    assert "what lies before it is unknown, not nought" in text_of(answer)


def test_a_period_before_that_is_not_wholly_known_is_no_comparison(explore, tell):
    tell(*(fact("opened", user("xi"), at=ago(n)) for n in range(10)))
    assert "The period before is not wholly known." in text_of(explore("trend/?step=opened&period=7d"))
    tell(*(fact("opened", user("xi"), at=ago(n)) for n in range(10, 20)))
    assert "The period before is not wholly known." not in text_of(explore("trend/?step=opened&period=7d"))


def test_a_funnel_says_how_many_arrive_how_fast_and_how_many_are_lost(explore, app):
    answer = explore(f"funnel/?step=opened&step=signed_up&step=paid&{WEEK}")
    assert rows_of(answer)[1:] == [
        ["1 · opened", "3", "100.0%", "100.0%", "0", "–", "–", "–"],
        ["2 · signed_up", "2", "66.7%", "66.7%", "1", "2 h", "2 h", "2 h 48 min"],
        ["3 · paid", "1", "33.3%", "50.0%", "1", "2 d", "2 d", "2 d"],
    ]
    assert "50.0% of the one before" in text_of(answer)


def test_a_funnel_lost_before_a_step_shows_each_group(explore, app):
    said = text_of(explore(f"funnel/?step=opened&step=paid&by=channel&{WEEK}"))
    assert "mail" in said and "ad" in said


def test_a_retention_leaves_open_what_is_not_over(explore, tell):
    tell(*(fact("opened", user("xi"), at=ago(n)) for n in (3, 2, 0)), fact("opened", user("peng"), at=ago(1)))
    answer = explore("retention/?period=7d&count=3")
    rows = [row for row in rows_of(answer) if row[0] != "Cohort"]
    assert rows[0][:5] == ["Weighted mean", "2", "100.0%", "100.0%", "0.0%"]
    assert [row[2:] for row in rows[1:]] == [
        ["100.0%", "100.0%", "0.0%", "not over yet"],
        ["100.0%", "not over yet", "not over yet", "not over yet"],
    ]
    assert answer.content.decode().count('heat-open"') == 5


def test_a_life_cycle_states_its_balance(explore, app):
    said = text_of(explore(f"lifecycle/?step=opened&{WEEK}"))
    assert "Active at the end 1 = 0 at the beginning + 3 new + 1 resurrecting − 3 dormant." in said


def test_dormant_is_drawn_below_zero(explore, app):
    assert '"data":[0,-2,-1,0,0,0,0]' in explore(f"lifecycle/?step=opened&{WEEK}").content.decode()


def test_stickiness_is_a_histogram(explore, app):
    rows = rows_of(explore(f"stickiness/?step=opened&{WEEK}"))
    assert [row[:2] for row in rows[1:3]] == [["1", "1"], ["2", "2"]]


def test_paths_have_a_table_and_name_the_way_out(explore, app):
    rows = rows_of(explore(f"paths/?step=opened&gap=2h&{WEEK}"))
    assert ["1", "opened", "Leaves", "4", "80.0%"] in rows
    assert ["1", "opened", "signed_up", "1", "20.0%"] in rows


def test_survival_has_a_band_and_counts_who_is_still_there_as_censored(explore, app):
    rows = rows_of(explore("survival/?silence=3&period=custom&from=2026-03-02&to=2026-03-08"))
    assert rows[0][:4] == ["Day", "Still watched", "Lost", "Censored"]
    assert rows[1][:5] == ["0", "3", "1", "0", "66.7%"]


def test_attribution_puts_the_models_side_by_side(explore, app):
    rows = rows_of(explore(f"attribution/?conversion=paid&{WEEK}"))
    # Of the four events up to the payment, it included, three have a channel.
    assert rows[1:] == [
        ["mail", "1.0", "1.0", "1.0", "0.75"],
        ["(not set)", "0.0", "0.0", "0.0", "0.25"],
        ["Together", "1.0", "1.0", "1.0", "1.00"],
    ]


def test_an_answer_says_how_fresh_it_is_and_since_when_anything_is_known(explore, app):
    said = text_of(explore(f"trend/?step=opened&{WEEK}"))
    assert "Counted up to" in said and "history available from Mar 2, 2026" in said


def test_new_facts_are_in_the_next_answer(explore, app, tell):
    address = f"trend/?step=opened&{WEEK}"
    before = rows_of(explore(address))[1]
    tell(fact("opened", user("lu")))
    assert (before[1], rows_of(explore(address))[1][1]) == ("3", "4")


def test_only_people_of_a_saved_segment_are_counted(explore, app, aque):
    payers = save_segment(
        actor=aque, operation="content", title="Payers", condition=Did(step=Step(event="paid"))
    )
    page = explore(f"trend/?step=opened&measure=people&compare=no&among={payers.pk}&{WEEK}")
    assert [row[1] for row in rows_of(page)[1:3]] == ["1", "1"]
    assert "Payers, as it is defined now." in text_of(page)


def test_names_and_filters_are_offered(explore, app):
    page = explore("trend/?step=opened").content.decode()
    assert '<option value="signed_up"' in page and "channel = &#39;mail&#39;" in page

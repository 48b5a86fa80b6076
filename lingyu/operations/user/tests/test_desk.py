"""The desk's pages show what the rows say, take what is set, and refuse whom they must."""

from datetime import timedelta

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.operations.user import actions
from lingyu.operations.user.models import Group, Membership, Post, Sample, Target, standing_rules

PAGES = ("", "groups/", "growth/", "warnings/", "posts/", "posts/new", "validity/", "imports/", "groups/new")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_stands_without_a_fact(page, language, aque, client_of, empty_store):
    assert client_of(aque, language).get(f"/desk/user/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_no_page_opens_for_who_is_no_operator(page, luren, client_of, empty_store):
    assert client_of(luren).get(f"/desk/user/{page}").status_code == 403


@pytest.fixture
def talk(told):
    """A group in which something happened for a good while."""
    items = [("said", day, f"m{n}") for n in range(9) for day in range(120, 1 + n, -(n % 4 + 1))]
    return told(("came", 100, "quiet"), *items, ("went", 3, "m8", "quit"), ("came", 2, "new"))


def test_a_group_is_shown_with_its_three_numbers_and_what_stands_behind(
    talk, group, aque, client_of, empty_store
):
    browser = client_of(aque)
    cards = browser.get("/desk/user/groups/").content.decode()
    page = browser.get(f"/desk/user/groups/{group.id}").content.decode()
    for words in ("Activity rate", "Conversion rate", "Churn rate", "The loudest three", "Flash exits"):
        assert words in cards and words in page
    assert "When is somebody lost?" in page and "How long members stay" in page
    for address in ("growth/", "warnings/", "growth/?grain=month"):
        assert browser.get(f"/desk/user/{address}").status_code == 200


def test_the_early_warning_list_goes_out_as_a_file(talk, aque, client_of, empty_store):
    answer = client_of(aque).get("/desk/user/warnings/warnings.csv")
    assert b"".join(answer.streaming_content).decode("utf-8-sig").startswith("Member,Group,Days silent,Risk")
    assert client_of(aque).get("/desk/user/warnings/warnings.xlsx").status_code == 200


def test_goal_and_targets_are_set_and_kept_in_their_order(group, aque, client_of, empty_store):
    address = f"/desk/user/groups/{group.id}"
    posted = {"goal": "comments_posted", "days": "14", "activity": "25", "churn": "5.5"}
    client_of(aque).post(f"{address}/aim", posted)
    client_of(aque).post(f"{address}/aim", posted | {"activity": "30"})
    assert [(t.kpi, str(t.value)) for t in Target.objects.all()] == [
        ("activity", "0.2500"), ("churn", "0.0550"), ("activity", "0.3000"),
    ]  # fmt: skip
    assert (Group.objects.get().goal, Group.objects.get().goal_days) == ("comments_posted", 14)
    assert 'value="5.5"' in client_of(aque).get(address).content.decode()


def test_wrong_aims_are_refused_with_the_reason(group, aque, client_of, empty_store):
    address = f"/desk/user/groups/{group.id}"
    answer = client_of(aque).post(f"{address}/aim", {"goal": "", "days": "7", "churn": "250"}, follow=True)
    assert "100" in answer.content.decode()
    assert not Target.objects.exists()


def test_a_role_is_given_and_staff_leave_the_numbers(talk, group, aque, client_of, empty_store):
    stay = Membership.objects.get(participant__name="m0")
    client_of(aque).post(f"/desk/user/groups/{group.id}/role", {"stay": stay.id, "role": "staff"})
    stay.refresh_from_db()
    assert stay.role == "staff"
    assert client_of(aque).post(f"/desk/user/groups/{group.id}/role", {"stay": "x"}).status_code == 404


def test_who_may_look_but_not_act_sets_nothing(group, dapeng, client_of, empty_store):
    answer = client_of(dapeng).post(f"/desk/user/groups/{group.id}/close")
    assert answer.status_code == 403
    assert Group.objects.standing().exists()


def test_a_new_group_stands_with_the_others_and_a_second_of_its_name_does_not(aque, client_of, empty_store):
    browser = client_of(aque)
    browser.post("/desk/user/groups/new", {"name": "种子用户", "kind": "core", "column": ""})
    assert Group.objects.get().owner == aque
    page = browser.post("/desk/user/groups/new", {"name": "种子用户", "kind": "core", "column": ""})
    assert "There is a group of this name." in page.content.decode()


def test_rules_are_tried_on_the_sample_before_they_are_in_force(told, group, aque, client_of, empty_store):
    actions.set_sampling(actor=aque, group=group, allowed=True)
    told(*(("said", 2, f"p{n}", "打卡第三天" if n % 2 else "今天的书很好看") for n in range(200)))
    browser = client_of(aque)
    for sample in Sample.objects.all():
        label = "valid" if "书" in sample.words else "invalid"
        browser.post(f"/desk/user/validity/label/{sample.pk}", {"label": label})
    form = {"least": "2", "phrases": "打卡第三天", "kinds": ["text"], "note": "打卡不算", "expected": "0"}
    tried = browser.post("/desk/user/validity/", form | {"try": "1"}).content.decode()
    assert "These rules on the sample" in tried and "100" in tried
    assert standing_rules()[0] == 0
    browser.post("/desk/user/validity/", form | {"save": "1"})
    assert standing_rules()[0] == 1
    assert "打卡不算" in browser.get("/desk/user/validity/").content.decode()


def test_a_message_is_written_looked_at_and_started(group, told, luren, aque, client_of, empty_store):
    told(("came", 9, luren.key), source="site")
    browser = client_of(aque)
    form = {"title": "回来看看", "words": "新一期", "path": "/", "channel": "here", "audience": "group"}
    form |= {"group": group.id, "goal": "comments_posted", "goal_days": "7", "condition": ""}
    address = browser.post("/desk/user/posts/new", form).headers["Location"]
    assert "1 member is meant now" in browser.get(address).content.decode()
    browser.post(f"{address}/start")
    assert Post.objects.get().state == "running"
    assert "Going out" in browser.get(address).content.decode()
    browser.post(f"{address}/stop")
    assert "Stopped" in browser.get("/desk/user/posts/").content.decode()


def test_the_terms_of_contact_are_set_for_all_desks(aque, client_of, empty_store):
    form = {"per_week": "3", "quiet_from": "22", "quiet_to": "8", "held_out": "20"}
    page = client_of(aque).post("/desk/user/posts/terms", form, follow=True).content.decode()
    assert "at most 3 messages in seven days" in page and "20%" in page


def test_a_page_of_many_groups_costs_as_many_queries_as_of_few(
    told, aque, ago, client_of, empty_store, django_assert_max_num_queries
):
    browser = client_of(aque)
    told(("said", 2, "a"))
    browser.get("/desk/user/groups/")
    for n in range(6):
        told(("said", 2, "a"), into=actions.open_group(actor=aque, name=f"群{n}", kind="core", at=ago(9)))
    with django_assert_max_num_queries(30):
        browser.get("/desk/user/groups/")


def test_the_demo_is_whole_says_that_it_is_simulated_and_can_be_learned_from(
    aque, client_of, empty_store, ago
):
    from lingyu.operations.user import demo

    accounts.join(actor=None, username="aque", password="of the cast")
    demo.load(ago(0))
    simulated = Group.objects.filter(name__contains="模拟")
    assert simulated.count() == 4
    page = client_of(aque).get("/desk/user/groups/").content.decode()
    assert page.count("learned from how members come back") >= 3
    assert "Three people are this group" in page
    assert client_of(aque).get("/desk/user/warnings/").content.decode().count("<tr>") > 5
    assert Membership.objects.filter(joined_at__gt=ago(0) + timedelta(days=1)).count() == 0

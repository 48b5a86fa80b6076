"""Segments: built without a script, counted while that is done, saved, nested, explained, taken along."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from lingyu.desk import events
from lingyu.desk.segments import actions, counting, reasons, shelf, words
from lingyu.desk.segments.models import SavedSegment
from lingyu.kernel.questions import And, Did, Latest, Not, Or, QuestionError, Saved, Sequence, Step, Trend
from lingyu.store.explore import asking
from lingyu.store.log import sequences

LOOKED = Did(step=Step("looked"))
BUYERS = Did(step=Step("bought"), at_least=2)
NEW = "/desk/content/segments/new"


def people_of(condition) -> set[str]:
    """Who meets a condition, by name."""
    return set(counting.names(condition, sequences()))


def saved(actor, title: str, condition) -> SavedSegment:
    """A segment of the content desk."""
    return actions.save_segment(actor=actor, operation="content", title=title, condition=condition)


def typed(**fields) -> dict[str, str]:
    """The builder's form with one condition, “did looked”, and more: `r__0__not` is r.0.not."""
    form = {"r.is": "and", "r.0.is": "did", "r.0.0.event": "looked", "r.0.at_least": "1", "title": "Lookers"}
    return form | {name.replace("__", "."): value for name, value in fields.items()}


def test_conditions_nest_and_mean_what_they_say(shop):
    assert people_of(LOOKED) == {"an", "bai", "chen"}
    assert people_of(BUYERS) == {"an"}
    assert people_of(And(items=(LOOKED, Not(item=BUYERS)))) == {"bai", "chen"}
    assert people_of(Sequence(steps=(Step("looked"), Step("bought", "colour = 'red'")))) == {"an"}
    assert people_of(Or(items=(BUYERS, Latest(where="card = 'gold'")))) == {"an", "chen"}
    assert people_of(Did(step=Step("looked"), last=1)) == {"bai"}


def test_a_segment_is_saved_changed_deleted_and_brought_back_with_a_fact_of_each(aque, shop, facts):
    one = saved(aque, "Lookers", LOOKED)
    assert not actions.change_segment(actor=aque, segment=one, title="Lookers", condition=LOOKED)
    assert actions.change_segment(actor=aque, segment=one, title="Buyers", condition=BUYERS)
    assert [(v.number, v.title) for v in one.versions.order_by("number")] == [(1, "Lookers"), (2, "Buyers")]
    assert actions.return_to(actor=aque, segment=one, number=1)
    assert (one.title, one.version, shelf.read(one.condition)) == ("Lookers", 3, LOOKED)
    assert actions.delete_segment(actor=aque, segment=one)
    assert not actions.delete_segment(actor=aque, segment=one)
    assert shelf.found("Lookers") is None
    assert actions.restore_segment(actor=aque, segment=one)
    assert not actions.restore_segment(actor=aque, segment=one)
    assert [f.version for f in facts(events.SegmentSaved)] == [1, 2, 3]
    assert len(facts(events.SegmentDeleted)) == len(facts(events.SegmentRestored)) == 1


def test_a_title_is_given_once_and_taken_titles_are_not_taken_again(aque, shop):
    first = saved(aque, "Lookers", LOOKED)
    with pytest.raises(ValidationError):
        saved(aque, " Lookers ", BUYERS)
    with pytest.raises(ValidationError):
        saved(aque, "  ", BUYERS)
    actions.delete_segment(actor=aque, segment=first)
    saved(aque, "Lookers", BUYERS)
    with pytest.raises(ValidationError):
        actions.restore_segment(actor=aque, segment=first)


def test_a_segment_in_a_segment_follows_what_that_one_means(aque, shop):
    inner = saved(aque, "Lookers", LOOKED)
    outer = saved(aque, "Lookers who did not buy", And(items=(Saved(name="Lookers"), Not(item=BUYERS))))
    assert outer.condition["items"][0]["name"] == str(inner.pk), "by its id, whatever it is called later"
    assert people_of(shelf.read(outer.condition)) == {"bai", "chen"}
    gold = Latest(where="card = 'gold'")
    actions.change_segment(actor=aque, segment=inner, title="Gold", condition=gold)
    assert people_of(shelf.read(outer.condition)) == {"chen"}
    with pytest.raises(ValidationError, match="Lookers who did not buy"):
        actions.delete_segment(actor=aque, segment=inner)


def test_no_segment_stands_on_itself_by_however_long_a_way(aque, shop):
    first = saved(aque, "A", LOOKED)
    saved(aque, "B", Saved(name=str(first.pk)))
    third = saved(aque, "C", Not(item=Saved(name="B")))
    for name in ("A", "B", "C"):
        with pytest.raises(QuestionError, match="refers to itself"):
            actions.change_segment(
                actor=aque, segment=first, title="A", condition=Or(items=(Saved(name=name),))
            )
    with pytest.raises(QuestionError, match="no segment"):
        actions.change_segment(actor=aque, segment=third, title="C", condition=Saved(name="nobody's"))


def test_a_question_is_asked_among_a_segment(aque, shop):
    one = saved(aque, "Not buyers", Not(item=BUYERS))
    asked = Trend(step=Step("looked"), measure="people", among=Saved(name=str(one.pk)))
    answer = asking.answer(asked, sequences(), shelf.condition_of)
    assert [row["value"] for row in answer.rows] == [2, 1, 1]


def test_why_says_of_every_condition_whether_it_is_met_and_by_what(shop):
    seen = sequences()
    asked = And(items=(LOOKED, Not(item=BUYERS), Sequence(steps=(Step("looked"), Step("bought")))))
    told = reasons.reasons(seen.person("an"), asked, seen)
    looked, not_bought, sequence = told.parts
    assert (told.met, looked.met, not_bought.met, not_bought.parts[0].times) == (False, True, False, 2)
    assert sequence.taken == (2, 2)
    assert [what for _at, what in sequence.moments] == ["looked", "bought"]
    with override("en"):
        assert words.said(asked) == (
            "did “looked” and not (did “bought” at least 2 times) and did “looked” → “bought” within 1w"
        )


def test_the_builder_counts_what_is_typed_before_anything_is_saved(aque, client_of, shop):
    browser = client_of(aque)
    page = browser.get(NEW).content.decode()
    assert "<strong>3</strong>" in page, "a first condition without an event means everybody"
    page = browser.post(NEW, typed(do="look", r__0__at_least="3")).content.decode()
    assert "<strong>1</strong>" in page
    assert "33.3%" in page
    assert ">bai<" in page
    page = browser.post(NEW, typed(do="look", r__0__not="1", r__0__at_least="3")).content.decode()
    assert "<strong>2</strong>" in page
    assert not SavedSegment.objects.exists()


def test_every_button_of_the_builder_works_without_a_script(aque, client_of, shop):
    browser = client_of(aque)
    page = browser.post(NEW, typed(do="add:r:sequence")).content.decode()
    assert 'name="r.1.0.event"' in page and 'name="r.1.1.event"' in page
    page = browser.post(NEW, typed(do="row:r.0:0")).content.decode()
    assert 'name="r.0.0.w0.field"' in page
    row = {"r.0.0.w0.field": "colour", "r.0.0.w0.op": "in", "r.0.0.w0.value": "red, blue"}
    page = browser.post(NEW, typed(do="look") | row).content.decode()
    assert "<strong>2</strong>" in page
    page = browser.post(NEW, typed(do="unrow:r.0:0:0") | row).content.decode()
    assert 'name="r.0.0.w0.field"' not in page
    page = browser.post(NEW, typed(do="remove:r.0")).content.decode()
    assert 'name="r.0.is"' not in page
    page = browser.post(NEW, typed(do="add:r:or")).content.decode()
    assert 'name="r.1.is"' in page


def test_what_makes_no_sense_yet_is_said_and_nothing_is_lost(aque, client_of, shop):
    browser = client_of(aque)
    page = browser.post(NEW, typed(do="save", r__0__at_least="many")).content.decode()
    assert "is no whole number" in page
    assert 'value="many"' in page
    assert not SavedSegment.objects.exists()
    page = browser.post(NEW, typed(do="save", title="")).content.decode()
    assert "Give it a title" in page


def test_a_saved_segment_opens_as_it_was_typed_and_is_saved_as_a_new_version(aque, client_of, shop):
    browser = client_of(aque)
    row = {"r.0.0.w0.field": "colour", "r.0.0.w0.op": "=", "r.0.0.w0.value": "O'Neil"}
    browser.post(NEW, typed(do="save") | row, follow=True)
    one = SavedSegment.objects.get()
    there = f"/desk/content/segments/{one.pk}/"
    page = browser.get(there).content.decode()
    assert 'value="O&#39;Neil"' in page
    browser.post(there, typed(do="save", title="Others"))
    one.refresh_from_db()
    assert (one.title, one.version) == ("Others", 2)
    browser.post(f"{there}versions/1")
    one.refresh_from_db()
    assert (one.title, one.version) == ("Lookers", 3)
    listed = browser.post(f"{there}delete", follow=True).content.decode()
    assert "Bring it back" in listed
    assert "Lookers" in browser.post(f"{there}restore", follow=True).content.decode()


def test_the_page_says_why_somebody_is_in(aque, client_of, shop):
    number = sequences().person("bai")
    page = client_of(aque).post(NEW, typed(do=f"why:{number}", r__0__at_least="3")).content.decode()
    assert "Why is bai in, or not?" in page
    assert "3 times" in page


def test_the_names_are_taken_along_by_who_may_and_that_is_noted(aque, luren, client_of, shop, facts):
    one = saved(aque, "Lookers", LOOKED)
    there = f"/desk/content/segments/{one.pk}/people.csv"
    answer = client_of(aque).get(there)
    assert sorted(b"".join(answer.streaming_content).decode("utf-8-sig").split()) == [
        "Person",
        "an",
        "bai",
        "chen",
    ]
    assert client_of(luren).get(there).status_code == 403
    (taken,) = facts(events.PeopleTaken)
    assert (taken.people, taken.segment, taken.actor) == (3, str(one.pk), str(aque.pk))


def test_a_segment_of_nobody_and_an_empty_log_are_pages_too(aque, client_of, empty_store):
    page = client_of(aque, "zh-hans").get(NEW).content.decode()
    assert "<strong>0</strong>" in page

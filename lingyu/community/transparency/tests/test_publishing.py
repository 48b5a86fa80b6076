"""Months are published once, in a chain, and whoever changes a row afterwards is found out."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from lingyu.community.accounts import actions as accounts
from lingyu.community.cases import actions as cases
from lingyu.community.cases.models import Appeal, Decision
from lingyu.community.transparency import actions, jobs, proving
from lingyu.community.transparency.events import NumbersPublished
from lingyu.community.transparency.models import Publication

from .conftest import moment

MAY = moment(5, 10)


@pytest.fixture
def published(overturned):
    """March and April, published on the tenth of May."""
    while jobs.publish(MAY):
        pass
    return list(Publication.objects.order_by("month"))


def verified(capsys, **options) -> tuple[int, str]:
    """The exit code and the words of `lingyu verify-transparency`."""
    code = 0
    try:
        with translation.override("en"):
            call_command("verify-transparency", **options)
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().out


def test_every_month_that_is_over_is_published_in_order(published, facts):
    assert [row.month for row in published] == ["2026-03", "2026-04"]
    assert published[1].before == published[0].digest
    assert [fact.month.isoformat() for fact in facts(NumbersPublished)] == ["2026-03-01", "2026-04-01"]


def test_a_month_is_not_published_before_it_is_over_and_never_twice(published, march):
    assert actions.publish_next(actor=None, at=moment(5, 31, 15)) is None
    assert Publication.objects.count() == 2
    assert actions.publish_next(actor=None, at=moment(5, 31, 18)).month == "2026-05"


def test_nothing_is_published_where_nothing_has_happened(db):
    assert actions.publish_next(actor=None, at=MAY) is None


def test_a_month_says_what_was_known_at_its_end_whenever_it_is_published(published):
    said = published[0].said["numbers"]
    assert (said["violations"], said["reversed_since"], said["violations_standing"]) == (2, 0, 2)
    assert published[1].said["numbers"]["reversals"] == 1


def test_the_command_finds_that_everything_recomputes(published, capsys):
    code, words = verified(capsys)
    assert (code, published[1].digest in words) == (0, True)


def test_a_member_who_is_erased_takes_their_words_along_and_the_numbers_stay(published, luren, capsys):
    accounts.ask_erasure(actor=luren, at=moment(5, 11))
    assert accounts.erase_due(now=moment(5, 30)) == 1
    assert set(Appeal.objects.values_list("words", flat=True)) == {""}
    assert verified(capsys)[0] == 0


def test_later_corrections_do_not_disturb_what_was_published(published, xiaoyan, capsys):
    decision = Decision.objects.get(case__decision__lead="2.6")
    cases.reverse(actor=xiaoyan, decision=decision, words="我们看错了。", at=moment(5, 11))
    assert verified(capsys)[0] == 0


def test_a_row_slipped_in_afterwards_is_named_with_its_number(published, said, dapeng, capsys):
    case = cases.look_at(actor=dapeng, subject=said("补一句"), at=moment(3, 5))
    cases.decide(actor=dapeng, case=case, outcome="violation", lead="2.6", at=moment(3, 5, 1))
    code, words = verified(capsys, json=True)
    told = json.loads(words)
    differing = {fault["difference"]["code"]: fault["difference"] for fault in told["faults"]}
    assert (code, told["sound"]) == (1, False)
    assert {fault["month"] for fault in told["faults"]} == {"2026-03"}
    assert (differing["violations"]["said"], differing["violations"]["found"]) == (2, 3)
    assert (
        "Found to break the pact (violations) was published as 2, and the rows say 3." in verified(capsys)[1]
    )


def test_the_database_refuses_to_change_what_was_published(published):
    for deed in (
        lambda: Publication.objects.update(content="{}"),
        lambda: Publication.objects.filter(month="2026-03").delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deed()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (
            lambda row: {"content": row.content.replace('"violations":2', '"violations":1')},
            {"chain", "number"},
        ),
        (lambda row: {"content": "not JSON"}, {"chain", "content"}),
        (lambda row: {"content": row.content.replace('"method":2', '"method":9')}, {"chain", "content"}),
    ],
)
def test_whoever_gets_past_the_database_is_found_out(published, change, what):
    """As an owner of the tables could do it: without the triggers."""
    values = change(published[0])
    _drop_refusals()
    Publication.objects.filter(month="2026-03").update(**values)
    found = list(proving.faults())
    assert {fault.what for fault in found} == what
    assert all(fault.month == "2026-03" for fault in found)


def test_a_month_changed_with_its_digest_breaks_the_chain_of_the_next(published):
    content = published[0].content.replace('"violations":2', '"violations":1')
    _drop_refusals()
    Publication.objects.filter(month="2026-03").update(content=content, digest=proving.digest_of("", content))
    assert ("2026-04", "chain") in {(fault.month, fault.what) for fault in proving.faults()}


def _drop_refusals() -> None:
    on = " on transparency_publication" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            cursor.execute(f"drop trigger transparency_publication_no_{verb}{on}")


def test_the_digest_is_what_the_page_says_it_is(published):
    """Computed as a reader would, from the JSON of the page alone."""
    from hashlib import sha256

    row = published[1]
    assert sha256((row.before + "\n" + row.content).encode()).hexdigest() == row.digest

"""Prepared questions answer as the querysets that they are written as."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.db.models import F

from lingyu.store.models import Delivery, Envelope
from lingyu.store.prepared import Prepared

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def envelopes(db):
    """Five, an hour apart."""
    return [
        Envelope.objects.create(event=f"e{n}", size=n, body=b"", recorded_at=NOON + timedelta(hours=n))
        for n in range(5)
    ]


def test_it_gives_the_rows_of_this_asking(envelopes):
    question = Prepared(lambda id: Envelope.objects.filter(id=id))
    assert [question.first(id=e.id) for e in envelopes] == envelopes
    assert question.first(id=envelopes[3].id).recorded_at == envelopes[3].recorded_at


def test_moments_lists_and_annotations_are_given_too(envelopes):
    question = Prepared(
        lambda ids, since: (
            Envelope.objects.filter(id__in=ids, recorded_at__gte=since)
            .annotate(twice=F("size") * 2)
            .order_by("id")
        )
    )
    ids = [e.id for e in envelopes]
    assert [e.twice for e in question.ask(ids=ids, since=envelopes[2].recorded_at)] == [4, 6, 8]
    assert [e.twice for e in question.ask(ids=ids[:4], since=envelopes[3].recorded_at)] == [6]


def test_values_come_as_values(envelopes):
    named = Prepared(lambda event: Envelope.objects.filter(event=event).values("event", "size"))
    flat = Prepared(lambda event: Envelope.objects.filter(event=event).values_list("size", flat=True))
    assert named.ask(event="e2") == [{"event": "e2", "size": 2}]
    assert (flat.ask(event="e4"), flat.first(event="none of them")) == ([4], None)


def test_what_belongs_to_a_row_comes_with_it(envelopes, django_assert_num_queries):
    Delivery.objects.create(envelope=envelopes[1], reaction="r", next_at=NOON)
    question = Prepared(
        lambda event: Delivery.objects.filter(envelope__event=event).select_related("envelope")
    )
    with django_assert_num_queries(1):
        assert [d.envelope.event for d in question.ask(event="e1")] == ["e1"]


def test_another_form_is_another_question(envelopes):
    question = Prepared(lambda start, least: Envelope.objects.filter(size__gte=least).order_by("id")[start:])
    assert [e.size for e in question.ask(0, least=3)] == [3, 4]
    assert [e.size for e in question.ask(1, least=3)] == [4]


def test_it_is_worked_out_once_and_no_number_of_forms_fills_the_memory(envelopes):
    built = []
    question = Prepared(
        lambda n, least: built.append(n) or Envelope.objects.filter(size__gte=least)[n : n + 1]
    )
    for _ in range(3):
        question.ask(0, least=1)
    assert built == [0]
    for n in range(1_000):
        question.ask(n, least=1)
    assert len(question._kept) <= 64


def test_what_cannot_be_found_asks_nothing(db, django_assert_num_queries):
    question = Prepared(lambda event: Envelope.objects.filter(event=event, id__in=[]))
    with django_assert_num_queries(0):
        assert question.ask(event="e1") == []


def test_what_it_would_leave_out_is_refused(db):
    question = Prepared(lambda id: Envelope.objects.filter(id=id).prefetch_related("deliveries"))
    with pytest.raises(TypeError):
        question.ask(id=1)


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_get_one_anothers_answers():
    for n in range(8):
        Envelope.objects.create(event=f"e{n}", size=n, body=b"", recorded_at=NOON)
    question = Prepared(lambda event: Envelope.objects.filter(event=event).values_list("size", flat=True))
    wrong = []

    def ask(n):
        wrong.extend(found for _ in range(50) if (found := question.ask(event=f"e{n}")) != [n])
        connection.close()

    threads = [Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []

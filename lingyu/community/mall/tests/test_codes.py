"""Codes: sealed at rest, shown once to whose they are, never to anybody else."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from lingyu.community.ledger.reads import balance
from lingyu.community.mall import actions, jobs, schedule, vault
from lingyu.community.mall.events import CodeRevealed
from lingyu.community.mall.models import Address, Code, Good, Reveal
from lingyu.community.mall.privacy import orders as exported
from lingyu.community.mall.reads import locked
from lingyu.store.models import Envelope

from .conftest import buy, give

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sound")]

SECRET = "KFC-7788-9900-XYZW"


@pytest.fixture
def order(sell, luren):
    """路人 has ordered a code."""
    give(luren, 20)
    return buy(luren, sell("code", codes=SECRET)).order


@pytest.fixture
def lost_key(settings):
    """`lost_key()`: the secret key is another one, and the former is gone."""

    def lose():
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, []

    return lose


def test_an_import_keeps_what_is_new_and_says_what_it_refused(sell, aque):
    good = sell("code", codes="A-1\nB-2")
    text = '\ufeffC-3\n\n  D-4 , 2027-01-01\n"E-5",x\nA-1\nC-3\n,empty\n' + "x" * 201 + "\nbad\x07code"
    came = actions.import_codes(actor=aque, good=good, text=text)
    assert came.batch.added == 3
    assert [number for number, _ in came.refused] == [5, 6, 7, 8, 9]
    assert Good.objects.counted().get(id=good.id).left == 5
    assert not any(code.sealed.find("A-1") >= 0 for code in Code.objects.all())


def test_ten_thousand_codes_are_imported_in_one_go(sell, aque):
    good = sell("code")
    came = actions.import_codes(actor=aque, good=good, text="\n".join(f"CODE-{n}" for n in range(10_000)))
    assert came.batch.added == 10_000
    with pytest.raises(ValidationError):
        actions.import_codes(actor=aque, good=good, text="x\n" * 20_001)


def test_a_code_is_shown_once_and_again_only_when_an_operator_has_opened_it(order, luren, aque, facts):
    assert actions.reveal_code(actor=luren, order=order) == SECRET
    assert actions.reveal_code(actor=luren, order=order) is None
    with pytest.raises(ValidationError):
        actions.reopen_reveal(actor=aque, order=order, why=" ")
    assert actions.reopen_reveal(actor=aque, order=order, why="the page did not load")
    assert not actions.reopen_reveal(actor=aque, order=order, why="again")
    assert actions.reveal_code(actor=luren, order=order) == SECRET
    assert actions.reveal_code(actor=luren, order=order) is None
    assert [r.turn for r in Reveal.objects.order_by("id")] == [0, 1]
    assert len(facts(CodeRevealed)) == 2


def test_the_answer_with_the_code_is_kept_nowhere_and_the_next_one_shows_its_end_only(
    order, luren, client_of
):
    browser = client_of(luren)
    address = f"/me/orders/{order.id}/"
    assert SECRET not in browser.get(address).content.decode()
    answer = browser.post(f"{address}reveal/")
    assert SECRET in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    after = browser.get(address).content.decode()
    assert SECRET not in after and "XYZW" in after
    again = browser.post(f"{address}reveal/", follow=True).content.decode()
    assert SECRET not in again


def test_somebody_elses_order_is_not_there(order, dapeng, aque, client_of):
    for person in (dapeng, aque):
        browser = client_of(person)
        assert browser.get(f"/me/orders/{order.id}/").status_code == 404
        for what in ("reveal", "cancel", "received"):
            assert browser.post(f"/me/orders/{order.id}/{what}/").status_code == 404
        with pytest.raises(ValidationError):
            actions.reveal_code(actor=person, order=order)
    assert not Reveal.objects.exists()


def test_a_code_is_in_no_fact_no_log_and_no_export(order, luren, caplog):
    with caplog.at_level(logging.DEBUG):
        actions.reveal_code(actor=luren, order=order)
    assert SECRET not in caplog.text
    assert not any(SECRET.encode() in bytes(e.body) for e in Envelope.objects.all())
    assert SECRET not in str(list(exported(luren)))


def test_a_refunded_code_that_nobody_saw_goes_back_into_the_pool_a_seen_one_does_not(sell, luren, aque):
    give(luren, 40)
    good = sell("code", codes="A-1\nB-2")
    seen, unseen = buy(luren, good).order, buy(luren, good).order
    actions.reveal_code(actor=luren, order=seen)
    for order in (seen, unseen):
        assert actions.refund_order(actor=aque, order=order, why="the shop closed")
        assert actions.reveal_code(actor=luren, order=order) is None
    assert Code.objects.free().count() == 1
    assert balance(luren.id).available == 40


def test_codes_that_nobody_has_can_be_withdrawn(sell, luren, aque):
    good = sell("code")
    batch = actions.import_codes(actor=aque, good=good, text="A-1\nB-2").batch
    give(luren, 40)
    buy(luren, good)
    assert actions.withdraw_codes(actor=aque, good=good, batch=batch) == 1
    assert buy(luren, good).receipt.reason == "mall.sold_out"


def test_what_is_sealed_opens_for_its_own_row_only():
    sealed = vault.seal("text", about="code 1")
    assert vault.unseal(sealed, about="code 1") == "text"
    assert vault.seal("text", about="code 1") != sealed
    with pytest.raises(vault.Locked):
        vault.unseal(sealed, about="code 2")
    id, body = sealed.split(":")
    with pytest.raises(vault.Locked):
        vault.unseal(f"{id}:{'A' if body[0] != 'A' else 'B'}{body[1:]}", about="code 1")


def test_another_secret_key_opens_what_the_former_sealed_and_reseals_it(order, luren, aque, sell, settings):
    give(luren, 20)
    buy(luren, sell("physical", stock=1))
    actions.add_supplier(actor=aque, name="s", url="https://supplier.example/")
    former = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, [former]
    assert actions.import_codes(actor=aque, good=order.good, text=SECRET).refused
    call_command("reseal")
    settings.SECRET_KEY_FALLBACKS = []
    assert all(c.sealed.startswith(vault.present()) for c in [*Code.objects.all(), *Address.objects.all()])
    assert actions.reveal_code(actor=luren, order=order) == SECRET
    assert actions.import_codes(actor=aque, good=order.good, text=SECRET).refused
    assert "西湖区" in str(list(exported(luren)))


def test_without_the_former_key_nothing_opens_and_the_fault_says_what_to_do(order, luren, lost_key):
    lost_key()
    with pytest.raises(vault.Locked, match="LINGYU_OLD_SECRET_KEYS"):
        actions.reveal_code(actor=luren, order=order)
    assert not Reveal.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_codes_imported_twice_at_once_are_there_once(sell, aque):
    good = sell("code")
    text = "\n".join(f"CODE-{n}" for n in range(300))

    def put_in(_):
        try:
            return actions.import_codes(actor=aque, good=good, text=text).batch.added
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6 if connection.vendor == "postgresql" else 1) as pool:
        assert sorted(pool.map(put_in, range(6))) == [0, 0, 0, 0, 0, 300]


def test_addresses_are_sealed_and_erased_some_time_after_the_end(sell, luren, aque):
    give(luren, 20)
    order = buy(luren, sell("physical", stock=1)).order
    assert "西湖区" not in order.address.sealed
    now = timezone.now()
    actions.ship_order(actor=aque, order=order, carrier="顺丰", tracking="SF1", at=now)
    assert jobs.received(now + schedule.RECEIVED) == 1
    ended = now + schedule.RECEIVED
    assert jobs.forget(ended) == 0
    assert jobs.forget(ended + schedule.ADDRESS_KEPT) == 1
    order.address.refresh_from_db()
    assert order.address.sealed == ""


def test_whose_key_is_lost_is_told_in_words_and_the_code_does_not_count_as_shown(
    order, luren, client_of, lost_key, caplog, settings
):
    former = settings.SECRET_KEY
    lost_key()
    browser = client_of(luren)
    page = browser.get(f"/me/orders/{order.id}/")
    assert page.status_code == 200
    assert "We cannot open it at present" in page.content.decode()
    answer = browser.post(f"/me/orders/{order.id}/reveal/", follow=True)
    assert "does not count as shown" in answer.content.decode()
    assert not Reveal.objects.exists()
    assert order.number in caplog.text and SECRET not in caplog.text
    settings.SECRET_KEY_FALLBACKS = [former]
    browser = client_of(luren)
    assert SECRET in browser.post(f"/me/orders/{order.id}/reveal/").content.decode()


def test_an_address_whose_key_is_lost_breaks_neither_the_order_nor_the_export(
    sell, luren, client_of, lost_key
):
    give(luren, 20)
    order = buy(luren, sell("physical", stock=1)).order
    lost_key()
    page = client_of(luren).get(f"/me/orders/{order.id}/")
    assert page.status_code == 200 and "We cannot open it at present" in page.content.decode()
    (row,) = exported(luren)
    assert (row["number"], row["address"]) == (order.number, "sealed with a key that is not there")


def test_resealing_leaves_what_no_key_opens_and_says_how_much(order, aque, lost_key, capsys):
    lost_key()
    actions.import_codes(actor=aque, good=order.good, text="NEW-1")
    assert locked() == {"codes": 1}
    call_command("reseal")
    assert "LINGYU_OLD_SECRET_KEYS" in capsys.readouterr().err
    assert locked() == {"codes": 1}

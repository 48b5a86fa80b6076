"""The ledger: what is booked once stays, twice is once, and both calendars have the same total."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from lingyu.operations.ecommerce.actions import CLOSED, Entry, ImportedFile, open_shop, post_entries
from lingyu.operations.ecommerce.events import OrderLinePaid, OrderLineRefunded, RefundRebooked, ShopOpened
from lingyu.operations.ecommerce.models import ImportRun, LedgerEntry, Product, Rebooking

MONDAY = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
FILE = ImportedFile("orders.csv", "0" * 64, "generic")


def paid(order="A1", amount=10000, *, line="", at=MONDAY, quantity=1, row=2, **more):
    return Entry(row, order, line, True, at, quantity, amount, **more)


def refund(order="A1", amount=-4000, *, line="@friday", at=FRIDAY, row=3, **more):
    return Entry(row, order, line, False, at, 0, amount, **more)


def post(shop, *entries):
    _run, found = post_entries(actor=None, shop=shop, file=FILE, entries=entries)
    return found


def test_an_order_sent_twice_counts_once_and_its_refund_is_subtracted(shop, facts):
    post(shop, paid())
    again = post(shop, paid(), refund())
    assert (len(again.new), again.unchanged) == (1, 1)
    assert LedgerEntry.objects.net() == 6000
    assert [(e.amount, e.order) for e in facts(OrderLinePaid)] == [(10000, "Plume/A1")]
    [back] = facts(OrderLineRefunded)
    assert (back.amount, back.occurred_at, back.booked_at, back.matched) == (4000, FRIDAY, MONDAY, True)


def test_an_entry_and_its_fact_have_one_id_that_follows_from_the_key(shop, facts):
    post(shop, paid())
    assert facts(OrderLinePaid)[0].id == LedgerEntry.objects.get().id


def test_equal_lines_of_one_file_are_real_and_all_count(shop):
    line = {"line": None, "product": "SKU", "quantity": 2}
    found = post(shop, paid(**line), paid(**line, row=3))
    assert len(found.new) == 2
    assert sorted(LedgerEntry.objects.values_list("line", flat=True)) == ["SKU#1", "SKU#2"]
    assert post(shop, paid(**line), paid(**line, row=3)).unchanged == 2


def test_the_order_of_lines_does_not_matter(shop):
    first, second = paid(line=None, product="SKU"), paid(amount=500, line=None, product="SKU", row=3)
    post(shop, first, second)
    found = post(shop, second, first)
    assert (found.unchanged, found.new, found.conflicts) == (2, [], [])


def test_a_file_with_part_of_an_order_changes_nothing(shop):
    first, second = paid(line=None, product="SKU"), paid(amount=500, line=None, product="SKU", row=3)
    post(shop, first, second)
    assert post(shop, second).unchanged == 1
    third = paid(amount=700, line=None, product="SKU", row=4)
    assert len(post(shop, second, first, third).new) == 1


def test_another_amount_for_a_known_line_is_a_conflict_and_changes_nothing(shop):
    post(shop, paid())
    found = post(shop, paid(amount=9000), refund())
    assert [c.recorded for c in found.conflicts] == [(MONDAY, 1, 10000)]
    assert [e.amount for e in found.held_back] == [-4000]
    assert LedgerEntry.objects.net() == 10000


def test_an_unnumbered_line_with_another_amount_is_a_conflict(shop):
    post(shop, paid(line=None, product="SKU"))
    [conflict] = post(shop, paid(amount=9000, line=None, product="SKU")).conflicts
    assert conflict.recorded == (MONDAY, 1, 10000)


def test_two_rows_of_a_file_that_contradict_each_other_are_a_conflict(shop):
    [conflict] = post(shop, paid(), paid(amount=1, row=9)).conflicts
    assert (conflict.entry.row, conflict.elsewhere) == (9, 2)
    assert not LedgerEntry.objects.exists()


def test_two_refunds_at_different_times_are_two_and_the_same_one_twice_is_one(shop):
    later = refund(amount=-1000, line="@saturday", at=FRIDAY + timedelta(days=1))
    post(shop, paid(), refund(), later)
    assert post(shop, refund(), later).unchanged == 2
    assert LedgerEntry.objects.net() == 5000


def test_a_refund_of_an_unknown_order_is_booked_on_its_own_day(shop, facts):
    post(shop, refund())
    [back] = facts(OrderLineRefunded)
    assert (back.booked_at, back.matched) == (FRIDAY, False)
    assert LedgerEntry.objects.unmatched().count() == 1


def test_an_order_that_comes_after_its_refund_moves_it_to_its_own_day(shop, facts):
    post(shop, refund())
    post(shop, paid())
    moves = sorted((m.booked_at, m.amount) for m in facts(RefundRebooked))
    assert moves == [(MONDAY, 4000), (FRIDAY, -4000)]
    assert Rebooking.objects.get().paid_at == MONDAY
    assert not LedgerEntry.objects.unmatched().exists()
    post(shop, paid(line="more", row=5))
    assert len(facts(RefundRebooked)) == 2


def test_a_refund_above_its_order_in_one_file_finds_it(shop, facts):
    post(shop, refund(row=2), paid(row=3))
    assert facts(OrderLineRefunded)[0].booked_at == MONDAY
    assert not facts(RefundRebooked)


def test_the_order_numbers_of_two_shops_have_nothing_to_do_with_each_other(shop):
    other = open_shop(actor=None, name="Quill")
    post(shop, paid())
    assert len(post(other, paid(amount=500)).new) == 1


def test_the_lines_of_an_order_booked_as_a_whole_would_count_it_twice(shop):
    post(shop, paid())
    found = post(shop, paid(line=None, product="SKU"))
    assert [c.whole for c in found.conflicts] == [True]
    assert LedgerEntry.objects.net() == 10000


def test_a_closed_order_gives_back_what_its_refunds_have_not(shop):
    closing = refund(amount=-10000, line=CLOSED, closing=True)
    post(shop, paid(), refund())
    post(shop, paid(), closing)
    assert LedgerEntry.objects.net() == 0
    assert post(shop, paid(), closing).unchanged == 2


def test_a_refund_known_from_the_closing_is_not_given_back_again(shop):
    post(shop, paid(), refund(amount=-10000, line=CLOSED, closing=True))
    assert post(shop, refund(amount=-10000, line="R1")).unchanged == 1
    assert LedgerEntry.objects.net() == 0


def test_the_refund_of_another_product_is_not_covered_by_a_closing(shop):
    post(
        shop,
        paid(line="1", product="A"),
        paid(line="2", product="B"),
        refund(amount=-10000, line=f"{CLOSED}/1", product="A", closing=True),
    )
    post(shop, refund(amount=-500, line="R2", product="B"))
    assert LedgerEntry.objects.net() == 9500


def test_the_latest_sale_gives_a_product_its_title_in_whatever_order_files_come(shop):
    post(shop, paid(line=None, product="SKU", title="New", at=FRIDAY))
    post(shop, paid(order="A0", line=None, product="SKU", title="Old"))
    assert Product.objects.titled(["SKU"]) == {"SKU": "New"}
    post(shop, paid(order="A2", line=None, product="SKU", title="Newest", at=FRIDAY + timedelta(1)))
    post(
        shop, paid(order="A3", line=None, product="SKU", title="damaged", amount=0, at=FRIDAY + timedelta(2))
    )
    assert Product.objects.titled(["SKU"]) == {"SKU": "Newest"}


@pytest.mark.parametrize("change", [{"amount": 1}, None], ids=["update", "delete"])
def test_the_database_refuses_to_change_what_is_booked(shop, change):
    post(shop, paid())
    entries = LedgerEntry.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entries.update(**change) if change else entries._raw_delete("default")
    assert LedgerEntry.objects.net() == 10000


def test_the_database_refuses_a_payment_below_zero(shop):
    with pytest.raises(IntegrityError), transaction.atomic():
        post(shop, paid(amount=-1))
    assert not ImportRun.objects.exists()


def test_a_run_says_what_became_of_its_file(aque, shop):
    run, _found = post_entries(actor=aque, shop=shop, file=FILE, entries=[paid(), refund()])
    assert (run.imported_by, run.file, run.new, run.unchanged) == (aque.key, "orders.csv", 2, 0)


def test_opening_a_shop_is_a_fact(shop, facts):
    [opened] = facts(ShopOpened)
    assert (opened.shop, opened.platform) == ("Plume", "own")


@pytest.mark.parametrize(
    "wrong", [{"currency": "YEN"}, {"zone": "Mars/Olympus"}, {"platform": "mall"}, {"name": "Plume"}]
)
def test_a_shop_that_cannot_be_is_not_opened(shop, wrong):
    with pytest.raises(ValidationError):
        open_shop(actor=None, **({"name": "Quill"} | wrong))


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_can_clear_the_ledger_afterwards():
    post(open_shop(actor=None, name="Plume"), paid())
    assert LedgerEntry.objects.count() == 1


def test_taobao_and_tmall_share_their_buyers(db):
    shops = [open_shop(actor=None, name=p, platform=p) for p in ("taobao", "tmall", "jd", "own")]
    assert [s.buyer_scope for s in shops] == ["taobao", "taobao", "jd", "own"]


def test_the_products_of_an_order_booked_by_sub_orders_would_count_it_twice(shop):
    post(shop, paid(line="sub-1", product="SKU"))
    found = post(shop, paid(line=None, product="SKU"))
    assert [c.whole for c in found.conflicts] == [True]
    assert LedgerEntry.objects.net() == 10000

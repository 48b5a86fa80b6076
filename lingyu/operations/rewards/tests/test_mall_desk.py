"""The mall's pages of the desk: goods, codes, orders, suppliers, as an operator uses them."""

import csv

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.community.feathers import quotes
from lingyu.community.ledger import actions as ledger
from lingyu.community.mall import actions
from lingyu.community.mall.models import Code, Good, Order, Supplier, TierTable
from lingyu.community.mall.purposes import ORDER

pytestmark = pytest.mark.django_db

GOODS, ORDERS = "/desk/rewards/goods/", "/desk/rewards/orders/"
NEW = {"zh": "咖啡券", "en": "Coffee", "feathers": "20", "cost": "9.90"}
XSS = "<script>alert(1)</script>"


@pytest.fixture
def browser(aque, client_of, empty_store):
    """阿鹊's browser."""
    return client_of(aque)


def give(member, at):
    ledger.issue(member=member.id, amount=100, key=f"gift {member.id}", cause="gift", subject="x", at=at)


@pytest.fixture
def order(luren, aque):
    """路人 has ordered a parcel."""
    good = actions.make_good(actor=aque, kind="physical", zh="杯", en=XSS, feathers=20, stock=1)
    actions.open_good(actor=aque, good=good)
    give(luren, good.at)
    quote = quotes.quote(ORDER, good.id, luren.id, 20, 100)
    address = {"name": XSS, "phone": "1", "region": "浙江", "street": "某路 1 号"}
    return actions.place_order(actor=luren, good=good, quote=quote, address=address).order


def test_an_operator_makes_a_good_puts_codes_in_and_puts_it_on_sale(browser, client):
    answer = browser.post(f"{GOODS}new/code", NEW)
    good = Good.objects.get()
    assert answer["Location"] == f"{GOODS}{good.id}"
    assert (good.cost_minor, good.feathers, good.kind) == (990, 20, "code")
    page = browser.post(f"{GOODS}{good.id}", {"do": "codes", "codes": "A-1111\nB-2222\nA-1111"})
    text = page.content.decode()
    assert "2 codes were put in." in text and "Line 3: This code is there already." in text
    assert "A-1111" not in text and Code.objects.count() == 2
    browser.post(f"{GOODS}{good.id}", {"do": "open"})
    assert "Coffee" in client.get("/mall/", headers={"accept-language": "en"}).content.decode()
    browser.post(f"{GOODS}{good.id}", {"do": "close"})
    assert "Coffee" not in client.get("/mall/", headers={"accept-language": "en"}).content.decode()


def test_two_operators_do_not_overwrite_one_another(browser, aque):
    browser.post(f"{GOODS}new/virtual", NEW)
    good = Good.objects.get()
    said = NEW | {"do": "save", "expected": "1"}
    assert browser.post(f"{GOODS}{good.id}", said | {"feathers": "30"}).status_code == 302
    late = browser.post(f"{GOODS}{good.id}", said | {"feathers": "5"})
    assert "meanwhile" in late.content.decode()
    assert Good.objects.get().feathers == 30


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("feathers", "0"),
        ("feathers", "-1"),
        ("feathers", "9" * 30),
        ("cost", "-1"),
        ("cost", "NaN"),
        ("zh", "字" * 10_000),
        ("zh", "\0"),
        ("from_at", "tomorrow"),
        ("least_tier", "99"),
        ("role", "king"),
    ],
)
def test_odd_values_are_refused_beside_their_field(browser, name, value):
    answer = browser.post(f"{GOODS}new/code", NEW | {name: value})
    assert answer.status_code == 200 and 'class="error"' in answer.content.decode()
    assert not Good.objects.exists()


@pytest.mark.parametrize(
    "rest", ["none", "new/bomb", "new/", "01990000-0000-7000-8000-000000000000", "x/y/z"]
)
def test_what_is_not_there_is_not_found(browser, rest):
    assert browser.get(f"{GOODS}{rest}").status_code == 404
    assert browser.get(f"{ORDERS}{rest}").status_code == 404


def test_an_order_is_found_packed_shipped_and_received(browser, order):
    for sought in (order.number, order.number.lower(), "路人", "杯"):
        assert order.number in browser.get(ORDERS, {"q": sought}).content.decode()
    assert order.number in browser.get(ORDERS, {"state": "todo"}).content.decode()
    assert order.number not in browser.get(ORDERS, {"q": "nobody"}).content.decode()
    page = f"{ORDERS}{order.id}"
    text = browser.get(page).content.decode()
    assert XSS not in text and "某路 1 号" in text
    browser.post(page, {"do": "pack"})
    refused = browser.post(page, {"do": "ship", "carrier": "", "tracking": "SF1"}, follow=True)
    assert "Say who carries it" in refused.content.decode()
    browser.post(page, {"do": "ship", "carrier": "顺丰", "tracking": "SF1"})
    browser.post(page, {"do": "received"})
    assert Order.objects.get().state == "delivered"
    assert "某路 1 号" not in browser.get(page).content.decode()
    browser.post(page, {"do": "refund", "why": ""})
    assert Order.objects.get().state == "delivered"
    browser.post(page, {"do": "refund", "why": "broken"})
    assert Order.objects.get().state == "refunded"
    browser.post(page, {"do": "launch"})


def test_a_lost_code_is_opened_again_with_a_reason_and_never_shown_here(browser, luren, aque):
    good = actions.make_good(actor=aque, kind="code", zh="券", en="Coupon", feathers=20)
    actions.open_good(actor=aque, good=good)
    actions.import_codes(actor=aque, good=good, text="SECRET-CODE-77")
    give(luren, good.at)
    made = actions.place_order(actor=luren, good=good, quote=quotes.quote(ORDER, good.id, luren.id, 20, 0))
    actions.reveal_code(actor=luren, order=made.order)
    page = f"{ORDERS}{made.order.id}"
    browser.post(page, {"do": "reopen", "why": "the page did not load"})
    text = browser.get(page).content.decode()
    assert "the page did not load" in text and "SECRET-CODE" not in text
    assert actions.reveal_code(actor=luren, order=made.order) == "SECRET-CODE-77"


def test_a_supplier_is_added_its_secret_shown_once_and_inner_addresses_refused(browser):
    page = "/desk/rewards/suppliers/"
    said = {"name": "卡券通", "url": "https://supplier.example/deliver", "timeout": "5"}
    answer = browser.post(page, said)
    supplier = Supplier.objects.get()
    assert "shown this once" in answer.content.decode() and answer["Cache-Control"] == "no-store"
    inner = browser.post(page, said | {"url": "https://169.254.169.254/"})
    assert "private network" in inner.content.decode()
    browser.post(f"{page}{supplier.id}", said | {"timeout": "9"})
    assert Supplier.objects.get().timeout == 9 and Supplier.objects.get().secret == supplier.secret


def test_the_tiers_are_data(browser):
    page = f"{GOODS}tiers"
    said = {
        "expected": "0",
        "zh0": "甲",
        "en0": "One",
        "least0": "0",
        "zh1": "乙",
        "en1": "Two",
        "least1": "50",
    }
    assert browser.post(page, said | {"least1": "0"}).status_code == 200
    assert browser.post(page, said).status_code == 302
    assert [row["least"] for row in TierTable.objects.get().data] == [0, 50]


def test_the_pages_are_for_who_manages_feathers(luren, dapeng, client_of, empty_store):
    for person in (luren, dapeng):
        assert client_of(person).get(GOODS).status_code == 403


def test_orders_whose_key_is_lost_are_said_and_counted_and_no_page_breaks(
    order, aque, client_of, settings, empty_store
):
    assert "LINGYU_OLD_SECRET_KEYS" not in client_of(aque).get(ORDERS).content.decode()
    settings.SECRET_KEY = "another" * 10
    browser = client_of(aque)
    assert "Codes: 0, addresses: 1, suppliers: 0." in browser.get(ORDERS).content.decode()
    page = browser.get(f"{ORDERS}{order.id}")
    assert page.status_code == 200 and "The key of this order is not there" in page.content.decode()
    browser.post(f"{ORDERS}{order.id}", {"do": "refund", "why": "the key is lost"})
    assert Order.objects.get().state == "refunded"


def lines_of(answer) -> list[list[str]]:
    """The cells of a file."""
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))


def test_the_file_of_orders_has_what_the_filter_shows(order, browser, luren):
    head, line = lines_of(browser.get(f"{ORDERS}orders.csv"))
    told = dict(zip(head, line, strict=True))
    assert told["Order"] == order.number
    assert told["Feathers"] == str(order.feathers)
    assert told["Reference"] == str(order.id)
    assert "某路 1 号" not in ",".join(line)
    assert len(lines_of(browser.get(f"{ORDERS}orders.csv", {"state": "delivered"}))) == 1
    assert len(lines_of(browser.get(f"{ORDERS}orders.csv", {"q": luren.username, "state": "todo"}))) == 2
    assert (
        f'href="{ORDERS}orders.csv?q=&amp;state=placed'
        in browser.get(ORDERS, {"state": "placed"}).content.decode()
    )


def test_nothing_in_the_file_of_orders_is_a_formula(order, browser, luren):
    accounts.edit_profile(actor=luren, pen_name="=1+1", bio="")
    browser.post(f"{ORDERS}{order.id}", {"do": "ship", "carrier": "@SUM(A1)", "tracking": "+1"})
    head, line = lines_of(browser.get(f"{ORDERS}orders.csv"))
    told = dict(zip(head, line, strict=True))
    assert (told["Member"], told["Carrier"], told["Number of the parcel"]) == ("'=1+1", "'@SUM(A1)", "'+1")


def test_a_question_with_a_nought_in_it_breaks_no_page(browser):
    assert browser.get(ORDERS, {"q": "\0"}).status_code == 200

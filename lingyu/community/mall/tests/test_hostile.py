"""The mall under hostile hands: tampered forms, replayed quotes, markup in every field, calls outside."""

import ast
from pathlib import Path

import pytest
from django.core import signing

from lingyu.community.feathers import quotes
from lingyu.community.ledger.reads import balance
from lingyu.community.mall import actions
from lingyu.community.mall.models import Address, Order
from lingyu.community.mall.purposes import ORDER

from .conftest import ADDRESS, give, quoted

ROOM = Path(__file__).resolve().parents[1]
XSS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 777 * 777 }}",
    "javascript:alert(1)//",
    "';alert(1)//",
    "<svg/onload=alert(1)>",
    "\u202etxt.exe",
]


def order_at(browser, good, **said):
    return browser.post(f"/mall/{good.id}/order/", said, follow=True)


@pytest.mark.django_db
@pytest.mark.usefixtures("sound")
class TestQuotes:
    """A price cannot be chosen by who pays it."""

    @pytest.mark.parametrize("token", ["", "forged", "A" * 5_000, "a:b:c", "\0"])
    def test_a_forged_quote_orders_nothing(self, sell, luren, client_of, token):
        give(luren, 50)
        page = order_at(client_of(luren), sell("code", codes="A-1"), quote=token)
        assert "too old" in page.content.decode()
        assert not Order.objects.exists()

    def test_a_quote_is_for_one_member_one_good_one_purpose_and_ten_minutes(
        self, sell, luren, dapeng, client_of, monkeypatch
    ):
        cheap, dear = sell("code", codes="A-1", feathers=1), sell("code", codes="B-2", feathers=50)
        for member in (luren, dapeng):
            give(member, 100)
        theirs = quoted(dapeng, cheap).signed()
        other_good = quoted(luren, cheap).signed()
        said = [str(cheap.id), str(cheap.id), str(luren.id), 1]
        other_purpose = signing.dumps(said, salt="quote.article.unlock")
        browser = client_of(luren)
        for good, token in ((cheap, theirs), (dear, other_good), (cheap, other_purpose)):
            order_at(browser, good, quote=token)
        monkeypatch.setattr(quotes, "LIFE", -1)
        order_at(browser, cheap, quote=quoted(luren, cheap).signed())
        assert not Order.objects.exists() and balance(luren.id).available == 100

    def test_a_quantity_a_price_and_a_state_in_the_form_mean_nothing(self, sell, luren, client_of):
        good = sell("code", codes="A-1\nB-2\nC-3")
        give(luren, 100)
        token = quoted(luren, good).signed()
        extra = {"quantity": "3", "price": "0", "feathers": "-5", "state": "delivered", "member": "x"}
        for _ in range(5):
            order_at(client_of(luren), good, quote=token, **extra)
        assert Order.objects.count() == 1 and balance(luren.id).available == 80

    def test_another_price_meanwhile_is_shown_and_nothing_is_taken(self, sell, luren, aque, client_of):
        good = sell("code", codes="A-1")
        give(luren, 100)
        token = quotes.quote(ORDER, good.id, luren.id, 20, 0).signed()
        actions.change_good(actor=aque, good=good, expected=1, feathers=35)
        page = order_at(client_of(luren), good, quote=token)
        assert "from 20 to 35 feathers" in page.content.decode() and page.status_code == 409
        assert balance(luren.id).available == 100

    def test_who_is_not_signed_in_orders_nothing(self, sell, client):
        good = sell("code", codes="A-1")
        assert client.post(f"/mall/{good.id}/order/", {"quote": "x"}).status_code == 302
        assert not Order.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("text", XSS)
def test_markup_in_names_and_addresses_is_text_on_every_page(sell, luren, aque, client_of, text):
    good = sell("physical", stock=5, zh=text[:80], en=text[:80], en_about=text, zh_about=text)
    give(luren, 100)
    browser = client_of(luren)
    said = {name: f"{value} {text}"[:30] for name, value in ADDRESS.items()}
    said["street"] = text
    answer = order_at(browser, good, quote=quoted(luren, good).signed(), **said)
    order = Order.objects.get()
    pages = [answer, *(browser.get(a) for a in ("/mall/", good.get_absolute_url(), "/me/orders/"))]
    pages.append(browser.get(order.get_absolute_url()))
    for page in pages:
        shown = page.content.decode()
        assert page.status_code == 200
        if "<" in text:
            assert text not in shown
        assert "603729" not in shown


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["name", "phone", "region", "street", "postcode"])
@pytest.mark.parametrize("value", ["x" * 10_000, "a\0b"])
def test_an_overlong_or_broken_address_is_refused_beside_its_field(sell, luren, client_of, name, value):
    good = sell("physical", stock=5)
    give(luren, 100)
    said = ADDRESS | {"postcode": "1", name: value, "quote": quoted(luren, good).signed()}
    page = order_at(client_of(luren), good, **said)
    assert page.status_code == 422 and 'aria-invalid="true"' in page.content.decode()
    assert not Address.objects.exists() and balance(luren.id).available == 100


def modules():
    """(path below the room, imported names) of the product's modules."""
    for path in ROOM.rglob("*.py"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        found = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            if isinstance(node, ast.ImportFrom):
                found |= {f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names}
        yield path.relative_to(ROOM).as_posix(), found


@pytest.mark.one_database
def test_one_module_talks_to_the_outside_and_one_job_calls_it():
    outside = {"socket", "ssl", "http.client", "urllib.request", "requests", "httpx"}
    talking = {name for name, imported in modules() if imported & outside}
    assert talking == {"suppliers/asking.py", "suppliers/addresses.py"}
    calling = {name for name, imported in modules() if any(i.endswith("asking.ask") for i in imported)}
    assert calling == {"jobs.py"}
    # And that job opens no transaction: what it calls before and after does.
    assert "atomic" not in (ROOM / "jobs.py").read_text(encoding="utf-8")

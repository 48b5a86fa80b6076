"""What the mall's tests start from: goods on sale, members with feathers, a supplier that is simulated."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone

from lingyu.community.feathers import quotes
from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.verify import verify
from lingyu.community.mall import actions, jobs
from lingyu.community.mall.models import Good
from lingyu.community.mall.purposes import ORDER
from lingyu.community.mall.suppliers.asking import ask

from .simulator import Simulator

ADDRESS = {"name": "路人", "phone": "13800000000", "region": "浙江省杭州市", "street": "西湖区某路 1 号"}
_gifts = itertools.count()


@pytest.fixture
def sound(db):
    """After the test the whole ledger verifies."""
    yield
    assert verify().faults == []


def give(member, amount):
    """Feathers for a member, from nowhere in particular."""
    key = f"gift {member.id} {next(_gifts)}"
    ledger.issue(member=member.id, amount=amount, key=key, cause="gift", subject="x", at=timezone.now())


def quoted(member, good):
    """The price as the member is told it now."""
    return quotes.quote(ORDER, good.id, member.id, Good.objects.get(id=good.id).feathers, 0)


def buy(member, good, at=None, address=ADDRESS, quote=None):
    """Order at the present price."""
    return actions.place_order(
        actor=member, good=good, quote=quote or quoted(member, good), address=address, at=at
    )


@pytest.fixture
def sell(aque):
    """`sell("code", codes="A\\nB", …)`: a good of 20 feathers on sale."""

    def sell(kind, *, codes="", **terms):
        terms = {"zh": "一件商品", "en": "A good", "feathers": 20, "cost_minor": 990} | terms
        good = actions.make_good(actor=aque, kind=kind, **terms)
        if codes:
            actions.import_codes(actor=aque, good=good, text=codes)
        actions.open_good(actor=aque, good=good)
        return good

    return sell


@pytest.fixture
def simulator(settings):
    """A supplier on this machine, which the settings allow."""
    settings.LINGYU_PRIVATE_SUPPLIERS = ["127.0.0.1"]
    with Simulator() as running:
        yield running


@pytest.fixture
def supplier(simulator, aque):
    """The simulated supplier as the mall knows it; the simulator knows its secret."""
    made, simulator.secret = actions.add_supplier(actor=aque, name="模拟供应商", url=simulator.url, timeout=2)
    return made


@pytest.fixture
def outside(monkeypatch):
    """Tests run within a transaction; asking happens beside it, in a thread with connections of its own."""

    def asked(**about):
        with ThreadPoolExecutor(1) as beside:
            return beside.submit(ask, **about).result()

    monkeypatch.setattr(jobs, "ask", asked)

"""The life of an order: nothing but the table moves it, whatever is tried in whatever order."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from lingyu.community.accounts import actions as accounts
from lingyu.community.ledger.reads import balance
from lingyu.community.ledger.verify import verify
from lingyu.community.mall import actions, states
from lingyu.community.mall.actions.moving import move
from lingyu.community.mall.models import Code, Good, Order, Step
from lingyu.community.mall.suppliers import answers
from lingyu.community.mall.suppliers.answers import Answer

from .conftest import buy, give

ROOT = Path(__file__).resolve().parents[4]


@pytest.mark.one_database
def test_the_guide_shows_the_table_of_states_as_it_is():
    page = (ROOT / "docs/guide/mall.md").read_text(encoding="utf-8")
    rows = [f"| `{m.before}` | `{m.after}` | {', '.join(m.by)} |" for m in states.MOVES]
    assert [row for row in rows if row not in page] == []
    assert page.count("\n| `") == len(rows) + len(states.STATES)


@pytest.mark.django_db
def test_a_move_that_the_table_does_not_know_is_refused_whoever_asks(sell, luren, aque):
    give(luren, 20)
    order = buy(luren, sell("physical", stock=1)).order
    for after in states.STATES:
        for by in (states.MEMBER, states.OPERATOR, states.WORKER, states.SUPPLIER):
            if not states.allowed("placed", after, by):
                with pytest.raises(states.IllegalMove):
                    move(order, after, by, timezone.now(), actor=aque)
    assert Order.objects.get(id=order.id).state == "placed"


class Life(RuleBasedStateMachine):
    """Goods of all kinds, one member, and everything that anybody may do, in any order."""

    def __init__(self):
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.now = timezone.now()
        self.member = accounts.join(actor=None, username="buyer", password="of the cast")
        self.aque = accounts.join(actor=None, username="aque", password="of the cast")
        give(self.member, 500)
        self.supplier, _ = actions.add_supplier(actor=self.aque, name="s", url="https://supplier.example/")
        kinds = {"code": {}, "physical": {"stock": 5}, "virtual": {"stock": 5, "supplier": self.supplier}}
        self.goods = []
        for kind, terms in {**kinds, "hand": {"stock": 5}}.items():
            kind = "virtual" if kind == "hand" else kind
            good = actions.make_good(actor=self.aque, kind=kind, zh="名", en="N", feathers=20, **terms)
            actions.open_good(actor=self.aque, good=good)
            self.goods.append(good)
        actions.import_codes(actor=self.aque, good=self.goods[0], text="\n".join("ABCDE"))
        self.orders, self.claims = [], []

    which = st.integers(0, 50)

    def _order(self, which):
        return Order.objects.get(id=self.orders[which % len(self.orders)].id) if self.orders else None

    @rule(which=st.integers(0, 3))
    def buy(self, which):
        if order := buy(self.member, self.goods[which], at=self.now).order:
            self.orders.append(order)

    @rule(which=which)
    def cancel(self, which):
        if order := self._order(which):
            actions.cancel_order(actor=self.member, order=order, at=self.now)

    @rule(which=which)
    def refund(self, which):
        if order := self._order(which):
            actions.refund_order(actor=self.aque, order=order, why="because", at=self.now)

    @rule(
        which=which, what=st.sampled_from(["pack", "ship", "hand", "received", "reveal", "reopen", "give_up"])
    )
    def act(self, which, what):
        if not (order := self._order(which)):
            return
        about = {"order": order, "at": self.now}
        do = {
            "pack": lambda: actions.pack_order(actor=self.aque, **about),
            "ship": lambda: actions.ship_order(actor=self.aque, carrier="c", tracking="1", **about),
            "hand": lambda: actions.deliver_by_hand(actor=self.aque, text="here", **about),
            "received": lambda: actions.confirm_received(actor=self.member, **about),
            "reveal": lambda: actions.reveal_code(actor=self.member, **about),
            "reopen": lambda: actions.reopen_reveal(actor=self.aque, why="lost", **about),
            "give_up": lambda: actions.give_up(actor=self.aque, why="x", **about),
        }
        do[what]()

    @rule(which=which)
    def claim(self, which):
        order = self._order(which)
        if order and hasattr(order, "delivery"):
            claim = actions.claim(delivery=order.delivery, at=self.now)
            self.claims += [claim] if claim else []

    @rule(
        which=which,
        kind=st.sampled_from([answers.DELIVERED, answers.ACCEPTED, answers.REFUSED, answers.TROUBLE]),
    )
    def answer(self, which, kind):
        if self.claims:
            claim = self.claims[which % len(self.claims)]
            actions.conclude(claim=claim, answer=Answer(kind, trouble="timeout"), at=self.now)

    @rule(which=which, kind=st.sampled_from([answers.DELIVERED, answers.REFUSED]))
    def call_back(self, which, kind):
        if order := self._order(which):
            actions.hear(order=order, answer=Answer(kind), at=self.now)

    @rule(minutes=st.sampled_from([1, 5, 60, 24 * 60, 16 * 24 * 60]))
    def pass_time(self, minutes):
        self.now += timedelta(minutes=minutes)
        for order in Order.objects.filter(member=self.member):
            actions.refund_overdue(order=order, at=self.now) if not hasattr(order, "delivery") else None
            actions.confirm_received(actor=None, order=order, at=self.now)

    @invariant()
    def every_step_is_in_the_table(self):
        for step in Step.objects.filter(order__member=self.member).exclude(before=""):
            assert states.allowed(step.before, step.after, step.role), str(step)

    @invariant()
    def feathers_are_where_the_states_say(self):
        where = {"held": 0, "spent": 0, "back": 0}
        for order in Order.objects.filter(member=self.member):
            where[order.now.feathers] += order.feathers
        have = balance(self.member.id)
        assert have.held == where["held"]
        assert have.available == 500 - where["held"] - where["spent"]

    @invariant()
    def what_is_out_of_stock_is_somebodys(self):
        code, *counted = self.goods
        gone = Order.objects.filter(good=code, code__isnull=False).count()
        assert Code.objects.free().filter(good=code).count() == 5 - gone
        for good in counted:
            away = Order.objects.filter(good=good).exclude(state="cancelled")
            returned = away.filter(state="refunded").exclude(steps__before__in=["delivered", "shipped"])
            assert Good.objects.get(id=good.id).stock == 5 - away.count() + returned.distinct().count()

    def teardown(self):
        try:
            assert verify().faults == []
        finally:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)


@pytest.mark.django_db
def test_no_order_of_doings_moves_an_order_or_its_feathers_otherwise():
    steps = settings(
        max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Life, settings=steps)

"""What a member's copy tells of the mall: their orders, and nothing of the house's."""

import pytest

from lingyu.community.accounts.privacy.facts import facts
from lingyu.store.ship import ship_all

from .conftest import buy, give

pytestmark = pytest.mark.django_db


def test_what_a_piece_costs_the_house_is_in_no_members_copy(sell, luren, empty_store):
    give(luren, 20)
    buy(luren, sell("code", codes="A-1", cost_minor=990))
    ship_all()
    [placed] = [row for row in facts(luren) if row["code"] == "mall.ordered"]
    assert '"feathers": 20' in placed["details"]
    assert "cost_minor" not in placed["details"] and "990" not in placed["details"]

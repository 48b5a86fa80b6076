"""What the tests of segments, people, SQL and the API share: the house's log, with a shop's facts in it."""

from datetime import timedelta

import pytest

from lingyu.store.log import Compactor, log
from lingyu.store.log.door import inbox
from lingyu.store.log.tests.making import IDENTIFY, browser, days, fact, hours, user


@pytest.fixture
def tell(empty_store):
    """`tell(fact(…), …)`: facts that are in the log from then on."""

    def tell(*facts):
        here = log()
        with here.lease():
            Compactor(here, inbox()).take(list(facts))

    return tell


@pytest.fixture
def shop(tell):
    """安 looks, signs in, buys twice; 白 looks three times; 陈 once, with a better card; a machine."""
    tell(
        fact("looked", browser("b1"), url="https://shop.example/tea?secret=1", colour="red"),
        fact("identify", user("an"), browser("b1"), at=hours(1), link=IDENTIFY, kind="link"),
        fact("bought", user("an"), at=hours(2), order_id="o1", revenue=12.5, currency="CNY", colour="red"),
        fact("bought", user("an"), at=days(1), order_id="o2", revenue=99, currency="CNY", colour="green"),
        *(fact("looked", user("bai"), at=days(n), colour="green") for n in range(3)),
        fact("looked", user("chen"), at=timedelta(minutes=5), colour="blue", card="gold"),
        fact("set", user("chen"), kind="profile", change="set", level=3),
        fact("looked", browser("crawler"), bot=True),
    )

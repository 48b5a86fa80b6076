"""The collector's part of the demo: a month of a simulated app's events, sent as its SDK would send them.

They come in by the door, the inbox and the compactor, like everybody's; the source says that it is simulated.
"""

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import msgspec
from django.contrib.auth import get_user_model

from lingyu.kernel.ids import LINGYU
from lingyu.store.inbox import Writer
from lingyu.store.log import Compactor, log

from . import actions
from .book import Book
from .door import Door
from .models import Source
from .running import inbox, load_entries, secret
from .wire import Request

NAME = "羽记 App（模拟数据）"
# About 50,000 events.
PEOPLE, DAYS, BATCH = 2_600, 35, 2_000
# Channels: how many come by each of a hundred, how likely they are back on a day, how likely they buy.
CHANNELS = {
    "应用商店": (34, 0.30, 0.08),
    "公众号": (24, 0.42, 0.13),
    "朋友推荐": (14, 0.55, 0.19),
    "信息流广告": (18, 0.13, 0.03),
    "direct": (10, 0.36, 0.10),
}
# By which they come back.
AGAIN = {"direct": 5, "公众号": 3, "朋友推荐": 1, "应用商店": 1}
PLATFORMS, COLUMNS = ("iOS", "Android", "小程序"), ("运营方法", "复盘", "工具", "访谈", "数据")
PRICES = (12, 25, 68, 198)


def load(now: datetime) -> None:
    """Send all of it; what was sent before, by a run that was broken off, counts once."""
    aque = get_user_model().objects.get(username="aque")
    source = Source.objects.filter(name=NAME).first() or actions.make_source(actor=aque, name=NAME)
    book = Book(load_entries)
    book.refresh()
    door, writer = Door(book, secret()), Writer(inbox()).start()
    try:
        for batch in _batches(list(events(now))):
            decision = door.decide(_request(source, batch, now))
            if decision.row is None:
                raise RuntimeError(f"the demo's own facts were refused: {decision.answer.status}")
            writer.put_and_wait(decision.row)
    finally:
        writer.stop()
    here = log()
    with here.lease():
        Compactor(here, inbox()).run()
        here.derived.build()


def events(now: datetime) -> Iterator[dict]:
    """What everybody did in the days before `now`, as an SDK says it; the same for the same moment."""
    # The same seed always: two people who look at the demo see the same app.
    random = Random(LINGYU.int)  # noqa: S311 - no secret is made of it
    begin = (now - timedelta(days=DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
    weights = [share for share, _back, _buy in CHANNELS.values()]
    for number in range(PEOPLE):
        channel = random.choices(list(CHANNELS), weights)[0]
        person = _Person(random, number, channel, random.choices(PLATFORMS, (4, 5, 3))[0])
        day = int(DAYS * random.random() ** 0.8)
        while day <= DAYS:
            at = begin + timedelta(days=day, hours=random.triangular(7, 24, 21))
            yield from (event for event in person.session(at) if event["at"] < now)
            if random.random() > person.loyalty:
                break
            day += 1 + int(random.expovariate(0.42))


class _Person:
    """One user of the app, who is known by a device and, once signed up, by a name."""

    def __init__(self, random: Random, number: int, channel: str, platform: str):
        self.random, self.number, self.channel, self.platform = random, number, channel, platform
        _share, back, self.buys = CHANNELS[channel]
        self.loyalty, self.known, self.told = min(0.97, back + 0.42), False, 0

    def session(self, at: datetime) -> Iterator[dict]:
        """One visit: opened, looked around, perhaps signed up, perhaps bought."""
        random, column = self.random, self.random.choice(COLUMNS)
        self.at = at
        # Who was won by one channel comes back by others, too.
        if self.told and random.random() < 0.5:
            self.channel = random.choices(list(AGAIN), AGAIN.values())[0]
        yield self.does("app_open")
        for _n in range(1 + int(random.expovariate(0.55))):
            if random.random() < 0.22:
                yield self.does("search", results=random.randrange(0, 40))
            yield self.does("view_article", column=column, seconds=random.randrange(8, 420))
        if not self.known and random.random() < 0.38:
            self.known = True
            yield self.does("")
            yield self.does("sign_up", method=random.choice(("微信", "手机号", "邮箱")))
        if self.known and random.random() < 0.16:
            yield self.does("share", column=column)
        if self.known and random.random() < 0.10 + self.buys:
            yield from self.buys_something()

    def buys_something(self) -> Iterator[dict]:
        """The way to an order, which most leave early."""
        price = self.random.choices(PRICES, (5, 4, 2, 1))[0]
        for name, goes_on in (("add_to_cart", 0.62), ("checkout", 0.74)):
            yield self.does(name, price=price)
            if self.random.random() > goes_on:
                return
        yield self.does("pay", price=price, plan="年度" if price > 60 else "单篇")

    def does(self, name: str, **properties) -> dict:
        """One event, some seconds or minutes after the one before; without a name, who it is."""
        self.at += timedelta(seconds=self.random.expovariate(1 / 50))
        self.told += 1
        keys = {"anonymousId": f"device-{self.number}"} | (
            {"userId": f"reader-{self.number}"} if self.known else {}
        )
        properties |= {"channel": self.channel, "platform": self.platform}
        return keys | {
            "name": name,
            "at": self.at,
            "id": f"demo-{self.number}-{self.told}",
            "properties": properties,
        }


def _batches(found: list[dict]) -> Iterator[list[dict]]:
    found.sort(key=lambda event: event["at"])
    for at in range(0, len(found), BATCH):
        yield found[at : at + BATCH]


def _request(source: Source, batch: list[dict], now: datetime) -> Request:
    """A batch as Segment's SDKs send it, each message with the time at which it happened."""
    messages = []
    for event in batch:
        names = {key: event[key] for key in ("anonymousId", "userId") if key in event}
        said = {"type": "track", "event": event["name"], "properties": event["properties"]}
        if not event["name"]:
            said = {"type": "identify", "traits": event["properties"]}
        messages.append(names | said | {"messageId": event["id"], "timestamp": event["at"].isoformat()})
    body = msgspec.json.encode({"batch": messages, "sentAt": now.isoformat()})
    credentials = base64.b64encode(f"{source.key}:".encode())
    headers = {b"content-type": b"application/json", b"authorization": b"Basic " + credentials}
    return Request("POST", f"/in/{source.prefix}/v1/batch", "", headers, body, "127.0.0.1")

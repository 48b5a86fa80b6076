"""The demo's mall: goods with simulated codes, and a few orders in every stage of their lives.

Suppliers are not asked: the demo speaks to nobody. Codes say that they are simulated.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.feathers import quotes
from lingyu.community.ledger.reads import balance
from lingyu.community.mall import actions
from lingyu.community.mall.models import Good, Order
from lingyu.community.mall.purposes import ORDER

from .diary import Diary

# What a buyer keeps at least.
SPARE = 15
ADDRESS = {
    "name": "收件人（模拟）",
    "phone": "13800000000",
    "region": "浙江省 杭州市 西湖区",
    "street": "示例路 1 号（模拟地址）",
    "postcode": "310000",
}
GOODS = [
    # kind, zh, en, price, cost in fen, codes or pieces, about zh, about en, further terms
    (
        "code",
        "咖啡抵用券",
        "Coffee voucher",
        20,
        1_500,
        24,
        "写作间隙来一杯。合作咖啡馆通用，抵十五元。\n券码为演示数据，不可实际使用。",
        "A cup between two paragraphs: fifteen yuan off at partner cafés.\nThe codes are simulated.",
        {"per_days": 2, "days": 30},
    ),
    (
        "code",
        "资料库月度会员",
        "A month of the library",
        20,
        1_000,
        6,
        "报告、模板与案例库，开通后三十天内随意看。\n会员码为演示数据，不可实际使用。",
        "Reports, templates and cases, for thirty days.\nThe codes are simulated.",
        {"per_life": 1},
    ),
    (
        "physical",
        "翎羽帆布袋",
        "Plume tote bag",
        30,
        2_350,
        12,
        "厚帆布，印一片羽毛，装得下笔记本电脑和两本书。\n下单后七天内寄出，只寄中国大陆。",
        "Heavy canvas with one feather on it; holds a laptop and two books.\nSent within seven days.",
        {},
    ),
    (
        "virtual",
        "一对一改稿半小时",
        "Half an hour with an editor",
        60,
        8_000,
        3,
        "把你的稿子交给编辑，半小时逐段过一遍。编辑会把预约链接发到订单页。",
        "An editor goes through your draft with you. The link to book a time comes to the page of the order.",
        {"least_tier": 1, "per_life": 1},
    ),
]


def plan(people: dict, articles: list[Article], random: Random, now: datetime, diary: Diary) -> None:
    """Put goods on sale, and have those who have the feathers order some of them."""
    keeper, start = people["aque"], now - timedelta(days=50)
    goods = [_good(keeper, n, *about, at=start) for n, about in enumerate(GOODS)]
    buyers = [m for m in people.values() if m != keeper]
    # Seldom at first, and only coffee.
    for days in (44, 34, 24, 16, *range(12, 0, -1)):
        at = now - timedelta(days=days, minutes=random.randrange(300))
        good = goods[0] if days > 12 else goods[2] if days % 2 == 0 else random.choice(goods[:2])
        diary.at(at, partial(_order, buyers, good, keeper, random, at, days, diary))


def _good(keeper: Member, place: int, kind: str, zh: str, en: str, price: int, cost: int, *rest, at) -> Good:
    number, zh_about, en_about, more = rest
    stock = {} if kind == "code" else {"stock": number}
    terms = {"zh": zh, "en": en, "zh_about": zh_about, "en_about": en_about, "position": place}
    terms |= {"feathers": price, "cost_minor": cost} | more | stock
    good = actions.make_good(actor=keeper, kind=kind, at=at, **terms)
    if kind == "code":
        codes = "\n".join(f"DEMO-{place}{n:03}-{(n * 7919 + place) % 10_000:04}" for n in range(number))
        actions.import_codes(actor=keeper, good=good, text=codes, at=at)
    actions.open_good(actor=keeper, good=good, at=at)
    return good


def _order(
    buyers: list[Member], good: Good, keeper: Member, random: Random, at: datetime, days: int, diary: Diary
) -> None:
    """An order by one who has the feathers and some to spare, if there is any, and what becomes of it."""
    rich = [m for m in buyers if balance(m.id).available >= good.feathers + SPARE]
    if not rich:
        return
    member = random.choice(rich)
    quote = quotes.quote(ORDER, good.id, member.id, good.feathers, good.feathers)
    order = actions.place_order(actor=member, good=good, quote=quote, address=ADDRESS, at=at).order
    if order:
        for later, deed in _see_to(order, keeper, random.random() < 0.7, at + timedelta(hours=3), days):
            diary.at(later, partial(deed, order=order, at=later))


def _see_to(order: Order, keeper: Member, curious: bool, at: datetime, days: int) -> Iterator[tuple]:
    """What becomes of it, each with its time: old ones are done, the last ones wait."""
    if order.good.kind == "code":
        if curious:
            yield at, partial(actions.reveal_code, actor=order.member)
    elif days > 8 or 2 < days <= 5:
        yield at, partial(actions.ship_order, actor=keeper, carrier="顺丰", tracking=f"SF{days:010}")
        if days > 8:
            yield at + timedelta(days=2), partial(actions.confirm_received, actor=order.member)
    elif days > 5:
        yield at, partial(actions.refund_order, actor=keeper, why="包装破损，已为你退回羽毛。")

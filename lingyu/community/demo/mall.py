"""The demo's mall: goods with simulated codes, and a few orders in every stage of their lives.

Suppliers are not asked: the demo speaks to nobody. Codes say that they are simulated.
"""

from datetime import datetime, timedelta
from random import Random

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.feathers import quotes
from lingyu.community.ledger.reads import available_at, balance
from lingyu.community.mall import actions
from lingyu.community.mall.models import Good, Order
from lingyu.community.mall.purposes import ORDER

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


def load(people: dict[str, Member], articles: list[Article], random: Random, now: datetime) -> None:
    """Put goods on sale, and let those who have the feathers order some of them."""
    keeper, start = people["aque"], now - timedelta(days=50)
    goods = [_good(keeper, n, *about, at=start) for n, about in enumerate(GOODS)]
    buyers = [m for m in people.values() if m != keeper]
    # Seldom at first, and only coffee.
    for days in (44, 34, 24, 16, *range(12, 0, -1)):
        at = now - timedelta(days=days, minutes=random.randrange(300))
        good = goods[0] if days > 12 else goods[2] if days % 2 == 0 else random.choice(goods[:2])
        if order := _order(buyers, good, random, at):
            _see_to(order, keeper, random, at, days)


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


def _order(buyers: list[Member], good: Good, random: Random, at: datetime) -> Order | None:
    """An order by one who has the feathers and some to spare, if there is any."""
    enough = good.feathers + 40
    rich = [m for m in buyers if min(balance(m.id).available, available_at(m.id, at) + 40) >= enough]
    if not rich:
        return None
    member = random.choice(rich)
    quote = quotes.quote(ORDER, good.id, member.id, good.feathers, good.feathers)
    return actions.place_order(actor=member, good=good, quote=quote, address=ADDRESS, at=at).order


def _see_to(order: Order, keeper: Member, random: Random, at: datetime, days: int) -> None:
    """What became of it: old ones are done, the last ones wait."""
    later = at + timedelta(hours=3)
    if order.good.kind == "code":
        if random.random() < 0.7:
            actions.reveal_code(actor=order.member, order=order, at=later)
    elif days > 8:
        actions.ship_order(actor=keeper, order=order, carrier="顺丰", tracking=f"SF{days:010}", at=later)
        actions.confirm_received(actor=order.member, order=order, at=later + timedelta(days=2))
    elif days > 5:
        actions.refund_order(actor=keeper, order=order, why="包装破损，已为你退回羽毛。", at=later)
    elif days > 2:
        actions.ship_order(actor=keeper, order=order, carrier="顺丰", tracking=f"SF{days:010}", at=later)

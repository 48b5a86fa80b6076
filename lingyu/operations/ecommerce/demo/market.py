"""A simulated market: who buys what on which day, who changes their mind, who only looks.

Knows no file formats. Weeks and the great shopping days have their shape; the last two weeks of
the platform shop have more visitors who buy less often, so that the desk has something to explain.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import sin, tau
from random import Random

DAYS = 400

# (code, title, price in yuan)
GOODS = (
    ("QC-101", "青瓷主人杯 手工拉坯", 128),
    ("QC-102", "青瓷盖碗 三才泡茶碗", 168),
    ("QC-105", "哥窑开片品茗杯 六只装", 239),
    ("ZC-201", "竹制茶盘 储水式", 199),
    ("ZC-204", "湘妃竹茶则", 46),
    ("ZC-207", "竹编收纳篮 大号", 79),
    ("BY-301", "亚麻桌旗 水洗", 89),
    ("BY-303", "棉麻坐垫 可拆洗", 59),
    ("BY-308", "蓝染方巾", 39),
    ("XX-401", "檀香线香 三十支", 68),
    ("XX-402", "铜制香插 山形", 98),
    ("XX-405", "艾草香囊", 29),
    ("DJ-501", "黄铜书签 羽毛", 35),
    ("DJ-502", "牛皮纸笔记本 三本装", 45),
    ("DJ-506", "羽毛笔礼盒", 156),
    ("CY-601", "明前龙井 五十克", 188),
    ("CY-602", "白牡丹 茶饼", 268),
    ("CY-605", "桂花乌龙 袋泡茶", 58),
    ("DS-701", "纸罩台灯 暖光", 219),
    ("DS-702", "陶土花器 小口", 108),
    ("DS-707", "木质相框 六寸", 49),
)
PROVINCES = (
    ("广东", 16),
    ("浙江", 14),
    ("江苏", 13),
    ("上海", 9),
    ("北京", 8),
    ("四川", 7),
    ("山东", 7),
    ("福建", 6),
    ("湖北", 5),
    ("河南", 5),
    ("湖南", 4),
    ("陕西", 3),
    ("辽宁", 3),
    ("云南", 2),
    ("广西", 2),
    ("黑龙江", 1),
    ("新疆", 1),
    ("甘肃", 1),
)
_NAMES = "山溪云竹松荷梅兰青墨砚棠枫月舟鹿鹤雀禾穗茶茗石泉雪霜露岚汀沐"
# Orders by the hour of the day: the evening is the time to buy.
HOURS = (2, 1, 1, 0, 0, 0, 1, 3, 5, 8, 10, 9, 7, 7, 7, 7, 7, 6, 6, 8, 12, 14, 11, 6)


@dataclass(frozen=True)
class Plan:
    """A shop that is simulated: `daily` orders on a common day, `rate` of visitors who buy."""

    code: str
    name: str
    platform: str
    daily: float
    rate: float
    buyers: int


@dataclass
class Order:
    """One order: items are (place in GOODS, pieces); amounts in fen.

    `paid_at` None means that nobody paid. `back` are refunds as (time, amount, item or None for
    all of it).
    """

    number: str
    buyer: str
    province: str
    placed_at: datetime
    paid_at: datetime | None
    items: list[tuple[int, int]]
    discount: int
    postage: int
    back: list[tuple[datetime, int, int | None]] = field(default_factory=list)
    cancelled_at: datetime | None = None

    @property
    def goods(self) -> int:
        """The price of all items, before the discount."""
        return sum(GOODS[place][2] * 100 * pieces for place, pieces in self.items)

    @property
    def paid(self) -> int:
        """What the buyer paid, or would have."""
        return self.goods - self.discount + self.postage


@dataclass
class Trade:
    """What happened in a shop: its orders, and its visitors by day."""

    orders: list[Order] = field(default_factory=list)
    visitors: dict[date, int] = field(default_factory=dict)


SHOPS = (
    Plan("taobao", "青岚茶器（演示淘宝店）", "taobao", 7.0, 0.034, 1700),
    Plan("jd", "青岚旗舰店（演示京东店）", "jd", 4.2, 0.041, 1100),
    Plan("own", "青岚小铺（演示自营店）", "own", 2.4, 0.028, 600),
)


def trade(plan: Plan, random: Random, now: datetime) -> Trade:
    """Everything that happens in a shop on the days up to `now`, an aware time of its zone."""
    traded = Trade()
    for age in range(DAYS - 1, -1, -1):
        day = now.date() - timedelta(days=age)
        expected = plan.daily * demand(day) * (1.25 - 0.5 * age / DAYS)
        visits = 1.0
        if plan.code == "taobao" and age < 14:
            # More come, fewer buy: the bridge on the desk should find it.
            visits, expected = 1.3, expected * 0.92
        count = max(0, round(random.gauss(expected, expected**0.5)))
        begun = [o for o in _orders(plan, random, day, count, now) if o.placed_at < now]
        traded.orders += begun
        buyers = len({o.buyer for o in begun if o.paid_at})
        noise = random.uniform(0.88, 1.12)
        if age:
            traded.visitors[day] = max(buyers, round((expected / plan.rate) * visits * noise))
    return traded


def demand(day: date) -> float:
    """How much is bought on a day beside a common one: week, season, and the great shopping days."""
    week = (0.94, 0.92, 0.95, 0.98, 1.02, 1.12, 1.10)[day.weekday()]
    season = 1 + 0.08 * sin(tau * (day.timetuple().tm_yday - 80) / 365)
    great = {(6, 18): 5.0, (11, 11): 6.5, (12, 12): 3.2, (6, 1): 2.2, (11, 1): 2.4, (3, 8): 1.8}
    peak = great.get((day.month, day.day), 1.0)
    if peak == 1.0 and ((day.month == 6 and day.day < 19) or (day.month == 11 and day.day < 12)):
        peak = 1.35
    return week * season * peak


def _orders(plan: Plan, random: Random, day: date, count: int, now: datetime) -> Iterator[Order]:
    for turn in range(count):
        hour = random.choices(range(24), HOURS)[0]
        placed = datetime.combine(day, time(hour, random.randrange(60), random.randrange(60)), now.tzinfo)
        # A few buy again and again, most once: squaring crowds the low numbers.
        buyer = int(plan.buyers * random.random() ** 2)
        items = [
            (_choice(random), 1 + (random.random() < 0.18))
            for _ in range(random.choice((1, 1, 1, 1, 2, 2, 3)))
        ]
        order = Order(
            f"{day:%y%m%d}{turn:04d}{random.randrange(10**8):08d}",
            _name(plan, buyer),
            _province(buyer),
            placed,
            None if random.random() < 0.06 else placed + timedelta(seconds=random.randrange(20, 900)),
            list(dict(items).items()),
            0,
            0,
        )
        order.discount = order.goods // 1000 * random.choice((0, 0, 0, 50, 80, 120))
        order.postage = 800 if order.goods < 6900 else 0
        if order.paid_at:
            _change_of_mind(order, random, now)
        yield order


def _change_of_mind(order: Order, random: Random, now: datetime) -> None:
    """Some orders are cancelled soon, some goods come back within two weeks."""
    luck = random.random()
    if luck < 0.03:
        at = order.paid_at + timedelta(hours=random.uniform(0.2, 20))
        order.cancelled_at = at if at < now else None
    elif luck < 0.09:
        at = order.paid_at + timedelta(days=random.uniform(2, 14))
        place, pieces = order.items[0]
        whole = len(order.items) == 1 and random.random() < 0.6
        amount = (
            order.paid
            if whole
            else min(order.paid, GOODS[place][2] * 100 * pieces * random.choice((3, 5, 10)) // 10)
        )
        if at < now:
            order.back.append((at, amount, None if whole else 0))


def _choice(random: Random) -> int:
    """A product; the first of each kind sell best."""
    return int(len(GOODS) * random.random() ** 1.6)


def _name(plan: Plan, buyer: int) -> str:
    first, second = _NAMES[buyer % 30], _NAMES[buyer // 30 % 30]
    return f"{first}{second}{plan.code[0]}{buyer:04d}"


_WEIGHTED = [name for name, weight in PROVINCES for _ in range(weight)]


def _province(buyer: int) -> str:
    # A buyer lives where they live.
    return _WEIGHTED[buyer * 7919 % len(_WEIGHTED)]

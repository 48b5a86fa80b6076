"""The manifest of rewards: its final KPI, what drives it, and what its desk shows."""

from lingyu.kernel.access import MANAGE_FEATHERS
from lingyu.kernel.operations import Drivers, Page, Panel, operation
from lingyu.kernel.text import N_

from . import desk
from . import metrics as m
from .names import article_names, cause_names, reason_names

_FLOWS = (
    m.ISSUED,
    m.REDEEMED,
    m.PROMISED,
    m.EXPIRED,
    m.CLAWED_BACK,
    m.REFUNDED,
    m.REFUSALS,
    m.TOO_FEW,
    m.UNLOCKS,
    m.QUIZ_RIGHT_RATE,
)


def _page(view, *, zh: str, en: str, icon: str) -> Page:
    """A page of whoever manages feathers, called as its view is."""
    return Page(code=view.__name__, zh=zh, en=en, icon=icon, view=view, permission=MANAGE_FEATHERS)


OPERATION = operation(
    code="rewards",
    zh="激励运营",
    en="Rewards",
    order=80,
    icon="feather",
    about=N_("Who earns feathers and for what, whether they are worth redeeming, and what they cost."),
    begin=N_("Feathers move by themselves once members answer quizzes, comment and unlock articles."),
    final=m.REDEEMERS,
    tiles=(
        m.REDEEMERS,
        m.EARNERS,
        m.ISSUED,
        m.REDEEMED,
        m.REDEMPTION_RATE,
        m.EARN_TO_REDEEM,
        m.EXPIRED,
        m.CLAWED_BACK,
        m.REFUSALS,
        m.QUIZ_RIGHT_RATE,
    ),
    drivers=(
        Drivers(of=m.REDEEMERS, levels=(m.EARNERS, m.REDEEMERS), factors=(m.EARNERS, m.REDEEMING_SHARE)),
    ),
    panels=(
        Panel(
            code="trend",
            zh="趋势",
            en="Trend",
            kind="trend",
            wide=True,
            metrics=(m.REDEEMERS, m.EARNERS, m.EARN_TO_REDEEM, m.REDEMPTION_RATE, *_FLOWS),
        ),
        Panel(
            code="bridge",
            zh="消耗人数为何变动",
            en="What moved it",
            kind="bridge",
            metrics=(m.REDEEMERS,),
        ),
        Panel(
            code="refusals",
            zh="未发放的原因",
            en="Why attempts brought nothing",
            kind="breakdown",
            by="reason",
            names=reason_names,
            metrics=(m.REFUSALS, m.REFUSED_MEMBERS),
        ),
        Panel(
            code="rules",
            zh="按规则",
            en="By rule",
            kind="breakdown",
            by="cause",
            names=cause_names,
            wide=True,
            metrics=(m.ISSUED, m.EARNERS, m.PROMISED, m.VOIDED, m.CLAWED_BACK, m.REFUSALS),
        ),
        Panel(
            code="purposes",
            zh="按用途",
            en="By purpose",
            kind="breakdown",
            by="cause",
            names=cause_names,
            metrics=(m.SPENT, m.REDEEMERS, m.REFUNDED, m.TOO_FEW, m.MISSING),
        ),
        Panel(
            code="articles",
            zh="按文章",
            en="By article",
            kind="breakdown",
            by="article",
            names=article_names,
            metrics=(m.QUIZ_RIGHT, m.QUIZ_WRONG, m.QUIZ_RIGHT_RATE, m.UNLOCKS, m.UNLOCKERS),
        ),
    ),
    pages=(
        _page(desk.rules, zh="羽毛规则", en="Rules", icon="sliders-horizontal"),
        _page(desk.goods, zh="商品", en="Goods", icon="shopping-bag"),
        _page(desk.orders, zh="兑换订单", en="Orders", icon="receipt-text"),
        _page(desk.suppliers, zh="供应商", en="Suppliers", icon="plug"),
        _page(desk.liability, zh="负债与成本", en="Liability", icon="scale"),
        _page(desk.fission, zh="裂变", en="Fission", icon="network"),
        _page(desk.members, zh="会员查询", en="Look up a member", icon="user-search"),
        _page(desk.adjustments, zh="人工调整", en="Adjustments", icon="hand-coins"),
        _page(desk.health, zh="账本健康", en="Ledger health", icon="heart-pulse"),
    ),
)

"""The manifest of e-commerce: its final KPI, what drives it, and what its desk shows."""

from lingyu.kernel.operations import Drivers, Filter, Importer, Page, Panel, operation
from lingyu.kernel.text import N_

from . import desk
from . import metrics as m

_SALES = (m.GMV, m.PAID_ORDERS, m.PAYING_BUYERS, m.REVENUE_PER_BUYER, m.AOV, m.REFUND_RATE, m.NET_GMV)

OPERATION = operation(
    code="ecommerce",
    zh="电商运营",
    en="E-commerce",
    order=10,
    icon="shopping-cart",
    about=N_(
        "What the shops took, what was given back, and which of visitors, conversion and value moved it."
    ),
    begin=N_("Import an order export of Taobao, Tmall, JD or any shop: what was paid stands here at once."),
    final=m.GMV,
    tiles=(
        m.GMV,
        m.PAID_ORDERS,
        m.PAYING_BUYERS,
        m.VISITORS,
        m.CONVERSION_RATE,
        m.REVENUE_PER_BUYER,
        m.AOV,
        m.REFUND_RATE,
        m.NET_GMV,
        m.NET_GMV_BY_PAY_DAY,
    ),
    drivers=(
        Drivers(
            of=m.GMV,
            known_by="shop",
            levels=(m.VISITORS, m.PAYING_BUYERS, m.GMV),
            factors=(m.VISITORS, m.CONVERSION_RATE, m.REVENUE_PER_BUYER),
        ),
        Drivers(of=m.GMV, levels=(m.PAYING_BUYERS, m.GMV), factors=(m.PAYING_BUYERS, m.REVENUE_PER_BUYER)),
        Drivers(of=m.GMV, levels=(m.PAID_ORDERS, m.GMV), factors=(m.PAID_ORDERS, m.AOV)),
    ),
    filters=(
        Filter(field="shop", zh="店铺", en="Shop"),
        Filter(field="country", zh="国家／省份", en="Country or province"),
    ),
    panels=(
        Panel(
            code="trend",
            zh="成交趋势",
            en="Trend",
            kind="trend",
            wide=True,
            metrics=(
                m.GMV,
                m.NET_GMV,
                m.NET_GMV_BY_PAY_DAY,
                m.PAID_ORDERS,
                m.PAYING_BUYERS,
                m.VISITORS,
                m.CONVERSION_RATE,
                m.REVENUE_PER_BUYER,
                m.AOV,
                m.REFUND_AMOUNT,
                m.REFUND_RATE,
            ),
        ),
        Panel(code="bridge", zh="成交为何变动", en="What moved it", kind="bridge", metrics=(m.GMV,)),
        Panel(
            code="shops",
            zh="按店铺",
            en="By shop",
            kind="breakdown",
            by="shop",
            wide=True,
            metrics=(
                m.GMV,
                m.PAID_ORDERS,
                m.PAYING_BUYERS,
                m.VISITORS,
                m.CONVERSION_RATE,
                m.REVENUE_PER_BUYER,
                m.AOV,
                m.REFUND_RATE,
                m.NET_GMV,
            ),
        ),
        Panel(
            code="products",
            zh="按商品",
            en="By product",
            kind="breakdown",
            by="product",
            names=desk.product_names,
            wide=True,
            metrics=(m.GMV, m.ITEMS_SOLD, m.PAID_ORDERS, m.REFUND_AMOUNT, m.NET_GMV),
        ),
        Panel(
            code="countries",
            zh="按国家／省份",
            en="By country or province",
            kind="breakdown",
            by="country",
            metrics=_SALES,
            wide=True,
        ),
    ),
    pages=(
        Page(code="orders", zh="订单明细", en="Orders", icon="receipt-text", view=desk.orders),
        Page(code="imports", zh="导入记录", en="Imports", icon="file-up", view=desk.imports),
    ),
    importers=(
        Importer(
            code="orders",
            zh="订单",
            en="Orders",
            command="lingyu.operations.ecommerce.importers.orders.OrdersCommand",
        ),
        Importer(
            code="visitors",
            zh="访客数",
            en="Visitors",
            command="lingyu.operations.ecommerce.importers.visitors.VisitorsCommand",
        ),
    ),
)

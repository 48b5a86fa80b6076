"""The manifest of e-commerce: its final KPI, what drives it, and what its desk shows."""

from lingyu.kernel.operations import Importer, operation

from . import metrics as m

ECOMMERCE = operation(
    code="ecommerce", zh="电商运营", en="E-commerce", order=10, icon="shopping-cart",
    about="",
    final=m.GMV, tiles=(m.GMV, m.PAID_ORDERS), panels=(),
    importers=(
        Importer(code="orders", zh="订单", en="Orders",
                 command="lingyu.operations.ecommerce.importers.orders.OrdersCommand"),
        Importer(code="visitors", zh="访客数", en="Visitors",
                 command="lingyu.operations.ecommerce.importers.visitors.VisitorsCommand"),
    ),
)

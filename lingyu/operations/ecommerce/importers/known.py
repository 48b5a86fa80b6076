"""The formats that can be read, by their codes; `auto` tries all of them."""

from .douyin import DouyinOrders
from .formats import OrderFormat
from .generic import Generic
from .jd import JdOrders
from .pdd import PddOrders
from .taobao import TaobaoDetails, TaobaoOrders
from .tmall import TmallOrders, TmallRefunds

GENERIC = Generic.code
FORMATS: dict[str, OrderFormat] = {
    f.code: f()
    for f in (
        Generic,
        TaobaoOrders,
        TaobaoDetails,
        TmallOrders,
        TmallRefunds,
        JdOrders,
        PddOrders,
        DouyinOrders,
    )
}

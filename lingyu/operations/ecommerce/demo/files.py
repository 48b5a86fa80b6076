"""The simulated market as files: what the platforms' sellers download, quirks and all.

Holds writing only. Personal data is not even simulated where the importers do not read it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from .market import GOODS, Order, Plan, Trade

_TAOBAO = (
    "订单编号",
    "买家会员名",
    "买家支付宝账号",
    "买家应付货款",
    "买家应付邮费",
    "买家支付积分",
    "总金额",
    "返点积分",
    "买家实际支付金额",
    "买家实际支付积分",
    "订单状态",
    "买家留言",
    "收货人姓名",
    "收货地址 ",
    "运送方式",
    "联系电话",
    "联系手机",
    "订单创建时间",
    "订单付款时间 ",
    "宝贝标题",
    "宝贝种类",
    "物流单号",
    "物流公司",
    "订单备注",
    "宝贝总数量",
    "店铺Id",
    "店铺名称",
    "订单关闭原因",
    "卖家服务费",
    "买家服务费",
    "发票抬头",
    "是否手机订单",
    "分阶段订单信息",
    "定金排名",
    "修改后的sku",
    "修改后的收货地址",
    "异常信息",
)
_REFUNDS = (
    "退款编号",
    "订单编号",
    "商家编码",
    "宝贝标题",
    "退款完结时间",
    "退款总额",
    "售后类型",
    "买家退款原因",
    "退给买家金额",
    "退给平台金额",
)
_JD = (
    "订单号",
    "商品ID",
    "商品名称",
    "订购数量",
    "支付方式",
    "下单时间",
    "京东价",
    "订单金额",
    "结算金额",
    "余额支付",
    "应付金额",
    "订单状态",
    "订单类型",
    "下单帐号",
    "客户姓名",
    "客户地址",
    "联系电话",
    "订单备注",
    "发票类型",
    "发票抬头",
    "发票内容",
    "商家备注",
    "商家备注等级（等级1-5为由高到低）",
    "运费金额",
    "付款确认时间",
    "增值税发票",
    "货号",
    "订单完成时间",
    "订单来源",
    "订单渠道",
)
_OWN = ("订单号", "类型", "支付时间", "商品编码", "商品名称", "数量", "金额", "会员名", "省份", "退款编号")


def orders(plan: Plan, traded: Trade, folder: Path) -> list[Path]:
    """The order files of a shop, in the order in which they are to be imported."""
    if plan.code == "taobao":
        return [
            _write(folder / "ExportOrderList.csv", _TAOBAO, map(_taobao, traded.orders), "gb18030"),
            _write(folder / "退款.csv", _REFUNDS, _refunds(traded.orders), "gb18030"),
        ]
    if plan.code == "jd":
        rows = [row for order in traded.orders for row in _jd(order)]
        refunds = [r for order in traded.orders for r in _own_refunds(order)]
        return [
            _write(folder / "京东订单.csv", _JD, [*rows, dict.fromkeys(_JD, "")], "gb18030"),
            _write(folder / "京东退款.csv", _OWN, refunds, "gb18030"),
        ]
    rows = [row for order in traded.orders if order.paid_at for row in (*_own(order), *_own_refunds(order))]
    return [_write(folder / "自营订单.csv", _OWN, rows, "utf-8-sig")]


def visitors(plan: Plan, traded: Trade, folder: Path) -> Path:
    """The shop's visitors by day."""
    rows = [{"统计日期": day.isoformat(), "访客数": f"{count:,}"} for day, count in traded.visitors.items()]
    return _write(folder / f"{plan.code}-访客.csv", ("统计日期", "访客数"), rows, "gb18030")


def _write(path: Path, header: Sequence[str], rows: Iterable[dict[str, object]], encoding: str) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _when(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""


def _taobao(order: Order) -> dict[str, object]:
    closed = order.cancelled_at or order.paid_at is None
    return {
        "订单编号": f'="{order.number}"',
        "买家会员名": order.buyer,
        "买家应付货款": _yuan(order.goods - order.discount),
        "买家应付邮费": _yuan(order.postage),
        "总金额": _yuan(order.paid),
        "买家实际支付金额": _yuan(order.paid if order.paid_at else 0),
        "订单状态": "交易关闭" if closed else "交易成功",
        "收货地址 ": f"{order.province} （模拟数据，无地址）",
        "订单创建时间": _when(order.placed_at),
        "订单付款时间 ": _when(order.paid_at),
        "宝贝标题": "，".join(GOODS[p][1] for p, _n in order.items),
        "宝贝种类": len(order.items),
        "宝贝总数量": sum(n for _p, n in order.items),
        "订单关闭原因": ("退款" if order.paid_at else "买家未付款") if closed else "订单未关闭",
    }


def _refunds(orders: Iterable[Order]) -> Iterable[dict[str, object]]:
    for order in orders:
        for turn, (at, amount, _item) in enumerate(order.back, 1):
            yield {
                "退款编号": f"R{order.number}{turn}",
                "订单编号": f'="{order.number}"',
                "退款完结时间": _when(at),
                "退款总额": _yuan(amount),
                "售后类型": "退货退款",
                "退给买家金额": _yuan(amount),
            }


def _jd(order: Order) -> Iterable[dict[str, object]]:
    status = "等待付款" if order.paid_at is None else "(删除)等待出库" if order.cancelled_at else "完成"
    for place, pieces in order.items:
        code, title, price = GOODS[place]
        yield {
            "订单号": order.number,
            "商品ID": code,
            "商品名称": title,
            "订购数量": pieces,
            "支付方式": "在线支付",
            "下单时间": _when(order.placed_at),
            "京东价": f"{price}.00",
            "订单金额": _yuan(order.goods),
            "结算金额": _yuan(order.paid),
            "余额支付": "0.00",
            "应付金额": _yuan(order.paid),
            "订单状态": status,
            "下单帐号": order.buyer,
            "客户地址": f"{order.province}（模拟数据，无地址）",
            "运费金额": _yuan(order.postage),
            "付款确认时间": _when(order.paid_at),
            "订单完成时间": _when(order.cancelled_at),
        }


def _own(order: Order) -> Iterable[dict[str, object]]:
    left, last = order.paid, len(order.items) - 1
    for turn, (place, pieces) in enumerate(order.items):
        code, title, price = GOODS[place]
        # The last item carries what rounding leaves.
        amount = left if turn == last else order.paid * price * 100 * pieces // order.goods
        left -= amount
        yield {
            "订单号": order.number,
            "类型": "销售",
            "支付时间": _when(order.paid_at),
            "商品编码": code,
            "商品名称": title,
            "数量": pieces,
            "金额": _yuan(amount),
            "会员名": order.buyer,
            "省份": order.province,
        }
    if order.cancelled_at:
        yield {
            "订单号": order.number,
            "类型": "退款",
            "支付时间": _when(order.cancelled_at),
            "金额": _yuan(order.paid),
            "会员名": order.buyer,
            "省份": order.province,
            "退款编号": f"R{order.number}0",
        }


def _own_refunds(order: Order) -> Iterable[dict[str, object]]:
    for turn, (at, amount, item) in enumerate(order.back, 1):
        code, title = (
            GOODS[order.items[item or 0][0]][:2] if len(order.items) == 1 or item is not None else ("", "")
        )
        yield {
            "订单号": order.number,
            "类型": "退款",
            "支付时间": _when(at),
            "商品编码": code,
            "商品名称": title,
            "金额": _yuan(amount),
            "会员名": order.buyer,
            "省份": order.province,
            "退款编号": f"R{order.number}{turn}",
        }

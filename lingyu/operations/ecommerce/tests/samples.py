"""Headers of the platforms' exports, as programs that read them know them, and rows of them."""

import csv

from lingyu.operations.ecommerce.models import LedgerEntry


def names(text: str) -> list[str]:
    """Column names out of a text in which spaces stand between them."""
    return text.split()


def row(header, **cells):
    """A row of `header`, blank but for `cells`."""
    assert cells.keys() <= set(header)
    return [cells.get(column, "") for column in header]


def amounts(**where):
    """Amounts in the ledger, by order, payments first."""
    return list(
        LedgerEntry.objects.filter(**where)
        .order_by("order_number", "-amount")
        .values_list("amount", flat=True)
    )


def report(name):
    """The rows of an error report, by its columns."""
    with open(name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


TAOBAO_2016 = names("""
    订单编号 买家会员名 买家支付宝账号 买家应付货款 买家应付邮费 买家支付积分 总金额 返点积分
    买家实际支付金额 买家实际支付积分 订单状态 买家留言 收货人姓名 收货地址 运送方式 联系电话
    联系手机 订单创建时间 订单付款时间 宝贝标题 宝贝种类 物流单号 物流公司 订单备注 宝贝总数量
    店铺Id 店铺名称 订单关闭原因 卖家服务费 买家服务费 发票抬头 是否手机订单 分阶段订单信息 定金排名
    修改后的sku 修改后的收货地址 异常信息
""")
# Two columns came in between in 2019.
TAOBAO_2019 = [*TAOBAO_2016[:3], "支付单号", "支付详情", *TAOBAO_2016[3:]]
# A shop system that imitates the list.
HISHOP = [
    {
        "店铺Id": "分销商Id",
        "店铺名称": "分销商店铺名称",
        "买家实际支付金额": "支付金额",
        "收货人姓名": "收货人",
    }.get(c, c)
    for c in TAOBAO_2016
    if c not in ("是否手机订单", "分阶段订单信息")
] + ["卡券抵扣", "积分抵扣", "是否是O2O交易"]
TMALL = names("""
    主订单编号 子订单编号 商品标题 商品属性 商品价格 购买数量 买家实付金额 商家编码 订单状态
    退款状态 订单创建时间 订单付款时间 物流单号
""")
TMALL_REFUND = names("""
    退款编号 订单编号 商家编码 宝贝标题 退款完结时间 退款总额 售后类型 买家退款原因 退给买家金额
    退给平台金额
""")
JD = names("""
    订单号 商品ID 商品名称 订购数量 支付方式 下单时间 京东价 订单金额 结算金额 余额支付 应付金额
    订单状态 订单类型 下单帐号 客户姓名 客户地址 联系电话 订单备注 发票类型 发票抬头 发票内容
    商家备注 商家备注等级（等级1-5为由高到低） 运费金额 付款确认时间 增值税发票 货号 订单完成时间
    订单来源 订单渠道
""")
PDD = names("""
    订单成交时间 商品 订单号 订单状态 商品总价(元) 邮费(元) 店铺优惠折扣(元) 平台优惠折扣(元)
    多多支付立减金额(元) 用户实付金额(元) 商家实收金额(元) 商品数量(件) 发货时间 确认收货时间 商品id
    商品规格 样式ID 商家编码-规格维度 商家编码-商品维度 商家备注 售后状态 快递单号 快递公司
""")
DOUYIN = names("""
    主订单编号 子订单编号 选购商品 商品规格 商品数量 商家编码 订单应付金额 运费 收件人 收件人手机号
    详细地址 订单提交时间 商家备注 订单完成时间 订单状态 售后状态 取消原因 发货时间
    平台实际承担优惠金额 商家实际承担优惠金额 达人实际承担优惠金额
""")
# A table of our own, and an order of it.
HEADER = ["order_id", "paid_at", "product_id", "quantity", "unit_price", "customer_id", "country"]
ORDER = ["A1", "2026-06-01 12:00:00", "SKU-1", "2", "12.50", "17850.0", "France"]

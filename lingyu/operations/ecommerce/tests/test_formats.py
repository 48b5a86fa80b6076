"""The other platforms' files: recognised by their headers, read as they are, quirks and all."""

from datetime import timedelta

from lingyu.operations.ecommerce.importers.known import FORMATS
from lingyu.operations.ecommerce.models import LedgerEntry

from .samples import DOUYIN, JD, PDD, TAOBAO_2016, TMALL, TMALL_REFUND, amounts, row


def test_tmall_sub_orders_keep_their_numbers_and_refunds_find_them(lingyu_import, table):
    base = {
        "主订单编号": "10",
        "买家实付金额": "80.00",
        "购买数量": "1",
        "订单状态": "交易成功",
        "订单付款时间": "2026-06-01 12:00:00",
    }
    orders = table(
        "orders.csv",
        TMALL,
        [
            row(TMALL, **base, 子订单编号="11", 商家编码="A", 商品标题="茶杯"),
            row(TMALL, **base, 子订单编号="12", 商家编码="B", 商品标题="茶壶", 退款状态="退款成功"),
        ],
    )
    refunds = table(
        "refunds.csv",
        TMALL_REFUND,
        [
            row(
                TMALL_REFUND,
                退款编号="R1",
                订单编号="10",
                商家编码="B",
                退款完结时间="2026-06-09 12:00",
                退款总额="30",
                退给买家金额="25",
            ),
            row(TMALL_REFUND, 退款编号="R2", 订单编号="10", 商家编码="B", 退款总额="9"),
        ],
    )
    said = lingyu_import("orders", orders, refunds, "--shop", "T")
    assert said.code == 0 and "not how much" in said.out
    assert sorted(LedgerEntry.objects.values_list("line", "amount")) == [
        ("11", 8000),
        ("12", 8000),
        ("R1", -2500),
    ]
    refund = LedgerEntry.objects.refunded().get()
    assert refund.occurred_at - refund.paid_at == timedelta(days=8)


def test_jd_spreads_what_was_paid_over_the_items_to_the_cent(lingyu_import, table):
    order = {
        "订单号": "J1",
        "订单金额": "100.00",
        "结算金额": "90.01",
        "余额支付": "10.01",
        "应付金额": "80.00",
        "下单帐号": "jd_a",
        "付款确认时间": "2026-06-01 12:00:00",
        "订单状态": "完成",
        "客户地址": "广东深圳市南山区",
        "支付方式": "在线支付",
    }
    items = [
        row(JD, **order, 商品ID=str(n), 商品名称=f"商品{n}", 订购数量="1", 京东价="33.33") for n in range(3)
    ]
    path = table("jd.csv", JD, [*items, row(JD), row(JD, 商品名称="合计")], "gb18030")
    said = lingyu_import("orders", path, "--shop", "京东店")
    assert said.code == 0, said.err
    assert sum(amounts()) == 9001 and sorted(amounts()) == [3000, 3000, 3001]
    entry = LedgerEntry.objects.first()
    assert (entry.buyer, entry.country) == ("jd/jd_a", "广东")
    backwards = table("jd2.csv", JD, items[::-1], "gb18030")
    assert lingyu_import("orders", backwards, "--shop", "京东店").code == 0
    assert LedgerEntry.objects.count() == 3


def test_jd_cash_on_delivery_is_paid_when_completed_and_cancelled_orders_go_back(lingyu_import, table):
    item = {"商品ID": "1", "订购数量": "1", "京东价": "50"}
    rows = [
        row(
            JD,
            **item,
            订单号="1",
            应付金额="50",
            支付方式="货到付款",
            订单完成时间="2026-06-04 12:00",
            订单状态="完成",
        ),
        row(JD, **item, 订单号="2", 应付金额="50", 支付方式="在线支付", 订单状态="等待付款"),
        row(
            JD,
            **item,
            订单号="3",
            应付金额="50",
            支付方式="在线支付",
            订单状态="(删除)等待出库",
            付款确认时间="2026-06-01 12:00",
        ),
    ]
    lingyu_import("orders", table("jd.csv", JD, rows, "gbk"), "--shop", "J")
    assert (amounts(order_number="1"), amounts(order_number="2"), amounts(order_number="3")) == (
        [5000],
        [],
        [5000, -5000],
    )


def test_jd_rows_of_one_order_must_agree_on_its_amount(lingyu_import, table):
    base = {
        "订单号": "1",
        "订购数量": "1",
        "京东价": "50",
        "付款确认时间": "2026-06-01 12:00",
        "订单状态": "完成",
    }
    rows = [row(JD, **base, 商品ID="1", 应付金额="50"), row(JD, **base, 商品ID="2", 应付金额="51")]
    said = lingyu_import("orders", table("jd.csv", JD, rows, "gbk"), "--shop", "J")
    assert said.code == 1 and not LedgerEntry.objects.exists()


def test_pinduoduo_reads_a_blank_time_from_the_order_number(lingyu_import, table):
    base = {"商品": "茶\t", "用户实付金额(元)": "9.90\t", "商品数量(件)": "1\t", "商品id": "77\t"}
    rows = [
        row(PDD, **base, 订单号="260601-1\t", 订单状态="已签收\t", 售后状态="无售后或售后取消\t"),
        row(
            PDD,
            **base,
            订单号="260602-2\t",
            订单状态="已发货，退款成功\t",
            售后状态="退款成功\t",
            订单成交时间="2026-06-01 23:59:59\t",
        ),
        row(PDD, **base, 订单号="260603-3\t", 订单状态="待支付\t"),
    ]
    said = lingyu_import("orders", table("pdd.csv", PDD, rows, "utf-8-sig"), "--shop", "P")
    assert said.code == 0, said.err
    assert amounts() == [990, 990, -990]
    first = LedgerEntry.objects.get(order_number="260601-1")
    assert (first.occurred_at.isoformat(), first.product) == ("2026-05-31T16:00:00+00:00", "77")


def test_douyin_knows_paid_from_closed(lingyu_import, table):
    base = {
        "选购商品": "\t茶",
        "商品数量": "1",
        "商家编码": "-",
        "订单应付金额": "20",
        "订单提交时间": "2026-06-01 12:00:00",
    }
    rows = [
        row(
            DOUYIN,
            **base,
            主订单编号="\t1",
            子订单编号="\t1a",
            订单状态="已完成",
            售后状态="-",
            详细地址="福建省厦门市",
        ),
        row(
            DOUYIN,
            **base,
            主订单编号="\t2",
            子订单编号="\t2a",
            订单状态="已关闭",
            售后状态="-",
            取消原因="超时未支付",
        ),
        row(DOUYIN, **base, 主订单编号="\t3", 子订单编号="\t3a", 订单状态="已关闭", 售后状态="退款成功"),
    ]
    said = lingyu_import("orders", table("dy.csv", DOUYIN, rows, "utf-8-sig"), "--shop", "D")
    assert said.code == 0, said.err
    assert amounts() == [2000, 2000, -2000]
    assert LedgerEntry.objects.get(order_number="1").country == "福建"


def test_a_format_asked_for_but_not_met_says_what_is_missing(lingyu_import, table):
    said = lingyu_import(
        "orders", table("jd.csv", JD, [row(JD, 订单号="1")]), "--shop", "T", "--format", "taobao"
    )
    assert said.code == 2 and "买家会员名" in said.err


def test_no_format_is_taken_for_another():
    headers = {
        "taobao": TAOBAO_2016,
        "tmall": TMALL,
        "tmall_refund": TMALL_REFUND,
        "jd": JD,
        "pdd": PDD,
        "douyin": DOUYIN,
    }
    for code, header in headers.items():
        assert [f.code for f in FORMATS.values() if f.fits(header)] == [code]

"""Taobao's lists: recognised by their headers whatever their age, read as they are, quirks and all."""

import pytest

from lingyu.operations.ecommerce.models import ImportRun, LedgerEntry, Shop

from .samples import HISHOP, TAOBAO_2016, TAOBAO_2019, amounts, report, row


def taobao(header, number, status="交易成功", **cells):
    amount = "支付金额" if "支付金额" in header else "买家实际支付金额"
    known = {
        "订单编号": f'="{number}"',
        "买家会员名": "青瓷\t",
        "订单状态": status,
        "收货地址": "浙江省 杭州市 西湖区 某路",
        "订单付款时间": "2026-06-01 12:00:00",
        "宝贝标题": "茶杯",
        "宝贝种类": "1",
        "宝贝总数量": "2",
        amount: "100.00",
    }
    return row(header, **(known | {amount if k == "amount" else k: v for k, v in cells.items()}))


@pytest.mark.parametrize(
    "header",
    [TAOBAO_2016, TAOBAO_2019, HISHOP, [f"{c} " for c in TAOBAO_2016]],
    ids=["2016", "2019", "hishop", "trailing spaces"],
)
def test_taobao_order_lists_of_all_ages_are_one_format(lingyu_import, table, header):
    bare = [c.strip() for c in header]
    rows = [taobao(bare, 1234567890123456789), taobao(bare, 2, 订单付款时间="", 订单状态="等待买家付款")]
    said = lingyu_import("orders", table("ExportOrderList.csv", header, rows, "gbk"), "--shop", "青瓷店")
    assert said.code == 0, said.err
    entry = LedgerEntry.objects.get()
    assert (entry.order_number, entry.line, entry.amount, entry.quantity) == (
        "1234567890123456789",
        "",
        10000,
        2,
    )
    assert (entry.buyer, entry.country, entry.product) == ("taobao/青瓷", "浙江", "茶杯")
    assert Shop.objects.get().platform == "taobao"
    assert ImportRun.objects.get().skipped == 1


def test_a_taobao_order_closed_after_payment_is_paid_and_given_back(lingyu_import, table):
    rows = [taobao(TAOBAO_2016, 1, "交易关闭", 订单关闭原因="退款"), taobao(TAOBAO_2016, 2)]
    lingyu_import("orders", table("a.csv", TAOBAO_2016, rows, "gb18030"), "--shop", "T")
    assert amounts() == [10000, -10000, 10000]
    again = lingyu_import("orders", table("b.csv", TAOBAO_2016, rows, "gb18030"), "--shop", "T")
    assert again.code == 0 and amounts() == [10000, -10000, 10000]


def test_a_taobao_order_closed_without_payment_is_no_sale(lingyu_import, table):
    rows = [
        taobao(TAOBAO_2016, 1, "交易关闭", 订单付款时间="", 订单关闭原因="买家未付款"),
        taobao(TAOBAO_2016, 2),
    ]
    lingyu_import("orders", table("a.csv", TAOBAO_2016, rows, "gbk"), "--shop", "T")
    assert amounts() == [10000]


def test_an_order_of_several_titles_belongs_to_no_single_product(lingyu_import, table):
    rows = [
        taobao(TAOBAO_2016, 1, 宝贝标题="茶杯，茶壶", 宝贝种类="2"),
        taobao(TAOBAO_2016, 2, 宝贝标题="杯，白", 宝贝种类="1"),
    ]
    lingyu_import("orders", table("a.csv", TAOBAO_2016, rows, "gbk"), "--shop", "T")
    assert list(LedgerEntry.objects.order_by("order_number").values_list("product", flat=True)) == [
        None,
        "杯，白",
    ]


def test_a_negative_amount_in_a_platform_file_is_refused(lingyu_import, table):
    said = lingyu_import(
        "orders", table("a.csv", TAOBAO_2016, [taobao(TAOBAO_2016, 1, amount="-5")], "gbk"), "--shop", "T"
    )
    assert said.code == 1 and not LedgerEntry.objects.exists()


def test_a_taobao_item_list_without_times_says_which_file_to_take(lingyu_import, table):
    header = [
        "订单编号",
        "标题",
        "价格",
        "购买数量",
        "外部系统编号",
        "商品属性",
        "套餐信息",
        "备注",
        "订单状态",
        "商家编码",
    ]
    path = table("d.csv", header, [['="1"', "茶杯", "5.00", "2", "", "", "", "", "交易成功", "C1"]], "gbk")
    said = lingyu_import("orders", path, "--shop", "T")
    assert said.code == 2 and "ExportOrderList" in said.err


def test_a_taobao_item_list_with_times_books_price_times_quantity(lingyu_import, table):
    header = ["订单编号", "标题", "价格", "购买数量", "订单状态", "商家编码", "订单付款时间"]
    cells = ["茶杯", "5.25", "2", "交易关闭", "C1", "2026-06-01 12:00"]
    path = table("d.csv", header, [['="1"', *cells], ['="1"', *cells]], "gbk")
    lingyu_import("orders", path, "--shop", "T")
    assert amounts() == [1050, 1050, -2100]


def test_a_conflicting_row_is_reported_once_though_it_pays_and_gives_back(lingyu_import, table):
    lingyu_import("orders", table("a.csv", TAOBAO_2016, [taobao(TAOBAO_2016, 1)], "gbk"), "--shop", "T")
    changed = [taobao(TAOBAO_2016, 1, "交易关闭", 买家实际支付金额="90.00")]
    said = lingyu_import("orders", table("b.csv", TAOBAO_2016, changed, "gbk"), "--shop", "T")
    assert said.code == 1
    assert [r["reason"] for r in report("b.csv.errors.csv")] == ["conflict"]
    assert amounts() == [10000]


def test_a_file_of_unpaid_orders_leaves_a_run_and_no_sale(lingyu_import, table):
    lingyu_import("orders", table("a.csv", TAOBAO_2016, [taobao(TAOBAO_2016, 1)], "gbk"), "--shop", "T")
    unpaid = [taobao(TAOBAO_2016, 2, "等待买家付款", 订单付款时间="")]
    assert lingyu_import("orders", table("b.csv", TAOBAO_2016, unpaid, "gbk"), "--shop", "T").code == 0
    assert ImportRun.objects.get(file="b.csv").skipped == 1
    assert amounts() == [10000]

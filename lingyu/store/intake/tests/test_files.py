"""Opening files: what is read, and what is refused with which words."""

import gzip
import hashlib
import io
import zipfile
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.utils.translation import override

from lingyu.store.intake.errors import FileRefused
from lingyu.store.intake.files import open_table

from .making import lines, ods, ods_row, refused, table, workbook, zipped

ORDERS = "订单编号,买家实际支付金额,收货地址\n1001,12.50,杭州\n1002,8.00,上海\n"
ROWS = [["1001", "12.50", "杭州"], ["1002", "8.00", "上海"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
def test_a_file_is_read_in_every_encoding_that_platforms_use(encoding):
    data = ORDERS.encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    opened = table(data)
    assert opened.columns == ("订单编号", "买家实际支付金额", "收货地址")
    assert [row for _number, row in opened.rows()] == ROWS


@pytest.mark.parametrize("separator", ",\t;|")
def test_the_separator_is_found_by_content(separator):
    text = ORDERS.replace(",", separator).replace("12.50", "12,50" if separator == ";" else "12.50")
    assert table(text.encode(), name="orders.csv").columns[1] == "买家实际支付金额"
    assert lines(text.encode())[1] == ROWS[1]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(ends):
    assert lines(ORDERS.replace("\n", ends).encode()) == ROWS


@pytest.mark.parametrize(
    "wrap",
    [
        lambda data: data,
        gzip.compress,
        lambda data: zipped({"orders.csv": data}),
        lambda data: zipped({"__MACOSX/._orders.csv": b"\0\1", "orders.csv": data}),
    ],
)
def test_the_wrapping_is_found_by_content_whatever_the_name_says(wrap):
    assert lines(wrap(ORDERS.encode("gbk")), name="orders.xls") == ROWS


def test_a_workbook_gives_the_texts_that_a_csv_would_hold():
    data = workbook(
        {
            "订单": [
                ["订单号", "金额", "时间", "是"],
                ["00123", 17850.0, datetime(2024, 1, 5, 12, 30), True],
                ["x", 0.1 + 0.2, None, None],
            ]
        }
    )
    assert lines(data) == [["00123", "17850", "2024-01-05 12:30:00", "TRUE"], ["x", "0.3", "", ""]]
    assert lines(zipped({"a.xlsx": data})) == lines(data)


def test_a_number_that_a_workbook_has_rounded_keeps_its_exponent():
    assert lines(workbook({"a": [["id", "n"], [1234567890123456789.0, 1]]}))[0][0] == "1.23456789012346e+18"


def test_the_sheet_with_known_columns_is_chosen():
    data = workbook({"说明": [["请阅读"], ["谢谢"]], "包裹详情": [["订单号", "金额"], ["1", "2"]]})
    opened = table(data, known={"订单号", "金额"})
    assert (opened.sheet, opened.sheets) == ("包裹详情", ("说明", "包裹详情"))
    with refused("no_sheet"):
        table(data, sheet="三月")


def test_a_header_is_found_below_titles_and_notes():
    data = "结算单,,\n2024年1月,,\n\n订单编号 ,金额,\n1,2,\n".encode()
    opened = table(data, known={"订单编号", "金额"})
    assert (opened.columns, opened.header_row) == (("订单编号", "金额"), 4)
    assert list(opened.rows()) == [(5, ["1", "2", ""])]


def test_names_of_columns_are_cleaned():
    data = '\ufeff"订单编号\t",="金额", 收货地址\xa0\n1,2,3\n'.encode()
    assert table(data).columns == ("订单编号", "金额", "收货地址")


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    data = b'a,b\n1,"two\nlines"\n\n3,4\n'
    assert list(table(data).rows()) == [(2, ["1", "two\nlines"]), (4, ["3", "4"])]


def test_a_table_can_be_read_twice_and_tells_how_far_it_is(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_bytes(ORDERS.encode())
    with open_table(path) as opened:
        assert list(opened.rows()) == list(opened.rows())
        assert opened.position() == opened.size == path.stat().st_size
        assert opened.fingerprint == hashlib.sha256(path.read_bytes()).hexdigest()
        assert (opened.name, opened.estimated_rows) == ("orders.csv", 2)


@pytest.mark.parametrize("data", [ORDERS.encode(), gzip.compress(ORDERS.encode(), mtime=0)])
def test_an_upload_is_read_and_stays_open(data):
    on_disk = TemporaryUploadedFile("a.csv", "text/csv", len(data), None)
    on_disk.write(data)
    for file in (SimpleUploadedFile("a.csv", data), on_disk, io.BytesIO(data)):
        with open_table(file) as opened:
            assert [row for _number, row in opened.rows()] == ROWS
            assert opened.fingerprint == hashlib.sha256(data).hexdigest()
        assert not file.closed


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"a,b\n", "no_rows"),
        (b"a,b\n\n\n", "no_rows"),
        (b"a,b,a\n1,2,3\n", "duplicate_columns"),
        (b"a, a\xc2\xa0\n1,2\n", "duplicate_columns"),
        (b"1001,2024-01-05,12.50\n1002,2024-01-06,8\n", "no_header"),
        (b"\xef\xbb\xbf \n<html><table><tr><td>1</table>", "html"),
        ("<table><tr><td>订单".encode("utf-16"), "html"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0", "binary"),
        (b"a,b\n\0\0\0\0\0\0\0\0\n", "binary"),
        (b"a,b\n1,caf\xe9\n", "encoding"),
        (b"a,b\n1,na\xefve\n", "encoding"),
        (b"a,b\n1,\xff\xff\n", "encoding"),
        (gzip.compress(b"a,b\n1,2\n" * 9999, mtime=0)[:-20], "truncated"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0) + b"rubbish", "damaged"),
        (zipped({"a.csv": b"a,b\n1,2\n" * 999})[:-40], "truncated"),
        (zipped({"a.csv": b"a,b\n1,2\n", "b.csv": b"a,b\n1,2\n"}), "archive"),
        (zipped({}), "archive"),
        (zipped({"A.csv": b"a,b\n1,2\n", "b.csv": b"a,b\n1,2\n"}).replace(b"A.csv", b"\0.csv"), "archive"),
        (b"PK\x03\x04", "truncated"),
        (workbook({"a": [["a", "b"], [1, 2]]})[:-100], "truncated"),
        (workbook({"a": []}), "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b'a,b\n1,"never closed\n2,3\n', "open_quote"),
        (b'a,b\n1,"' + b"x" * 200_000 + b"\n2,3\n", "open_quote"),
    ],
    # Not by the bytes: an archive holds the time at which it was made, and every worker makes its own.
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_a_file_that_is_no_good_table_is_refused(data, code):
    with refused(code) as caught:
        table(data)
    assert caught.value.message


def test_a_zip_whose_contents_were_changed_is_refused():
    data = bytearray(zipped({"a.csv": bytes(range(32, 127)) * 50}))
    data[60] ^= 0xFF
    with refused("damaged"):
        table(bytes(data))


def test_a_protected_zip_is_refused():
    data = bytearray(zipped({"a.csv": b"a,b\n1,2\n"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    with refused("password"):
        table(bytes(data))


def test_an_undecodable_byte_is_named_by_offset_and_row():
    with refused("encoding") as caught:
        table("订单,金额\n1,2\n2,3\n".encode() + b"3,\xff\xff\n")
    assert caught.value.details == {"offset": 24, "row": 4}


def test_a_small_archive_that_unpacks_to_a_lot_is_refused():
    with refused("too_large"):
        table(gzip.compress(b"a" * 99 + b"\n" + b"b" * 3_000_000), max_bytes=1_000_000)
    with refused("too_large"):
        table(zipped({"a.csv": (b"a,b\n" + b"1,2\n" * 1_000_000)}), max_bytes=1_000_000)
    with refused("too_large"):
        table(workbook({"a": [["text"] * 50] * 2000}), max_bytes=100_000)
    with refused("no_lines"):
        table(gzip.compress(b"\xe4" * 20_000_000))


def test_a_workbook_that_claims_a_huge_sheet_is_refused():
    buffer = io.BytesIO(workbook({"a": [["a", "b"], [1, 2]]}))
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="B2"', b'r="XFD1048576"'))
    with refused("too_many_cells"):
        table(out.getvalue())


def test_an_ods_is_read_and_one_that_repeats_itself_without_end_is_refused():
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    head = ods_row("订单号", "金额") + ods_row("1", "2.5")
    padded = head + f'<table:table-row table:number-rows-repeated="1048574">{blank}</table:table-row>'
    assert lines(ods(padded)) == [["1", "2.5"]]
    row = ods_row("x").replace("table-cell ", 'table-cell table:number-columns-repeated="16000" ')
    with refused("too_many_cells"):
        table(ods(head + row.replace("table-row>", 'table-row table:number-rows-repeated="9000">', 1)))


def test_ten_million_rows_are_refused(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.write(b"order,amount\n")
        for _ in range(10):
            file.write(b"1001,12.5\n" * 1_000_000)
    with refused("too_many_rows") as caught:
        open_table(path)
    assert caught.value.details == {"count": 10_000_000, "limit": 2_000_000}


def test_the_limit_of_rows_counts_rows_below_the_header():
    for data in (b"a,b\n1,2\n3,4\n", b"a,b\n1,2\n3,4", gzip.compress(b"a,b\n1,2\n3,4\n")):
        assert len(lines(data, max_rows=2)) == 2
        with refused("too_many_rows"):
            table(data, max_rows=1)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The file has 3 rows, the limit is 2. Export a shorter period, or split the file."),
        ("zh-hans", "文件有 3 行，上限是 2 行。请缩短导出的时间范围，或把文件拆开。"),
    ],
)
def test_a_refusal_speaks_the_readers_language(language, words):
    with override(language), pytest.raises(FileRefused, match=words):
        table(b"a,b\n1,2\n3,4\n5,6\n", max_rows=2)

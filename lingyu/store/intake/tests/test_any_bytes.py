"""Whatever bytes come, the answer is a table or a refusal: never another exception."""

import gzip

from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.store.intake.errors import FileRefused
from lingyu.store.intake.mapping import Field
from lingyu.store.intake.reader import Reader

from .making import table, workbook, zipped

CSV = '订单编号,金额,时间\n="1001",12.50,2024-01-05\n"a\nb",-3,\n'.encode("gb18030")
BOOK = workbook({"a": [["id", "amount"], ["1", 2.5], ["3", 4]]})
SAMPLES = (CSV, gzip.compress(CSV), zipped({"a.csv": CSV}), zipped({"a.xlsx": BOOK}), BOOK)
BEGINNINGS = (
    b"",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"a,b\n",
    b"sep=;\n",
    b'"',
    b"<html>",
)
FIELDS = [
    Field(name=kind, zh=kind, en=kind, kind=kind)
    for kind in ("text", "identifier", "integer", "decimal", "money", "moment", "day")
]


def read(data: bytes) -> None:
    """Open and read everything; only a refusal may be raised."""
    try:
        with table(data) as opened:
            columns = [c for c in opened.columns if c]
            mapping = dict(zip((f.name for f in FIELDS), columns * len(FIELDS), strict=False))
            for _row in Reader(opened, FIELDS, mapping):
                pass
    except FileRefused as refusal:
        assert refusal.code and refusal.message


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_refusal(beginning, rest):
    with override("en"):
        read(beginning + rest)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_any_damage_to_a_good_file_is_a_table_or_a_refusal(sample, data):
    damaged = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with override("en"):
        read(bytes(damaged[: data.draw(st.integers(len(damaged) // 2, len(damaged) * 2))]))


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('ab1,;\t|"\n\r= \0.-订'), max_size=60))
def test_any_text_is_a_table_or_a_refusal(text):
    with override("en"):
        read(text.encode())

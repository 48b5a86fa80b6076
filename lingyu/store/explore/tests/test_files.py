"""Plain files are read as facts in whatever form they come, or refused with file, row and field."""

import gzip
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import duckdb
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.kernel.query import QueryError
from lingyu.kernel.questions import Did, Step, Trend
from lingyu.store.explore import answer
from lingyu.store.explore.files import FactsRefused, load
from lingyu.store.explore.segments import people
from lingyu.store.intake.errors import FileRefused

pytestmark = pytest.mark.one_database

TEN = datetime(2026, 6, 1, 2, tzinfo=UTC)  # 10 o'clock in Shanghai
MS = round(TEN.timestamp() * 1000)
LINES = "user_id,event,time,city\n小喜,看,2026-06-01 10:00:00,上海\n大鹏,付款,2026-06-02 10:00:00,\n"


def moments(source) -> list[int]:
    """All moments in it, as UTC milliseconds."""
    return [day.start + int(time) for day in source.days(0, 99_999) for time in day.times]


def written(folder, text: str | bytes, name: str = "facts.csv"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    "raw",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("gb18030"),
        LINES.encode("utf-16"),
        LINES.replace(",", "\t").encode(),
        LINES.replace(",", ";").replace("\n", "\r\n").encode(),
        gzip.compress(LINES.encode("gbk")),
        ("导出于今天\n\n" + LINES.replace("user_id,event,time", "用户ID,事件,时间")).encode("gbk"),
    ],
    ids=["utf-8", "mark", "gbk", "utf-16", "tabs", "semicolons", "gzip", "title lines"],
)
def test_a_table_is_read_in_its_encoding(tmp_path, raw):
    source = load(written(tmp_path, raw))
    assert source.keys([0, 1]) == ["大鹏", "小喜"]
    assert list(source.names) == ["付款", "看"]
    assert moments(source) == [MS, MS + 86_400_000]
    assert source.keys(list(people(Did(step=Step("看", "city = '上海'")), source))) == ["小喜"]


def test_a_workbook_is_a_table_too(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "facts.xlsx")
    sheet = book.add_worksheet()
    for row, line in enumerate(LINES.splitlines()):
        sheet.write_row(row, 0, line.split(","))
    book.close()
    assert moments(load(tmp_path / "facts.xlsx")) == [MS, MS + 86_400_000]


@pytest.mark.parametrize("kind", ["TIMESTAMPTZ", "TIMESTAMP", "BIGINT", "DOUBLE", "VARCHAR", "TIMESTAMP_NS"])
def test_parquet_keeps_its_types(tmp_path, kind):
    value = {
        "TIMESTAMPTZ": "'2026-06-01 02:00:00Z'::TIMESTAMPTZ",
        "TIMESTAMP": "TIMESTAMP '2026-06-01 10:00:00'",
        "TIMESTAMP_NS": "'2026-06-01 10:00:00'::TIMESTAMP_NS",
        "BIGINT": f"{MS}",
        "DOUBLE": f"{MS / 1000}::DOUBLE",
        "VARCHAR": "'2026-06-01T10:00:00+08:00'",
    }[kind]
    path = tmp_path / "facts.parquet"
    rows = f"SELECT 7 AS user_id, 'pay' AS event, {value} AS ts, 12.5 AS amount, [1, 2] AS list"
    duckdb.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")
    source = load(path)
    assert (source.keys([0]), moments(source)) == (["7"], [MS])
    assert answer(Trend(step=Step("pay", "amount > 12"), measure="sum", property="amount"), source).rows == [
        {"time": "2026-06-01", "value": 12.5}
    ]


def test_json_lines_keep_their_types_and_a_json_list_is_read_alike(tmp_path):
    one = f'{{"distinct_id": 7, "event": "pay", "time": {MS}, "amount": 5, "page": {{"x": 1}}, "$os": "iOS"}}'
    two = '{"distinct_id": "b", "event": "pay", "time": "2026-06-01T02:00:00Z", "amount": "many"}'
    for path in (
        written(tmp_path, f"{one}\n{two}\n", "a.jsonl"),
        written(tmp_path, f"[{one},{two}]", "a.json"),
    ):
        source = load(path)
        assert (source.keys([0, 1]), moments(source)) == (["7", "b"], [MS, MS])
        for where in ("amount = 5", "$os = 'iOS'", "page is not null", "not amount = 'many'"):
            assert source.keys(list(people(Did(step=Step("pay", where)), source))) == ["7"], where


@pytest.mark.parametrize(
    "said",
    [
        "2026-06-01T10:00:00+08:00", "2026-06-01T02:00:00Z", "2026-06-01 10:00:00", "2026/6/1 10:00",
        "2026-06-01 10:00:00.000", "2026年6月1日 10:00:00", "20260601100000", str(MS), str(MS // 1000),
        f"{MS // 1000}.0", str(MS * 1000), "2026-05-31T21:00:00-05:00", " 2026-06-01 10:00 ",
    ],
)  # fmt: skip
def test_moments_are_read_as_files_write_them(tmp_path, said):
    assert moments(load(written(tmp_path, f"person,event,time\nxi,pay,{said}\n"))) == [MS]


@pytest.mark.parametrize("said", ["2026-06-01", "2026/06/01", "20260601", "2026.6.1"])
def test_a_bare_day_is_its_midnight_in_the_zone(tmp_path, said):
    path = written(tmp_path, f"person,event,time\nxi,pay,{said}\n")
    assert moments(load(path)) == [MS - 10 * 3_600_000]
    assert moments(load(path, zone=ZoneInfo("UTC"))) == [MS - 2 * 3_600_000]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4_000_000_000_000))
def test_no_millisecond_is_lost_in_any_spelling(tmp_path_factory, at):
    moment = datetime.fromtimestamp(at // 1000, UTC).replace(microsecond=at % 1000 * 1000)
    rows = [moment.isoformat(timespec="milliseconds"), moment.replace(tzinfo=None).isoformat(sep=" ")]
    rows += [str(at)] if at >= 10**11 else []
    rows += [f"{at // 1000}.{at % 1000:03d}"] if at // 1000 >= 10**8 else []
    body = "".join(f"xi,pay,{said}\n" for said in rows)
    path = written(tmp_path_factory.mktemp("facts"), f"person,event,time\n{body}")
    assert moments(load(path, zone=ZoneInfo("UTC"))) == [at] * len(rows)


def test_columns_are_named_or_guessed(tmp_path):
    text = "who,what,on,uid,when\nxi,pay,2026-06-01,other,2026-06-02\n"
    columns = {"person": "who", "event": "what", "time": "on"}
    source = load(written(tmp_path, text), columns=columns)
    assert (source.keys([0]), list(source.names)) == (["xi"], ["pay"])
    assert moments(source) == [MS - 10 * 3_600_000]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("person,event,time\nxi,pay,2026-06-01\n,pay,2026-06-01\n", "facts.csv, row 3, person: is empty"),
        ("person,event,time\nxi,,2026-06-01\n", "facts.csv, row 2, event: is empty"),
        ("person,event,time\nxi,pay,\n", "facts.csv, row 2, time: is empty"),
        ("person,event,time\nxi,pay,2026-06-01\nxi,pay,gestern\n", "row 3, time: “gestern” is no moment"),
        ("person,event,time\nxi,pay,2026-02-30\n", "row 2, time: “2026-02-30” is no moment"),
        ("person,event,time\nxi,pay,2026-06-01,1,2\n", "row 2: has 5 cells where the header has 3"),
        ("a,event,time\nxi,pay,2026-06-01\n", "which column is the person\\? Say --person COLUMN"),
        ("person,event,time\nxi,pay,9999999999999\n", "that is no history"),
    ],
)
def test_what_can_not_be_read_is_named_with_its_place(tmp_path, text, said):
    with pytest.raises(QueryError, match=said):
        load(written(tmp_path, text))


def test_a_column_that_is_named_has_to_be_there(tmp_path):
    with pytest.raises(FactsRefused, match="no column “nick” for person. It has: user_id, event, time, city"):
        load(written(tmp_path, LINES), columns={"person": "nick"})


def test_broken_json_names_its_line(tmp_path):
    text = '{"person": "xi", "event": "e", "time": 1780279200}\n\n{"person": \n'
    with pytest.raises(FactsRefused, match=r"a\.jsonl, row 3: is no JSON"):
        load(written(tmp_path, text, "a.jsonl"))


def test_bytes_that_are_no_text_are_refused(tmp_path):
    with pytest.raises(FileRefused):
        load(written(tmp_path, b"person,event,time\n\xff\xfe\x00\x80,\n"))
    with pytest.raises(FileRefused) as refused:
        load(written(tmp_path, "person,event,time\n"))
    assert refused.value.code == "no_rows"
    with pytest.raises(FactsRefused, match="no such file"):
        load(tmp_path / "none.csv")


def test_bad_rows_are_left_out_and_counted_where_that_is_asked_for(tmp_path):
    text = "person,event,time\nxi,pay,2026-06-01\n,pay,2026-06-01\nxi,pay,never\n"
    source = load(written(tmp_path, text), lenient=True)
    assert (len(moments(source)), source.refused) == (1, 2)

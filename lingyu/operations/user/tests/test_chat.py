"""Chat exports of WeChat and WeCom, as text and as tables, are read as they are written."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from lingyu.operations.user.actions import Came, Said, Went
from lingyu.operations.user.importers.chat import read
from lingyu.operations.user.models import Group, Membership, Message
from lingyu.store.intake.errors import FileRefused
from lingyu.store.intake.report import ErrorReport

TEXT = """群聊：周末读书会
导出时间 2026-03-03

2026-03-02 10:01:22 阿泽(wxid_7k2)
周末的活动报名了吗
还差两个名额

2026-03-02 10:01:22 阿泽(wxid_7k2)
收到
2026/3/2 9:05 小满（wxid_m1）
[图片]
2026-03-02 10:05:00 系统消息
"阿泽"邀请"青禾、南风"加入了群聊
2026-03-02 11:00:00 系统消息
小满退出了群聊
2026-03-02 11:30:00
你将"南风"移出了群聊
2026-02-30 11:00:00 阿泽(wxid_7k2)
没有这一天
"""
TABLE = """消息时间,发送人,发送人ID,消息类型,消息内容
2026-03-02 10:01:22,阿泽,wxid_7k2,文本,"周末的活动报名了吗,还差两个"
2026-03-02 10:02:00,小满,wxid_m1,图片,
2026-03-02 10:03:00,小满,wxid_m1,文本,谢谢
"""


@pytest.fixture
def reading(tmp_path):
    """`reading(text)`: what a file with it tells, and how many rows were refused."""

    def take(text: str, name: str = "chat.txt", encoding: str = "utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        with ErrorReport() as report:
            return read(path, report), report.rows

    return take


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_export_tells_who_said_what_and_who_came_and_went(reading, encoding):
    told, refused = reading(TEXT, encoding=encoding)
    said = [t for t in told if isinstance(t, Said)]
    assert [(s.who, s.name, s.text) for s in said] == [
        ("wxid_7k2", "阿泽", "周末的活动报名了吗\n还差两个名额"),
        ("wxid_7k2", "阿泽", "收到"),
        ("wxid_m1", "小满", "[图片]"),
    ]
    assert said[0].at == datetime(2026, 3, 2, 2, 1, 22, tzinfo=UTC)
    assert said[2].at == datetime(2026, 3, 2, 1, 5, tzinfo=UTC)
    assert said[0].key != said[1].key
    assert [t.who for t in told if isinstance(t, Came)] == ["青禾", "南风"]
    assert [(t.who, t.how) for t in told if isinstance(t, Went)] == [("wxid_m1", "quit"), ("南风", "removed")]
    assert refused == 1


def test_a_table_tells_kinds_as_its_maker_calls_them(reading):
    told, refused = reading(TABLE, "chat.csv", "gb18030")
    assert [(s.who, s.kind, s.text) for s in told] == [
        ("wxid_7k2", "", "周末的活动报名了吗,还差两个"),
        ("wxid_m1", "image", ""),
        ("wxid_m1", "", "谢谢"),
    ]
    assert refused == 0


def test_another_table_is_refused_with_what_is_missing(reading):
    with pytest.raises(FileRefused) as refused:
        reading("订单号,金额\n1,2\n", "orders.csv")
    assert refused.value.code == "no_chat"


@pytest.mark.parametrize("text", ["\x00\x01\x02", "", "只是一句话", "2026-03-02"])
def test_what_is_no_chat_is_refused_and_nothing_else_happens(reading, text):
    with pytest.raises(FileRefused):
        reading(text)


def imported(path, *options) -> int:
    try:
        call_command("import", "chat", str(path), "--group", "读书会", "--yes", *options, stdout=StringIO())
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_the_command_imports_once_and_a_dry_run_leaves_nothing(
    tmp_path, monkeypatch, empty_store, transactional_db
):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "chat.txt"
    path.write_text(TEXT)
    assert imported(path, "--dry-run") == 1
    assert not Group.objects.exists()
    assert imported(path) == imported(path) == 1
    assert [(m.kind, m.why) for m in Message.objects.order_by("at", "length")] == [
        ("image", ""), ("text", "phrase"), ("text", ""),
    ]  # fmt: skip
    assert Membership.objects.present().count() == 2
    assert (tmp_path / "chat.txt.errors.csv").read_text("utf-8-sig").count("bad_moment") == 1

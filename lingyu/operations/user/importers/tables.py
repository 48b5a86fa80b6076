"""A chat export as a table: a row a message, with its moment, who said it, and what."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from lingyu.store.intake.errors import FileRefused
from lingyu.store.intake.files import open_table
from lingyu.store.intake.mapping import Field, guess, known_names
from lingyu.store.intake.reader import Reader, Rules
from lingyu.store.intake.report import ErrorReport

from ..actions import Said
from ..models.validity import KINDS

FIELDS = (
    Field(
        "at",
        zh="时间",
        en="Time",
        kind="moment",
        required=True,
        synonyms=("发送时间", "消息时间", "日期", "CreateTime", "StrTime", "msgtime", "sent at", "timestamp"),
    ),
    Field(
        "name",
        zh="发送人",
        en="Sender",
        required=True,
        synonyms=("发送者", "昵称", "发言人", "成员", "NickName", "talker", "from", "name", "sender name"),
    ),
    Field(
        "who",
        zh="发送人ID",
        en="Sender id",
        kind="identifier",
        synonyms=("发送者ID", "微信号", "用户ID", "userid", "wxid", "from_id", "UserName", "Sender ID"),
    ),
    Field(
        "text",
        zh="消息内容",
        en="Message",
        synonyms=("内容", "消息", "正文", "content", "StrContent", "text", "message"),
    ),
    Field("kind", zh="消息类型", en="Type", synonyms=("类型", "msgtype", "TypeName", "message type")),
    Field("key", zh="消息ID", en="Message id", kind="identifier", synonyms=("msgid", "MsgSvrID", "id")),
)
_KINDS = {
    "文本": "text", "文字": "text", "1": "text", "图片": "image", "3": "image", "语音": "voice",
    "34": "voice", "视频": "video", "43": "video", "表情": "sticker", "动画表情": "sticker",
    "47": "sticker", "emotion": "sticker", "文件": "file", "链接": "link", "小程序": "link",
    "weapp": "link", "49": "link", "红包": "red_packet", "redpacket": "red_packet", "系统消息": "system",
    "系统": "system", "10000": "system",
}  # fmt: skip


def read(path: Path, zone: ZoneInfo, report: ErrorReport) -> Iterator[Said]:
    """What the table tells; rows that can't be read are reported."""
    ordinals: Counter = Counter()
    with open_table(path, known=known_names(FIELDS)) as table:
        mapping = guess(table.columns, FIELDS)
        if not {"at", "name", "text"} <= mapping.keys():
            raise FileRefused(
                "no_chat",
                _("This is no chat export: it needs columns for time, sender and message, or lines such as "
                  "“2026-03-02 10:01:22 Name(id)” with the words below."),
            )  # fmt: skip
        for row in Reader(table, FIELDS, mapping, rules=Rules(zone=zone), errors=report):
            who = getattr(row, "who", None) or row.name
            kind = _kind(getattr(row, "kind", None) or "")
            ordinals[row.at, who] += 1
            key = getattr(row, "key", None) or f"{row.at.isoformat()}|{who}|{ordinals[row.at, who]}"
            yield Said(key, row.at, who, row.name, row.text or "", kind)


def _kind(said: str) -> str:
    """A kind as ours is called; "" leaves it to the words."""
    known = said.strip().casefold()
    kind = _KINDS.get(known, known if known in KINDS else "")
    return "" if kind == "text" else kind

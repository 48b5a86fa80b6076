"""What a column of a table of events may hold; every other column is a property under its own name."""

import re
from typing import Any

from lingyu.store.intake.mapping import Field

FIELDS = (
    Field(
        "name",
        zh="事件",
        en="Event",
        required=True,
        synonyms=("event_name", "event name", "事件名", "事件名称", "行为", "action", "activity", "type"),
    ),
    Field(
        "at",
        zh="时间",
        en="Time",
        kind="instant",
        required=True,
        synonyms=(
            "timestamp",
            "datetime",
            "date",
            "event_time",
            "occurred_at",
            "created_at",
            "ts",
            "发生时间",
            "事件时间",
            "日期",
            "时间戳",
        ),
    ),
    Field(
        "person",
        zh="用户",
        en="Person",
        kind="identifier",
        synonyms=(
            "user",
            "user_id",
            "userid",
            "uid",
            "distinct_id",
            "member",
            "member_id",
            "customer_id",
            "用户ID",
            "用户编号",
            "会员",
            "会员ID",
            "openid",
            "unionid",
        ),
    ),
    Field(
        "visitor",
        zh="匿名标识",
        en="Anonymous id",
        kind="identifier",
        synonyms=("anonymous_id", "anonymousid", "device_id", "cookie", "visitor_id", "匿名ID", "设备ID"),
    ),
    Field(
        "id",
        zh="事件编号",
        en="Event id",
        kind="identifier",
        synonyms=("event_id", "message_id", "messageid", "insert_id", "uuid", "流水号"),
    ),
)

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?", re.ASCII)


def typed(text: str) -> Any:
    """A cell as what it plainly is: a whole number, a number, yes or no; else the text itself.

    Numbers with leading noughts or of more than fifteen digits are names, not quantities.
    """
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return {"true": True, "false": False}.get(text.lower(), text)

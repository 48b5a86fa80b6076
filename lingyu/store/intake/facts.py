"""What outside files of events call their columns: who, what, and when.

Holds the names only. A file is read by `lingyu.store.explore.files`.
"""

from .mapping import Field

PERSON = Field(
    "person",
    zh="用户ID",
    en="Person",
    required=True,
    synonyms=(
        "person_id", "user_id", "userid", "uid", "user", "distinct_id", "member_id", "member",
        "customer_id", "customer", "buyer_id", "account_id", "client_id", "anonymous_id",
        "visitor_id", "visitor", "device_id", "用户", "用户编号", "用户标识", "会员ID", "会员",
        "会员编号", "会员号", "买家ID", "客户ID", "客户", "成员", "设备ID", "openid", "unionid",
        "id",
    ),
)  # fmt: skip
EVENT = Field(
    "event",
    zh="事件",
    en="Event",
    required=True,
    synonyms=(
        "event_name", "eventname", "event_type", "event_id", "name", "action", "activity", "type",
        "behavior", "behaviour", "事件名", "事件名称", "事件类型", "行为", "行为类型", "动作",
        "操作",
    ),
)  # fmt: skip
TIME = Field(
    "time",
    zh="时间",
    en="Time",
    required=True,
    synonyms=(
        "timestamp", "ts", "event_time", "eventtime", "occurred_at", "created_at", "datetime",
        "date_time", "at", "time_ms", "server_time", "client_time", "when", "date", "day",
        "事件时间", "发生时间", "创建时间", "时间戳", "日期", "日期时间", "行为时间", "操作时间",
    ),
)  # fmt: skip
FACTS = (PERSON, EVENT, TIME)

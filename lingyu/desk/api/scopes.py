"""What a token may be good for, and which permission its maker needs for that, then and at each use."""

from dataclasses import dataclass

from lingyu.kernel.access import EXPORT_DATA, OPEN_DESK
from lingyu.kernel.text import Named


@dataclass(frozen=True)
class Scope(Named):
    """One thing that a token opens."""

    code: str
    zh: str
    en: str
    permission: str


EXPLORE = Scope(
    "explore:read",
    zh="提问与查看事件名称",
    en="Ask questions, see the names of events",
    permission=OPEN_DESK,
)
SEGMENTS = Scope(
    "segments:read", zh="查看人群的定义", en="See the definitions of segments", permission=OPEN_DESK
)
PEOPLE = Scope(
    "people:read", zh="导出人群中的用户", en="Take the people of a segment along", permission=EXPORT_DATA
)
SCOPES = {scope.code: scope for scope in (EXPLORE, SEGMENTS, PEOPLE)}

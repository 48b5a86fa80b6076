"""Permissions and roles: closed registries, and the mark that every view carries.

Holds who may do what, readable aloud, deny first. Does not check a request: one middleware
(`lingyu.config.access`) does that for every view, and refuses a view that carries no mark.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from .events import DeclarationError
from .text import Named


@dataclass(frozen=True)
class Permission(Named):
    """One thing a person may be allowed to do, named `area.verb`."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Role(Named):
    """A named set of permissions that a person is granted as a whole."""

    code: str
    zh: str
    en: str
    permissions: frozenset[str] = field(default_factory=frozenset)


PERMISSIONS: dict[str, Permission] = {}
ROLES: dict[str, Role] = {}


def permission(code: str, *, zh: str, en: str) -> str:
    """Declare a permission and return its code."""
    PERMISSIONS[code] = Permission(code, zh, en)
    return code


def role(code: str, *, zh: str, en: str, may: tuple[str, ...]) -> Role:
    """Declare a role; every permission it names must have been declared."""
    unknown = set(may) - PERMISSIONS.keys()
    if unknown:
        raise DeclarationError(f"role {code!r} names unknown permissions: {', '.join(sorted(unknown))}")
    ROLES[code] = Role(code, zh, en, frozenset(may))
    return ROLES[code]


PUBLIC = permission("site.read", zh="浏览公开页面", en="Read public pages")
SIGNED_IN = permission("site.take_part", zh="登录后参与", en="Take part when signed in")
WRITE_ARTICLE = permission("article.write", zh="撰写文章", en="Write articles")
REVIEW_COMMENT = permission("comment.review", zh="审核评论", en="Review comments")
OPEN_DESK = permission("desk.open", zh="打开工作台", en="Open the desks")
PULL_LEVER = permission("desk.pull", zh="使用抓手", en="Pull levers")
IMPORT_DATA = permission("desk.import", zh="导入数据", en="Import data")
EXPORT_DATA = permission("desk.export", zh="导出数据", en="Export data")
JUDGE = permission("pact.judge", zh="裁决案件与申诉", en="Decide cases and appeals")
KEEP_PACT = permission("pact.keep", zh="维护公约与审核规则", en="Keep the pact and its screening rules")
MANAGE_FEATHERS = permission(
    "feathers.manage", zh="管理羽毛规则与商城", en="Manage feather rules and the mall"
)
SEE_PEOPLE = permission("people.see", zh="查看用户个人数据", en="See people's personal data")
USE_API = permission("api.use", zh="使用接口令牌", en="Use tokens of the API")
ASK_SQL = permission("sql.ask", zh="用 SQL 查询", en="Ask in SQL")
MANAGE_SOURCES = permission("sources.manage", zh="管理数据源", en="Manage sources of outside facts")
ADMINISTER = permission("house.administer", zh="管理系统", en="Administer the system")

MEMBER = role("member", zh="会员", en="Member", may=(PUBLIC, SIGNED_IN))
AUTHOR = role("author", zh="作者", en="Author", may=(PUBLIC, SIGNED_IN, WRITE_ARTICLE))
MODERATOR = role("moderator", zh="版主", en="Moderator", may=(PUBLIC, SIGNED_IN, REVIEW_COMMENT, JUDGE))
OPERATOR = role(
    "operator",
    zh="运营",
    en="Operator",
    may=(
        PUBLIC,
        SIGNED_IN,
        OPEN_DESK,
        PULL_LEVER,
        IMPORT_DATA,
        EXPORT_DATA,
        MANAGE_FEATHERS,
        MANAGE_SOURCES,
        SEE_PEOPLE,
        USE_API,
        ASK_SQL,
    ),
)
ADMINISTRATOR = role("administrator", zh="管理员", en="Administrator", may=tuple(PERMISSIONS))


def access(code: str, *, silenced: bool = False) -> Callable:
    """View decorator: state the one permission this view asks for.

    `silenced` opens it also to members who may not write at present, or not enter: for what is theirs
    by right (their data, appeals, signing out) and for reading. Every other view that changes something
    refuses them. Raises DeclarationError at import for a permission that does not exist.
    """
    if code not in PERMISSIONS:
        raise DeclarationError(f"no permission is called {code!r}; known: {', '.join(sorted(PERMISSIONS))}")

    def mark(view: Callable) -> Callable:
        view.access, view.silenced = code, silenced
        return view

    return mark

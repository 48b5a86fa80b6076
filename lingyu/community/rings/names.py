"""What people call the kinds of reasons, in a word: for lists, where the sentence would be too long.

Holds declarations; the sentences are those of `graph.REASONS`.
"""

from dataclasses import dataclass

from lingyu.kernel.text import Named


@dataclass(frozen=True)
class Kind(Named):
    """A kind of reason, with its icon."""

    code: str
    zh: str
    en: str
    icon: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind("text", zh="文本相近", en="Like texts", icon="copy"),
        Kind("domain", zh="相同网址", en="Same links", icon="link"),
        Kind("contact", zh="相同联系方式", en="Same contact", icon="phone"),
        Kind("browser", zh="同一浏览器", en="One browser", icon="app-window"),
        Kind("device", zh="同一网络与设备", en="One connection", icon="router"),
        Kind("mailbox", zh="同一邮箱", en="One mailbox", icon="mail"),
        Kind("burst", zh="短时间内集中", en="Within minutes", icon="timer"),
        Kind("young", zh="新账号", en="New accounts", icon="sprout"),
        Kind("cycle", zh="羽毛互转", en="Feathers in a round", icon="refresh-cw"),
        Kind("invited", zh="邀请关系", en="Invited", icon="user-plus"),
    )
}

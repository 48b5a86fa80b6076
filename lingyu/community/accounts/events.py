"""Facts about accounts: who joined, who came back, who was given which role.

Holds declarations only; `actions` records them.
"""

from lingyu.kernel.events import Event, fact


@fact("accounts.joined", zh="会员注册", en="Member joined")
class MemberJoined(Event):
    """Someone opened an account. `person` is the new member, from now on one identity for ever."""


@fact("accounts.signed_in", zh="会员登录", en="Member signed in")
class MemberSignedIn(Event):
    """A member logged in with a password or a link; not recorded for each page of the session."""


@fact("accounts.profile_edited", zh="资料修改", en="Profile edited")
class ProfileEdited(Event):
    """A member changed their pen name or what they say about themselves; the words stay in the account."""


@fact("accounts.language_chosen", zh="语言选择", en="Language chosen")
class LanguageChosen(Event):
    """A member chose the language in which pages and mails are written for them."""


@fact("accounts.role_granted", zh="角色授予", en="Role granted")
class RoleGranted(Event):
    """`person` may from now on do what `role` may; `actor` is who decided so."""

    role: str


@fact("accounts.role_revoked", zh="角色收回", en="Role revoked")
class RoleRevoked(Event):
    """`person` no longer holds `role`; `actor` is who took it back."""

    role: str


@fact("accounts.password_set", zh="密码设置", en="Password set")
class PasswordSet(Event):
    """An administrator set a member's password from the command line; the password is nowhere in it."""


@fact("accounts.closed", zh="账号停用", en="Account closed")
class AccountClosed(Event):
    """An administrator (`actor`) closed the account of `person`, who can no longer log in."""


@fact("accounts.reopened", zh="账号恢复", en="Account reopened")
class AccountReopened(Event):
    """An administrator (`actor`) opened the closed account of `person` again."""


@fact("accounts.export_asked", zh="数据导出申请", en="Data export asked for")
class ExportAsked(Event):
    """A member asked for a copy of everything the site holds about them."""


@fact("accounts.export_made", zh="数据导出完成", en="Data export made")
class ExportMade(Event):
    """The copy lies ready for its owner, for seven days."""


@fact("accounts.erasure_asked", zh="注销申请", en="Erasure asked for")
class ErasureAsked(Event):
    """A member asked to be erased; until the cooling-off time is over they may call it off."""


@fact("accounts.erasure_cancelled", zh="注销撤回", en="Erasure called off")
class ErasureCancelled(Event):
    """A member called off their erasure within the cooling-off time."""


@fact("accounts.erased", zh="会员注销", en="Member erased")
class MemberErased(Event):
    """Everything personal about `person` has been overwritten; the id stays, and leads to nobody.

    What rooms keep about them (a search index, a cache) is to be let go of on this fact.
    """

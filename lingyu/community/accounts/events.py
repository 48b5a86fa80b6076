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

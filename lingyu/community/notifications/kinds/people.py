"""What is said of people: who came by one's link."""

from lingyu.kernel.text import N_

from .registry import declare

FRIEND_JOINED = declare(
    "friend_joined",
    zh="邀请的好友注册",
    en="Friends who joined",
    one=N_("%(who)s has joined by your link"),
    many=N_("%(who)s have joined by your link"),
    icon="user-plus",
    area="friends",
    mail=False,
)
FRIEND_ACTIVE = declare(
    "friend_active",
    zh="邀请的好友参与",
    en="Friends who took part",
    one=N_("%(who)s, who came by your link, has taken part for the first time"),
    many=N_("%(who)s, who came by your link, have taken part for the first time"),
    icon="users",
    area="friends",
    tone="good",
)

"""The kinds of notifications there are: a closed registry, each with its words.

Holds declarations. A kind's words are two msgids with the same placeholders: `one` for a single
notification, `many` for a group of several (`%(count)s` is how many, `%(who)s` how many people or who).
Which placeholders there are beside these is for whoever notifies: `title` of the article, `feathers`, …
"""

from dataclasses import dataclass

from lingyu.kernel.events import DeclarationError
from lingyu.kernel.text import N_, Named


@dataclass(frozen=True)
class Kind(Named):
    """One kind: its names, its words, its picture, and by which channels it comes unless chosen otherwise."""

    code: str
    zh: str
    en: str
    one: str
    many: str
    icon: str
    area: str
    tone: str = ""
    here: bool = True
    mail: bool = True


@dataclass(frozen=True)
class Area(Named):
    """A heading under which kinds stand together: a filter of the centre."""

    code: str
    zh: str
    en: str


_AREAS = (
    Area("talk", zh="评论与回复", en="Comments and replies"),
    Area("writing", zh="我的文章", en="My articles"),
    Area("feathers", zh="羽毛", en="Feathers"),
    Area("mall", zh="订单", en="Orders"),
    Area("following", zh="关注", en="Following"),
    Area("friends", zh="好友", en="Friends"),
)
AREAS = {a.code: a for a in _AREAS}
KINDS: dict[str, Kind] = {}


def _kind(code: str, **more) -> Kind:
    if more["area"] not in AREAS:
        raise DeclarationError(f"kind {code!r} stands in no known area: {more['area']!r}")
    return KINDS.setdefault(code, Kind(code, **more))


def kind(code: str) -> Kind:
    """The kind called `code`; KeyError names the known ones."""
    if code not in KINDS:
        raise KeyError(f"no kind is called {code!r}; known: {', '.join(sorted(KINDS))}")
    return KINDS[code]


REPLIED = _kind(
    "replied",
    zh="有人回复我",
    en="Replies to me",
    one=N_("%(who)s replied to your comment below “%(title)s”"),
    many=N_("%(who)s replied to your comments below “%(title)s”"),
    icon="reply",
    area="talk",
)
COMMENTED = _kind(
    "commented",
    zh="我的文章有新评论",
    en="Comments on my articles",
    one=N_("%(who)s commented on “%(title)s”"),
    many=N_("%(who)s left %(count)s comments on “%(title)s”"),
    icon="message-circle",
    area="talk",
)
COMMENT_APPROVED = _kind(
    "comment_approved",
    zh="我的评论过审",
    en="My comments approved",
    one=N_("Your comment below “%(title)s” has been approved"),
    many=N_("%(count)s of your comments below “%(title)s” have been approved"),
    icon="circle-check",
    area="talk",
    tone="good",
    mail=False,
)
COMMENT_REMOVED = _kind(
    "comment_removed",
    zh="我的评论被移除",
    en="My comments removed",
    one=N_("Your comment below “%(title)s” was removed: %(reason)s"),
    many=N_("%(count)s of your comments below “%(title)s” were removed"),
    icon="circle-x",
    area="talk",
    tone="bad",
)
COMMENT_RESTORED = _kind(
    "comment_restored",
    zh="我的评论恢复",
    en="My comments restored",
    one=N_("Your comment below “%(title)s” is back"),
    many=N_("%(count)s of your comments below “%(title)s” are back"),
    icon="rotate-ccw",
    area="talk",
    tone="good",
)
PUBLISHED = _kind(
    "article_published",
    zh="文章按计划发布",
    en="Scheduled articles published",
    one=N_("“%(title)s” has been published as you scheduled it"),
    many=N_("“%(title)s” has been published as you scheduled it"),
    icon="calendar-check",
    area="writing",
    tone="good",
)
FEATURED = _kind(
    "article_featured",
    zh="文章被推荐",
    en="Articles featured",
    one=N_("“%(title)s” stands at the head of the front page"),
    many=N_("“%(title)s” stands at the head of the front page"),
    icon="star",
    area="writing",
    tone="good",
)
RETIRED = _kind(
    "article_retired",
    zh="文章被下线",
    en="Articles taken down",
    one=N_("“%(title)s” was taken off the site: %(reason)s"),
    many=N_("“%(title)s” was taken off the site: %(reason)s"),
    icon="archive",
    area="writing",
    tone="bad",
)
EARNED = _kind(
    "feathers_earned",
    zh="获得羽毛",
    en="Feathers earned",
    one=N_("You earned %(feathers)s feathers: %(cause)s"),
    many=N_("You earned %(feathers)s feathers in %(count)s entries: %(cause)s"),
    icon="feather",
    area="feathers",
    tone="good",
    mail=False,
)
CLAWED_BACK = _kind(
    "feathers_clawed_back",
    zh="羽毛被收回",
    en="Feathers clawed back",
    one=N_("%(feathers)s feathers were taken back: %(cause)s"),
    many=N_("%(feathers)s feathers were taken back in %(count)s entries: %(cause)s"),
    icon="undo-2",
    area="feathers",
    tone="bad",
)
RETURNED = _kind(
    "feathers_returned",
    zh="羽毛退还",
    en="Feathers returned",
    one=N_("%(feathers)s feathers came back to you: %(cause)s"),
    many=N_("%(feathers)s feathers came back to you in %(count)s entries: %(cause)s"),
    icon="rotate-ccw",
    area="feathers",
    tone="good",
)
EXPIRED = _kind(
    "feathers_expired",
    zh="羽毛过期",
    en="Feathers expired",
    one=N_("%(feathers)s of your feathers have expired"),
    many=N_("%(feathers)s of your feathers have expired"),
    icon="hourglass",
    area="feathers",
    tone="warn",
)
EXPIRING = _kind(
    "feathers_expiring",
    zh="羽毛即将过期",
    en="Feathers about to expire",
    one=N_("%(feathers)s of your feathers expire on %(day)s"),
    many=N_("%(feathers)s of your feathers expire soon"),
    icon="hourglass",
    area="feathers",
    tone="warn",
)
ORDER_DELIVERED = _kind(
    "order_delivered",
    zh="订单已发放",
    en="Orders delivered",
    one=N_("“%(title)s” is yours: your order has been delivered"),
    many=N_("%(count)s of your orders have been delivered"),
    icon="package-check",
    area="mall",
    tone="good",
)
ORDER_SHIPPED = _kind(
    "order_shipped",
    zh="订单已发货",
    en="Orders shipped",
    one=N_("“%(title)s” is on its way to you"),
    many=N_("%(count)s of your orders are on their way"),
    icon="truck",
    area="mall",
)
BACK_IN_STOCK = _kind(
    "good_back",
    zh="到货提醒",
    en="Goods back in stock",
    one=N_("“%(title)s” is in the mall again"),
    many=N_("%(count)s goods you waited for are in the mall again"),
    icon="bell",
    area="mall",
)
ORDER_REFUNDED = _kind(
    "order_refunded",
    zh="订单已退款",
    en="Orders refunded",
    one=N_("Your order of “%(title)s” was refunded; the feathers are back"),
    many=N_("%(count)s of your orders were refunded; the feathers are back"),
    icon="package-x",
    area="mall",
    tone="warn",
)
FOLLOWED = _kind(
    "followed_published",
    zh="关注的作者或专栏更新",
    en="New from authors and columns I follow",
    one=N_("%(who)s published “%(title)s”"),
    many=N_("%(who)s published %(count)s articles"),
    icon="newspaper",
    area="following",
)
FRIEND_JOINED = _kind(
    "friend_joined",
    zh="邀请的好友注册",
    en="Friends who joined",
    one=N_("%(who)s has joined by your link"),
    many=N_("%(who)s have joined by your link"),
    icon="user-plus",
    area="friends",
    mail=False,
)
FRIEND_ACTIVE = _kind(
    "friend_active",
    zh="邀请的好友参与",
    en="Friends who took part",
    one=N_("%(who)s, who came by your link, has taken part for the first time"),
    many=N_("%(who)s, who came by your link, have taken part for the first time"),
    icon="users",
    area="friends",
    tone="good",
)

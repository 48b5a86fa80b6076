"""Facts about sharing and inviting: links made, people who came by them, who of them read and who joined.

Holds declarations only; `actions` records them. `sharer` and `inviter` are member ids, `link` the row
of the link; `via` is `share` (an article's link) or `invite` (a personal one). `generation` counts in
the tree of invitations from nought, the member whom nobody invited (`root`).
"""

from typing import ClassVar
from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("sharing.link_made", zh="分享链接生成", en="Share link made")
class LinkMade(Event):
    """A member made their own link to an article, or their personal invitation. It earns nothing.

    `depth` is how many links lie before it: 0, or one more than that of the link by which the member
    had come to the article.
    """

    link: UUID
    via: str
    depth: int
    article: UUID | None = None


@fact("sharing.arrived", zh="链接到访", en="Arrived by a link")
class Arrived(Event):
    """Somebody opened a member's link for the first time. `person` is the member or the visitor's cookie."""

    link: UUID
    via: str
    withheld: ClassVar[tuple[str, ...]] = ("sharer", "link")
    sharer: str
    article: UUID | None = None


@fact("sharing.reader_qualified", zh="有效分享读者", en="Reader by a link counted")
class ReaderQualified(Event):
    """Somebody else (`person`) whom a link brought has effectively read the article.

    At most once for a reader and an article. Whether it earns anything is the rule's to say.
    """

    link: UUID
    withheld: ClassVar[tuple[str, ...]] = ("sharer", "link")
    sharer: str
    article: UUID
    depth: int


@fact("sharing.reader_dismissed", zh="分享读者不计", en="Reader by a link not counted")
class ReaderDismissed(Event):
    """A reader whom a link brought does not count, or counts no more; `reason` is a code."""

    link: UUID
    withheld: ClassVar[tuple[str, ...]] = ("sharer", "link")
    sharer: str
    article: UUID
    reason: str


@fact("sharing.invited_joined", zh="受邀注册", en="Invited member joined")
class InvitedJoined(Event):
    """A newcomer (`person`) signed up after coming by `inviter`'s link."""

    link: UUID
    via: str
    withheld: ClassVar[tuple[str, ...]] = ("inviter", "root", "link")
    inviter: str
    root: str
    generation: int


@fact("sharing.invited_active", zh="受邀会员首次参与", en="Invited member took part")
class InvitedActive(Event):
    """An invited member (`person`) did something real for the first time; `reason` says what."""

    withheld: ClassVar[tuple[str, ...]] = ("inviter", "root", "link")
    inviter: str
    root: str
    generation: int
    reason: str


@fact("sharing.invited_dismissed", zh="邀请不计", en="Invitation not counted")
class InvitedDismissed(Event):
    """An invitation counts for nothing: the two accounts seem to be one person's; `reason` is a code."""

    withheld: ClassVar[tuple[str, ...]] = ("inviter", "root", "link")
    inviter: str
    root: str
    generation: int
    reason: str

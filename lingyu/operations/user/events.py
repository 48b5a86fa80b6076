"""Facts of user operations: groups, who comes and goes, that something was said, and by which rules it
counts.

Holds declarations only; `actions` records them. No fact has a word of what was said, nor anybody's name.
"""

from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("user.group_opened", zh="建立社群", en="Group opened")
class GroupOpened(Event):
    """An operator (`actor`) entered a group; `kind` says what sort of place it is."""

    group: UUID
    kind: str


@fact("user.group_changed", zh="社群设置变更", en="Group changed")
class GroupChanged(Event):
    """An operator changed what a group is called, who looks after it, its goal, or whether samples are
    kept.
    """

    group: UUID


@fact("user.group_closed", zh="关闭社群", en="Group closed")
class GroupClosed(Event):
    """An operator closed a group: it is left out of the cards, and what was counted stays."""

    group: UUID


@fact("user.target_set", zh="设定社群目标", en="Target of a group set")
class TargetSet(Event):
    """An operator said what a group should reach: of `kpi`, so many ten-thousandths (`target`)."""

    group: UUID
    kpi: str
    target: int


@fact("user.group_joined", zh="加入社群", en="Group joined")
class GroupJoined(Event):
    """`person` came into a group. `known` is false where their first message is all that tells of it.

    `counted` is false for staff and bots.
    """

    group: UUID
    counted: bool
    known: bool


@fact("user.group_left", zh="离开社群", en="Group left")
class GroupLeft(Event):
    """`person` is no longer in a group; `how` is quit, removed or unknown. `stay`: whole days they were in
    it.
    """

    group: UUID
    counted: bool
    how: str
    stay: int


@fact("user.role_changed", zh="社群角色变更", en="Role in a group changed")
class RoleChanged(Event):
    """An operator said what `person` is in a group: member, core, moderator, staff or bot."""

    group: UUID
    role: str


@fact("user.message_said", zh="群内发言", en="Message in a group")
class MessageSaid(Event):
    """`person` said something in a group. `valid`: whether it counts, by version `rules_version` of the
    rules.

    `kind` is text, image, sticker …; `length` the characters that say something; `counted` is false for staff
    and bots. The words are not in it.
    """

    group: UUID
    kind: str
    length: int
    valid: bool
    counted: bool
    rules_version: int


@fact("user.rules_changed", zh="有效发言规则变更", en="Rules of valid messages changed")
class RulesChanged(Event):
    """An operator brought version `number` of the rules into force."""

    number: int


@fact("user.sample_labelled", zh="标注样本", en="Sample labelled")
class SampleLabelled(Event):
    """An operator judged a message of the sample: `outcome` is valid or invalid; `valid` is what the rules
    said.
    """

    group: UUID
    outcome: str
    valid: bool


@fact("user.post_written", zh="撰写触达消息", en="Message to an audience written")
class PostWritten(Event):
    """An operator wrote a message; `audience` says to whom: warned, group or condition."""

    post: UUID
    channel: str
    audience: str


@fact("user.post_started", zh="开始触达", en="Message to an audience started")
class PostStarted(Event):
    """The audience was drawn: `told` members are to get it, `held` are held out."""

    post: UUID
    told: int
    held: int


@fact("user.post_stopped", zh="停止触达", en="Message to an audience stopped")
class PostStopped(Event):
    """An operator stopped a message, or (`resumed`) let it go on: who was told stays told."""

    post: UUID
    resumed: bool


@fact("user.post_sent", zh="送达消息", en="Message sent")
class PostSent(Event):
    """`person` was sent the message, on the site or by mail."""

    post: UUID
    channel: str


@fact("user.snapshot_taken", zh="企业微信群统计快照", en="WeCom snapshot taken")
class SnapshotTaken(Event):
    """What WeCom counted on one day in the groups of one owner, who is not named here; at noon of that
    day.
    """

    group_members: int
    talking_members: int
    group_messages: int

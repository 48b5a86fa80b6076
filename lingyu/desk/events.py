"""Facts of the desks."""

from datetime import date

from lingyu.kernel.events import Event, fact


@fact("desk.goal_set", zh="目标已设定", en="Goal set")
class GoalSet(Event, frozen=True, kw_only=True):
    """An operator set the target of a metric for a period; the last one set counts."""

    metric: str
    start: date
    end: date
    target: int
    currency: str | None = None


@fact("desk.lever_pulled", zh="抓手已使用", en="Lever pulled")
class LeverPulled(Event, frozen=True, kw_only=True):
    """An operator pulled a lever of an operation's desk, to move `metric`.

    `subject` is what it was pulled on, such as an article's id; nothing for a lever without one. What
    the lever did is a fact of its own, recorded in the same transaction by whoever did it.
    """

    lever: str
    metric: str
    operation: str
    subject: str | None = None


@fact("desk.lever_undone", zh="抓手已撤回", en="Lever undone")
class LeverUndone(Event, frozen=True, kw_only=True):
    """An operator took back what a lever had done; nothing is recorded when it had ended by itself."""

    lever: str
    metric: str
    operation: str
    subject: str | None = None


@fact("desk.question_saved", zh="问题已保存", en="Question saved")
class QuestionSaved(Event, frozen=True, kw_only=True):
    """Somebody kept a question of facts on a desk under a title; `saved` is its id, `kind` what it asks."""

    kind: str
    operation: str
    saved: str


@fact("desk.question_renamed", zh="问题已改名", en="Question renamed")
class QuestionRenamed(Event, frozen=True, kw_only=True):
    """Somebody gave a saved question another title."""

    operation: str
    saved: str


@fact("desk.question_deleted", zh="问题已删除", en="Question deleted")
class QuestionDeleted(Event, frozen=True, kw_only=True):
    """Somebody took a saved question off a desk; it can be restored."""

    operation: str
    saved: str


@fact("desk.question_restored", zh="问题已恢复", en="Question restored")
class QuestionRestored(Event, frozen=True, kw_only=True):
    """Somebody took the deletion of a saved question back."""

    operation: str
    saved: str


@fact("desk.answer_embedded", zh="结果已嵌入", en="Answer embedded")
class AnswerEmbedded(Event, frozen=True, kw_only=True):
    """Somebody made an address under which everybody who has it sees the answer to a question."""

    embed: str
    kind: str
    operation: str


@fact("desk.embed_revoked", zh="嵌入已撤销", en="Embed revoked")
class EmbedRevoked(Event, frozen=True, kw_only=True):
    """Somebody revoked the address of an embedded answer: it shows nothing any more."""

    embed: str
    operation: str


@fact("desk.token_made", zh="接口令牌已创建", en="API token made")
class TokenMade(Event, frozen=True, kw_only=True):
    """An operator made a token for `scopes` of the API; `token` is its id, never its text."""

    token: str
    scopes: str


@fact("desk.token_revoked", zh="接口令牌已吊销", en="API token revoked")
class TokenRevoked(Event, frozen=True, kw_only=True):
    """An operator took a token back: it opens nothing from then on."""

    token: str


@fact("desk.token_used", zh="接口令牌当日首次使用", en="API token used that day")
class TokenUsed(Event, frozen=True, kw_only=True):
    """A machine showed a token for the first time that day; `actor` is who made the token."""

    token: str


@fact("desk.segment_saved", zh="人群已保存", en="Segment saved")
class SegmentSaved(Event, frozen=True, kw_only=True):
    """An operator saved a segment, made it anew, or changed it; `version` counts from 1."""

    segment: str
    operation: str
    version: int


@fact("desk.segment_deleted", zh="人群已删除", en="Segment deleted")
class SegmentDeleted(Event, frozen=True, kw_only=True):
    """An operator deleted a segment; it can be brought back."""

    segment: str
    operation: str


@fact("desk.segment_restored", zh="人群已恢复", en="Segment brought back")
class SegmentRestored(Event, frozen=True, kw_only=True):
    """An operator brought a deleted segment back."""

    segment: str
    operation: str


@fact("desk.people_taken", zh="人群名单已导出", en="People of a segment taken along")
class PeopleTaken(Event, frozen=True, kw_only=True):
    """Somebody, or a token of theirs, took the names of a segment's people along, so many of them."""

    segment: str
    people: int
    token: str | None = None


@fact("desk.person_seen", zh="用户资料被查看", en="Person looked at")
class PersonSeen(Event, frozen=True, kw_only=True):
    """An operator looked at one person's page. `number` is the person's in the log, no name of theirs."""

    number: int


@fact("desk.sql_asked", zh="SQL 查询已执行", en="SQL asked")
class SqlAsked(Event, frozen=True, kw_only=True):
    """An operator asked a question in SQL; `hash` is SHA-256 of its text, `rows` how many it answered."""

    hash: str
    rows: int


@fact("desk.sql_saved", zh="SQL 查询已保存", en="SQL query saved")
class SqlSaved(Event, frozen=True, kw_only=True):
    """An operator saved a query in SQL under a title."""

    query: str


@fact("desk.sql_deleted", zh="SQL 查询已删除", en="SQL query deleted")
class SqlDeleted(Event, frozen=True, kw_only=True):
    """An operator deleted a saved query."""

    query: str

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

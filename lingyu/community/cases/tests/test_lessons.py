"""What people decided teaches the screening; what was undone does not."""

from lingyu.community.cases import actions
from lingyu.community.cases.lessons import decided
from lingyu.community.comments import actions as comments
from lingyu.community.pact.teaching import decisions


def test_standing_decisions_are_lessons_and_reversed_ones_are_none(article, comment, luren, dapeng, xiaoyan):
    other = comments.post_comment(actor=luren, article=article, body="另一条读后感，说的是渠道投放。")
    first = actions.look_at(actor=dapeng, subject=f"comment:{comment.id}")
    second = actions.look_at(actor=dapeng, subject=f"comment:{other.id}")
    wrong = actions.decide(actor=dapeng, case=first, outcome="violation", lead="2.6", words="骂人。")
    actions.decide(actor=dapeng, case=second, outcome="clear")
    assert {(row.text, row.label) for row in decided()} == {(comment.body, "2.6"), (other.body, "ok")}
    actions.reverse(actor=xiaoyan, decision=wrong, words="看错了。")
    assert [(row.text, row.label) for row in decided()] == [(other.body, "ok")]


def test_the_command_finds_them():
    assert decided in decisions._SOURCES

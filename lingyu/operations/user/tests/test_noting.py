"""What a source tells of a group is noted once, judged by the rules in force, and its words are let go of."""

import pytest
from django.core.exceptions import ValidationError

from lingyu.community.accounts.events import MemberErased
from lingyu.community.articles import actions as articles
from lingyu.community.comments import actions as comments
from lingyu.kernel.query import Query
from lingyu.operations.user import actions
from lingyu.operations.user.events import GroupJoined, GroupLeft, MessageSaid
from lingyu.operations.user.models import Membership, Message, Participant, Sample, Terms, standing_rules
from lingyu.operations.user.models.validity import kind_of
from lingyu.operations.user.reactions import forget_whom_it_was
from lingyu.store.deliver import deliver_due
from lingyu.store.models import Envelope
from lingyu.store.query import ask
from lingyu.store.ship import ship_all

JUDGED = {
    "收到": "phrase",
    "收到！谢谢老师～": "phrase",
    "哈哈哈哈哈哈": "phrase",
    "OK, thanks": "phrase",
    "+1": "phrase",
    "[强][强]": "kind",
    "👍👍": "kind",
    "[动画表情]": "kind",
    "嘛": "short",
    "@小喜 收到": "phrase",
    "“阿泽”加入了群聊": "system",
    "收到的货少了一件": "",
    "谢谢你们的客服，问题解决了": "",
    "[图片]": "",
    "[文件] 三月复盘.xlsx": "",
}


@pytest.mark.parametrize(("words", "why"), JUDGED.items())
def test_what_says_nothing_is_told_from_what_does(words, why):
    assert Terms().judge(words).why == why


def test_kinds_are_read_from_what_exports_write():
    assert [kind_of(t) for t in ("[语音] 3秒", "[链接] 标题", "[我想说] 其实", "拍了拍我")] == [
        "text", "link", "text", "system",
    ]  # fmt: skip


def test_the_same_told_again_changes_nothing(told, facts):
    items = (("came", 9, "a"), ("said", 3, "a"), ("said", 3, "b", "收到"), ("went", 1, "a", "quit"))
    first, again = told(*items), told(*items)
    assert (first.messages, first.valid, first.joined, first.left) == (2, 1, 2, 1)
    assert (again.messages, again.known, again.joined, again.left) == (0, 2, 0, 0)
    assert Message.objects.count() == len(facts(MessageSaid)) == 2
    assert len(facts(GroupJoined)) == 2
    assert [(f.how, f.stay) for f in facts(GroupLeft)] == [("quit", 8)]


def test_no_word_that_was_said_is_kept_anywhere(told, db):
    told(("said", 3, "a", "我的电话是一三八零零"))
    assert not Sample.objects.exists()
    assert not any("一三八" in bytes(e.body).decode() for e in Envelope.objects.all())
    assert not any("一三八" in str(value) for row in Message.objects.values() for value in row.values())


def test_a_sample_is_kept_with_consent_only_and_goes_with_it(told, group, aque, ago):
    words = [("said", 3, f"p{n}", f"第{n}个人说的话") for n in range(200)]
    told(*words)
    assert not Sample.objects.exists()
    actions.set_sampling(actor=aque, group=group, allowed=True)
    told(*(("said", 2, who, text) for _s, _d, who, text in words))
    kept = Sample.objects.exclude(words="").count()
    assert 1 <= kept <= 30
    sample = Sample.objects.first()
    actions.label_sample(actor=aque, sample=sample, label="invalid")
    actions.set_sampling(actor=aque, group=group, allowed=False)
    assert not Sample.objects.exclude(words="").exists()
    assert Sample.objects.get(pk=sample.pk).label == "invalid"


def test_sampled_words_go_after_thirty_days(told, group, aque, ago):
    actions.set_sampling(actor=aque, group=group, allowed=True)
    told(*(("said", 2, f"p{n}", "一句话") for n in range(100)))
    kept = Sample.objects.exclude(words="").count()
    assert actions.forget_words(actor=None, now=ago(-29)) == 0
    assert actions.forget_words(actor=None, now=ago(-31)) == kept > 0


def test_staff_and_bots_are_in_no_number(told, ago, empty_store):
    told(
        ("came", 9, "bot", "bot"),
        ("came", 9, "a"),
        ("said", 3, "bot"),
        ("said", 3, "a"),
        ("said", 2, "a", "好的"),
    )
    ship_all()
    numbers = {m: ask(Query(metric=m)).rows[0].value for m in NAMES}
    assert numbers == {
        "group_active_members": 1,
        "group_speakers": 1,
        "group_messages": 2,
        "group_valid_messages": 1,
        "group_joins": 1,
    }


NAMES = ("group_active_members", "group_speakers", "group_messages", "group_valid_messages", "group_joins")


def test_new_rules_judge_what_comes_and_leave_what_was(told, aque):
    told(("said", 3, "a", "下周见"))
    terms = Terms(least=2, phrases=(*Terms().phrases, "下周见"))
    made = actions.change_rules(actor=aque, terms=terms, expected=0, note="告别语不算")
    told(("said", 1, "a", "下周见"))
    assert [(m.rule, m.why) for m in Message.objects.order_by("at")] == [(0, ""), (1, "phrase")]
    assert standing_rules() == (made.number, terms)


def test_two_who_change_the_rules_at_once_do_not_overwrite_one_another(aque, db):
    actions.change_rules(actor=aque, terms=Terms(least=3), expected=0, note="三个字起")
    with pytest.raises(ValidationError, match="meanwhile"):
        actions.change_rules(actor=aque, terms=Terms(least=4), expected=0, note="四个字起")


def test_who_speaks_was_there_and_an_older_export_says_since_when(told):
    told(("said", 3, "a"))
    stay = Membership.objects.get()
    assert not stay.joined_known
    told(("said", 8, "a"))
    assert Membership.objects.get().joined_at < stay.joined_at
    told(("came", 12, "a"))
    assert Membership.objects.get().joined_known


def test_coming_back_is_another_stay(told):
    told(("came", 20, "a"), ("went", 10, "a"), ("came", 5, "a"), ("said", 2, "a"))
    assert Membership.objects.count() == 2
    assert Membership.objects.present().count() == 1


def test_a_forum_section_is_fed_by_its_column(aque, xiaoxi, dapeng, luren):
    column = articles.open_column(actor=aque, slug="method", zh="方法", en="Methods")
    written = articles.write_article(actor=xiaoxi, title="留存", body="正文", column=column)
    articles.publish_article(actor=xiaoxi, article=written)
    old = comments.post_comment(actor=luren, article=written, body="先占个位，晚点细看")
    comments.approve_comment(actor=dapeng, comment=old)
    section = actions.open_group(actor=aque, name="方法版块", kind="forum", column="method")
    assert actions.feed_section(actor=aque, group=section).messages == 1
    new = comments.post_comment(actor=xiaoxi, article=written, body="谢谢")
    comments.post_comment(actor=luren, article=written, body="没有过审的一句")
    comments.approve_comment(actor=dapeng, comment=new)
    articles.report_read(actor=None, person=dapeng.key, article=written)
    articles.report_read(actor=None, person="visitor-1", article=written)
    while deliver_due():
        pass
    assert sorted((m.participant.member.username, m.why) for m in Message.objects.all()) == [
        ("小喜", "phrase"), ("路人", ""),
    ]  # fmt: skip
    there = Membership.objects.filter(group=section)
    assert {m.participant.member.username for m in there} == {"大鹏", "小喜", "路人"}


def test_an_erased_member_has_no_name_and_no_words_here(aque, luren, told, group, ago):
    actions.set_sampling(actor=aque, group=group, allowed=True)
    told(*(("said", n, luren.key, "话") for n in range(1, 60)), source="site")
    forget_whom_it_was(MemberErased(occurred_at=ago(0), person=luren.key))
    assert Participant.objects.get(member=luren).name == ""
    assert not Sample.objects.exclude(words="").exists()
    assert Message.objects.count() == 59

"""The demo's measures of reviewing: golden cases with what two moderators said, blind second looks.

Called by `cases`, whose decided cases are looked at again.
"""

from datetime import datetime, timedelta

from lingyu.community.accounts.models import Member
from lingyu.community.cases import actions
from lingyu.community.cases.models import Case, Golden

GOLDEN = (
    # text, right clause, why, what 大鹏 and 阿鹊 said
    ("你写的每个字都在浪费我的时间，蠢得没救。", "2.6", "骂的是人，不是文章。", ("2.6", "2.6")),
    ("这篇文章的结论站不住脚，样本只有三个人。", "", "有理有据的批评，再不客气也不违规。", ("", "")),
    ("进群领红包，前一百名免费，加微信备注领取。", "3.1", "拉人进群，没有别的内容。", ("3.1", "3.1")),
    ("属猴的今年不宜跳槽，信我的没错。", "6.4", "用生肖指点别人的前程。", ("6.4", "6.1")),
    ("南方人做电商就是比北方人精明。", "2.7", "哪怕是夸，也是按地方给人贴标签。", ("2.7", "")),
)
# How many decided cases 阿鹊 looked at again, blindly; of every fourth she thought otherwise.
DOUBLES, OTHERWISE = 9, 4


def load(people: dict[str, Member], now: datetime) -> None:
    """Golden cases with what two moderators said, and second looks at decided cases."""
    begun = now - timedelta(days=21)
    dapeng, aque = people["dapeng"], people["aque"]
    for number, (text, clause, because, answers) in enumerate(GOLDEN):
        golden: Golden = actions.add_golden(actor=aque, text=text, clause=clause, because=because, at=begun)
        for moderator, answer in zip((dapeng, aque), answers, strict=True):
            at = begun + timedelta(days=1 + 2 * number)
            actions.answer_golden(actor=moderator, golden=golden, clause=answer, at=at)
    decided = Case.objects.filter(decision__by=dapeng).select_related("decision").order_by("-decision__at")
    for number, case in enumerate(decided[:DOUBLES]):
        clause = "2.4" if number % OTHERWISE == OTHERWISE - 1 else case.decision.lead
        actions.look_again(actor=aque, case=case, clause=clause, at=case.decision.at + timedelta(minutes=90))

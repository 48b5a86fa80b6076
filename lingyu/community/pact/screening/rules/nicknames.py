"""Names and self-descriptions that claim an office: of this site, of an authority, of a licensed trade."""

import re
from collections.abc import Iterator

from ..steps import Scene, Signal

_BODY = (
    "官方|本站|平台|系统|翎羽|羽毛|积分|网警|公安|派出所|法院|检察院|税务局|教育局|监管局|工商局|政府|海关|反诈中心|央视|新华社"
    "|人民日报|电视台|银行|医院|基金会|售后|社保|民政"
)
_OFFICE = (
    "客服|管理员|审核员?|通知|消息|公告|专员|记者|民警|网警|警官|法官|检察官|医生|主任|助理|助手|招生办|稽查科?|执行局|信用卡中心"
    "|旗舰|编辑|小编|工作人员|团队"
)
_CLAIMED = re.compile(
    f"(?:{_BODY})[一-鿿]{{0,5}}(?:{_OFFICE})"
    r"|^(?:[一-鿿]{0,4})官方(?:[a-z0-9]{0,6}|账号|帐号)$|^官方|官方$"
    r"|^(?:超级|系统|网站|论坛|社区)?管理员(?:[a-z0-9]{0,6}|[小老][一-鿿])?$"
    r"|^(?:在线|人工)?客服(?:[a-z0-9]{1,6}|[小老][一-鿿])$|^站长(?:助理|本人)?(?:[小老][一-鿿])?$|^版主$"
    r"|(?:公安|税务|教育|法院)局?(?:[一-鿿]{0,3})(?:局|科|处|办)"
    r"|^admin(?:istrator)?(?:\d{0,6}|lingyu|official)$|^lingyu(?:admin|official|support)"
    r"|^official(?:support|team|account|admin)|^(?:system|customer)(?:admin|notice|support|service)"
)
_DENIED = re.compile(
    "^前|不是|想当|想做|想成为|家的|家属|学习|学生|学渣|被|的梦|门口|听了|隔壁|席上|之家|流泪|粉丝|黑粉|别|仓库|图书"
)
_SAID = re.compile(
    "(?:我是|本人系|本人是|我们是|这里是|我系)(?:本站|平台|翎羽|官方|网站|系统|本平台|贵站)的?[一-鿿]{0,4}"
    f"(?:{_OFFICE})"
)
_DEMAND = re.compile(
    "验证|密码|账号|帐号|转账|退款|点击|核对|核实|异常|封停|注销|验证码|截图|屏幕|登记|缴|付"
)


def find(scene: Scene) -> Iterator[Signal]:
    """A claimed office in a nickname; in other texts only one that asks for something."""
    views = scene.views["text"]
    view = views.compact
    if scene.post.kind == "nickname":
        match = _CLAIMED.search(view.text[:60])
        if match and not _DENIED.search(view.text[:60]):
            yield Signal("5.3", view.span(*match.span()), 0.75, "rule:impersonation/name")
        return
    for match in _SAID.finditer(view.text):
        if _DEMAND.search(view.text, match.end(), match.end() + 60):
            yield Signal("5.3", view.span(*match.span()), 0.75, "rule:impersonation/said")
            return

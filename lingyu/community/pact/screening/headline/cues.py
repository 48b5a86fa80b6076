"""What headline bait is made of: cues of style, promises, and claims that a text has to bear out.

Self-written from what readers of Chinese sites know. Each cue is a bounded expression over the folded title.
"""

import re

# (weight, expression): log-odds that a cue adds.
_STYLE = (
    (
        2.6,
        r"震惊|惊呆|惊爆|惊天|吓傻|吓死人?|吓坏|炸裂|炸锅|逆天|骇人|毛骨悚然|细思极恐|背后?发凉|太恐怖|太可怕|傻眼",
    ),
    (
        2.6,
        r"不转不是|不看后悔|后悔一辈子|看完.{0,6}(?:沉默|哭|泪|惊|跪|服)|看了沉默|看了流泪|看哭了?|泪奔|泪目|破防|吃哭",
    ),
    (
        2.4,
        r"(?:速|必|快)看[!!]|马上就?删|(?:即将|随时)被删|赶(?:快|紧)(?:看|关|扔|删|收藏)|快扔掉|必须看完|趁没删|紧急(?:通知|扩散)[!!]",
    ),
    (
        2.4,
        r"万万没想到|想不到的是|(?:结局|原因|后果|真相|答案).{0,4}(?:竟|让|太|曝光|惊|亮了)|竟然?是(?:因为|他|她|它|这)?|居然.{0,6}(?:这种|干|敢)",
    ),
    (
        2.2,
        r"\d{2}%的人.{0,3}(?:都)?不知道|(?:绝|从|永远)不会告诉你|不敢(?:告诉|说)|不想让你知道|都被骗了|骗了.{0,3}年|内幕|揭秘|真相曝光|惊人真相",
    ),
    (
        2.0,
        r"千万(?:别|不要)再?|全都?疯了|^疯了|人都疯|疯传|刷屏全网|全网(?:都)?(?:炸|疯|破防|沸腾|怒)",
    ),
    (2.4, r"出大事|大事不好|变天了|彻底凉了"),
    (1.4, r"今夜无眠|无人入睡|彻夜难眠|坐不住了"),
    (
        1.8,
        r"史上最|有史以来|前所未有|百年一遇|最后一次机会|只需?(?:要)?(?:一|两|三)(?:招|步|个动作)|一招.{0,4}(?:搞定|解决|学会)|从此告别|秒懂",
    ),
    (
        1.6,
        r"这(?:个|种|一|些|件).{0,6}(?:竟|居然|太|能|会|的人).{0,8}[!!…]|他(?:们)?只做了一件|做(?:了)?(?:这|一)件事.{0,8}(?:沉默|…)|藏着(?:这|它)",
    ),
    (
        1.4,
        r"让(?:所有|无数|全).{0,3}人|所有人都?|当场(?:沉默|愣|哭|崩)|男人看了|女人看了|看懂的(?:人)?都|懂的都懂",
    ),
    (
        2.6,
        r"you won'?t believe|what happened next|did next|will (?:shock|blow)|"
        r"shocking|doctors hate|one weird|jaw.?dropping",
    ),
    (
        1.2,
        r"this (?:one )?(?:trick|secret|photo)|secrets? (?:that|they)|nobody tells|"
        r"before it'?s (?:deleted|too late)",
    ),
)
_PROMISE = (
    (
        2.2,
        r"(?:月|日|年|周)(?:入|赚)(?:百|千|上|过|\d)?\S{0,3}万|"
        r"狂赚|暴富|发财|首富|财富密码|躺赚|身价.{0,4}亿|made \$",
    ),
    (
        2.2,
        r"(?:暴涨|狂涨|疯涨|涨粉|翻了?)\D{0,4}\d+|翻\d+倍|\d{2,}倍|从零到亿|引流\d+万|年赚|天价|损失上千亿",
    ),
    (
        2.0,
        r"独家(?:内幕|曝光|揭秘)?[!!]?|绝密|绝对机密|内部(?:流出|人士|资料)|冒死|秘籍|惊人真相|密码[!!]|内幕|secret",
    ),
    (
        1.8,
        r"轰动全|全(?:球|国|网)(?:轰动|疯传|哗然)|史上最(?:全|强|牛)|最强|神(?:操作|级)|逆天(?:改命)?|翻身|百年一遇|一招击败|集体崩盘",
    ),
    (
        2.4,
        r"(?:人生|命运|一生).{0,4}(?:彻底|从此).{0,2}(?:改变|不同)|彻底改变|一次讲透|(?:活到|长到)\d{3}岁|跪求|都跪了|绝了[!!]",
    ),
    (
        1.6,
        r"价值(?:\d+|[一二三四五六七八九十百千]+)万|(?:今天|限时|马上)免费(?:公开|领)|方法公开|只需?要?这?[一二三3]步|重磅|爆雷|炸裂|惊爆",
    ),
)
# Predicates that state something grave; a text under such a title has to mention it.
_CLAIMS = (
    r"关闭|关店|倒闭|破产|裁员|停运|停产|停业|取消|下架|召回|致癌|中毒|死亡|身亡|去世|猝死|受伤|坠落|坠楼|爆炸|起火|"
    r"辞职|下台|被捕|被抓|起诉|索赔|判刑|承认|道歉|假球|造假|骗局|诈骗|退出|退圈|离婚|出轨|怀孕|暴跌|下跌|暴涨|"
    r"不再|禁止|加收|涨价|收费|导致|证实|检出|会让人|联名|要求|宣布|曝光|普遍|崩盘|跑路|失踪|"
    r"admits|steals?|stealing|dies|dead|killed|arrested|bans?|banned|collapses?|resigns?|sues|fraud"
)

STYLE = tuple((weight, re.compile(pattern)) for weight, pattern in _STYLE)
PROMISE = tuple((weight, re.compile(pattern)) for weight, pattern in _PROMISE)
CLAIMS = re.compile(_CLAIMS)
# Marks that shout or withhold.
SHOUTS = re.compile(r"[!!]{2,}|[!!?？][!!?？]|…{2,}|\.{4,}")
CALLS = re.compile(r"[!!]")
# A cue inside quotation marks is spoken about, not used; a question or a denial of it likewise.
QUOTED = re.compile(r"[“‘「『《\"][^”’」』》\"]{1,30}[”’」』》\"]")
DOUBTED = re.compile(r"谣言|辟谣|网传|没有$|别信|不实|警惕|是真的吗|并不|\?$|怎么(?:流行|来的)")

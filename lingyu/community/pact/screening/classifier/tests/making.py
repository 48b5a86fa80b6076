"""Small made-up sets of labelled texts: gambling, insults and ordinary talk, as many as are asked for."""

from random import Random

from lingyu.community.pact.screening.classifier.examples import Example

_OPENERS = [
    "昨天",
    "今天",
    "晚上",
    "周末",
    "刚才",
    "最近",
    "早上",
    "上周",
    "中午",
    "下班后",
    "开会时",
    "路上",
    "家里",
    "群里",
    "店里",
]
_PLACES = [
    "公司",
    "楼下",
    "学校",
    "食堂",
    "地铁",
    "公园",
    "图书馆",
    "超市",
    "车站",
    "小区",
    "仓库",
    "前台",
    "咖啡馆",
    "球场",
    "医院",
]
_TOPICS = {
    "1.8": [
        "上线就送彩金",
        "百家乐稳赢",
        "真人荷官发牌",
        "老虎机爆率高",
        "注册送筹码",
        "盘口水位高",
        "代理返水",
        "包赢计划群",
        "博彩平台充值",
        "下注秒到账",
    ],
    "2.6": [
        "你这个废物",
        "脑子进水了",
        "滚远点",
        "真是个蠢货",
        "不要脸的东西",
        "贱人一个",
        "狗都不如",
        "白痴一样",
        "恶心透顶",
        "闭上你的臭嘴",
    ],
    "": [
        "排队买了早餐",
        "改好了周报",
        "天气不错",
        "一起看了电影",
        "修好了自行车",
        "读完一本书",
        "换了新键盘",
        "讨论了方案",
        "收到了快递",
        "做了红烧肉",
    ],
}


def made(count: int, seed: int = 0) -> list[Example]:
    """`count` texts of each of three classes, all different."""
    random, found, seen = Random(seed), [], set()
    for label, phrases in _TOPICS.items():
        while sum(label in e.labels or (not label and not e.labels) for e in found) < count:
            parts = [random.choice(_OPENERS), random.choice(_PLACES), *random.sample(phrases, 2)]
            text = "，".join(("".join(parts[:2]), *parts[2:])) + str(random.randrange(10_000))
            if text not in seen:
                seen.add(text)
                found.append(Example(text, frozenset({label} - {""})))
    return found

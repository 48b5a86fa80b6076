"""The province at the beginning of a Chinese address, in its short form."""

from functools import lru_cache

SHORT = (
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "台湾",
    "香港",
    "澳门",
)


@lru_cache(maxsize=65_536)
def province_of(address: str | None) -> str | None:
    """The province in which `address` lies; None when it does not begin with one."""
    if not address:
        return None
    bare = address.strip().removeprefix("中国").lstrip(" ,，")
    return next((name for name in SHORT if bare.startswith(name)), None)

"""Log-in through WeChat, Weibo, DingTalk and Feishu, where an administrator has set it up.

Holds which of them are known and configured (`providers`), how each of them is spoken to (`talking`)
and the doors through which they come back (`doors`). The protocol itself is django-allauth's.
"""

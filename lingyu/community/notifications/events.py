"""Facts about notifications: what members chose to be told, and which mails went out."""

from lingyu.kernel.events import Event, fact


@fact("notifications.preferences_changed", zh="通知设置修改", en="Notification preferences changed")
class PreferencesChanged(Event):
    """A member changed which notifications reach them, or how often the digest comes."""


@fact("notifications.digest_sent", zh="通知邮件发送", en="Digest sent")
class DigestSent(Event):
    """One mail with what was new went out to `person`; `found` is how many notifications it told of."""

    found: int


@fact("notifications.unsubscribed", zh="退订通知邮件", en="Digest unsubscribed")
class Unsubscribed(Event):
    """`person` ended the mails by the link in one of them, signed in or not."""

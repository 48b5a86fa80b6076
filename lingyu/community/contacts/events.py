"""Facts of the contacts: the terms, and that a member was written to."""

from lingyu.kernel.events import Event, fact


@fact("contacts.terms_set", zh="触达规则变更", en="Terms of contact set")
class TermsSet(Event):
    """Somebody (`actor`) said how many messages a member may get in seven days, and when nobody is written
    to.
    """

    per_week: int


@fact("contacts.contacted", zh="触达会员", en="Member contacted")
class MemberContacted(Event):
    """A desk claimed one message to `person` out of their budget; `channel` is here or mail.

    `purpose` says what for, by the desk's own code.
    """

    channel: str
    purpose: str

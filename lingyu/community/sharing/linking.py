"""Whether two people seem to be one: the sharer and a reader, an inviter and a newcomer.

Holds reading, and the reasons as codes. None of these signs proves anything, so they cost feathers
only, and the receipt says which it was.
"""

from allauth.account.models import EmailAddress

from lingyu.community.accounts.models import Member
from lingyu.community.feathers.explaining import reason
from lingyu.kernel.text import N_

from .models import Invitation, Trace

SELF = reason("share.self", N_("You opened your own link; your own reading does not count."))
AUTHOR = reason("share.author", N_("The reader is the author of the article."))
SEEN = reason("share.seen", N_("This reader had been counted for the article, or had read it, before."))
BOT = reason("share.bot", N_("A program opened the link, not a person."))
GONE = reason("share.gone", N_("The article could not be read in full at that moment."))
BROWSER = reason("share.browser", N_("It was a browser in which you have been signed in yourself."))
DEVICE = reason("share.device", N_("It came from the same connection and kind of browser as you use."))
MAIL = reason("share.mail", N_("The other account has the same mailbox as yours."))
SECOND = reason(
    "invite.second", N_("Another account was used in that browser, or with that connection, before.")
)
PAIR = reason("share.pair", N_("One of you invited the other; that is rewarded already."))

# Providers that ignore dots, and other names of theirs.
DOTLESS = {"gmail.com"}
SAME_HOUSE = {"googlemail.com": "gmail.com"}


def mailbox(address: str) -> str:
    """The mailbox behind an address: without what follows a plus sign, in one spelling; "" for none."""
    name, _, house = address.strip().casefold().rpartition("@")
    house = SAME_HOUSE.get(house, house)
    name = name.partition("+")[0]
    if house in DOTLESS:
        name = name.replace(".", "")
    return f"{name}@{house}" if name and house else ""


def mailboxes(member: Member) -> set[str]:
    """Every mailbox of an account, confirmed or not."""
    listed = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
    return {mailbox(a) for a in (member.email, *listed)} - {""}


def sign_between(known: Member, other: Member | None, browsers, devices) -> str:
    """The sign that `other`, in one of these browsers and devices, is `known` themselves; or ""."""
    if other and other.id == known.id:
        return SELF
    traces = Trace.objects.filter(member=known)
    if traces.filter(kind="browser", value__in=list(browsers)).exists():
        return BROWSER
    if traces.filter(kind="device", value__in=[d for d in devices if d]).exists():
        return DEVICE
    return MAIL if other and mailboxes(known) & mailboxes(other) else ""


def shared_sign(one: Member, other: Member) -> str:
    """The sign that two accounts are one person's, from all that is kept of both; or ""."""
    kept = Trace.objects.filter(member=other).values_list("kind", "value")
    browsers = {value for kind, value in kept if kind == "browser"}
    return sign_between(one, other, browsers, {value for kind, value in kept if kind == "device"})


def second_account(inviter: Member, newcomer: Member, browsers, devices) -> str:
    """The sign that a newcomer has another account: any in this browser, or a friend's on this device."""
    others = Trace.objects.exclude(member=newcomer)
    friends = others.filter(member__invitation__inviter=inviter)
    used = others.filter(kind="browser", value__in=list(browsers)).exists()
    used = used or friends.filter(kind="device", value__in=[d for d in devices if d]).exists()
    return SECOND if used else ""


def invited_before(one: Member, other: Member, at) -> bool:
    """Whether one of the two had invited the other by then."""
    return Invitation.objects.between(one, [other]).filter(at__lt=at).exists()


def members_behind(browsers) -> set:
    """Ids of the members who have been signed in with one of these browsers."""
    found = Trace.objects.filter(kind="browser", value__in=[b for b in browsers if b])
    return set(found.values_list("member", flat=True))


def browsers_of(members) -> set[str]:
    """The browsers with which these members have been signed in."""
    return set(Trace.objects.filter(kind="browser", member__in=members).values_list("value", flat=True))

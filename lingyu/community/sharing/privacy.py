"""What sharing holds about a member, for their export and their erasure.

Who shared, came and invited stays, as ids that lead to nobody: the tree of others hangs on it. What a
browser was known by goes.
"""

from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.accounts.privacy import Delete, Overwrite, contribution, eraser

from .linking import browsers_of
from .models import Arrival, Invitation, ShareLink, Trace


@contribution("share_links", zh="我的分享链接", en="My share links")
def share_links(member: Member):
    """Every link of the member, and how many people it brought."""
    for link in ShareLink.objects.filter(member=member).order_by("made_at"):
        yield {
            "kind": link.via,
            "article": link.article_id,
            "made_at": link.made_at,
            "ended_at": link.ended_at,
            "people_who_came": link.arrivals.count(),
            "readers_counted": link.arrivals.qualified().count(),
        }


@contribution("links_followed", zh="我打开过的分享", en="Shared links I opened")
def links_followed(member: Member):
    """By which links the member came to articles; not whose they were."""
    for arrival in Arrival.objects.filter(member=member).order_by("first_at"):
        yield {
            "article": arrival.article_id,
            "first_at": arrival.first_at,
            "last_at": arrival.last_at,
            "counted_at": arrival.qualified_at,
        }


@contribution("invitations", zh="邀请记录", en="Invitations")
def invitations(member: Member):
    """Who joined by the member's links, as states without names, and how the member came here."""
    for invitation in Invitation.objects.filter(inviter=member).order_by("at"):
        yield {"what": "invited", "at": invitation.at, "state": invitation.state}
    for invitation in Invitation.objects.filter(invitee=member):
        yield {"what": "came_by_invitation", "at": invitation.at, "state": invitation.state}


@contribution("browsers", zh="登录过的浏览器标识", en="Traces of my browsers")
def browsers(member: Member):
    """Keyed hashes by which browsers are known to be the member's; nothing can be read from them."""
    for trace in Trace.objects.filter(member=member).order_by("last_at"):
        yield {"kind": trace.kind, "hash": trace.value, "last_at": trace.last_at}


@eraser("sharing", zh="分享与邀请", en="Sharing and inviting", order=250)
def forget_sharing(erasure: Erasure):
    """End the member's links, and forget every browser of theirs; the tree keeps its shape."""
    member = erasure.member
    known = browsers_of([member.id])
    own = Arrival.objects.filter(member=member)
    for arrivals in (own, Arrival.objects.filter(browser__in=known)):
        yield Overwrite(arrivals, {"browser": None, "device": None})
    yield Delete(Trace.objects.filter(member=member))
    yield Overwrite(
        ShareLink.objects.filter(member=member, ended_at__isnull=True), {"ended_at": erasure.begun_at}
    )

"""The sending of a message to one member: whether they want it, may get it now, and can be reached.

On the site, claim, message and outcome commit together. A mail is claimed first, handed over outside of any
transaction, and noted; tried again it has the same Message-ID, so that a mailbox keeps one.
"""

import logging
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.contacts.actions import claim
from lingyu.community.notifications.actions import tell
from lingyu.community.notifications.kinds import declare
from lingyu.community.notifications.letters import unsubscribe_address
from lingyu.community.notifications.models import Preference, Rhythm
from lingyu.community.notifications.sending import reachable
from lingyu.kernel.text import N_

from .. import actions
from ..models import Post, Recipient

log = logging.getLogger(__name__)

BATCH = 100
POST = declare(
    "user_post",
    zh="运营消息",
    en="Messages of the house",
    one=N_("From the community: %(what)s"),
    many=N_("%(count)s messages from the community, the last: %(what)s"),
    icon="mail-open",
    area="house",
    mail=False,
)


def send_due(now: datetime) -> int:
    """Try what is due; how many attempts there were."""
    tried = 0
    while tried < BATCH and (recipient := actions.take_recipient(now=now)):
        tried += 1
        _send(recipient, now)
    return tried


def _send(recipient: Recipient, now: datetime) -> None:
    member = recipient.member
    if not member.is_active or member.erased_at:
        actions.note_outcome(recipient=recipient, outcome="gone", at=now)
    elif recipient.post.channel == Post.Channel.HERE:
        _here(recipient, member, now)
    else:
        _mail(recipient, member, now)


@transaction.atomic
def _here(recipient: Recipient, member: Member, now: datetime) -> None:
    if not _wanted(member, Preference.Channel.HERE):
        actions.note_outcome(recipient=recipient, outcome="unsubscribed", at=now)
        return
    if later := _claimed(recipient, member, now):
        actions.put_off(recipient=recipient, until=later, now=now)
        return
    post = recipient.post
    about = {"what": post.title, "path": post.path}
    tell(member=member.id, kind=POST, key=str(post.id), at=now, details=about)
    actions.note_outcome(recipient=recipient, outcome="sent", at=now)


def _mail(recipient: Recipient, member: Member, now: datetime) -> None:
    outcome = _unreachable(member)
    if outcome:
        actions.note_outcome(recipient=recipient, outcome=outcome, at=now)
        return
    if later := _claimed(recipient, member, now):
        actions.put_off(recipient=recipient, until=later, now=now)
        return
    address = EmailAddress.objects.filter(user=member, verified=True, primary=True).first()
    try:
        letter(recipient.post, member, address.email).send()
    except Exception as error:
        # Whatever a mail server does, the next member's mail is sent.
        log.warning("post %s: %s", recipient.post_id, type(error).__name__)
        actions.note_failure(recipient=recipient, at=timezone.now())
        return
    actions.note_outcome(recipient=recipient, outcome="sent", at=timezone.now())


def _claimed(recipient: Recipient, member: Member, now: datetime) -> datetime | None:
    post = recipient.post
    return claim(member=member, channel=post.channel, purpose="user.post", key=str(post.id), now=now)


def _unreachable(member: Member) -> str:
    """Why a mail can't go to a member; "" when it can."""
    if Rhythm.of(member).period == Rhythm.Period.OFF or not _wanted(member, Preference.Channel.MAIL):
        return "unsubscribed"
    return "" if reachable().filter(id=member.id).exists() else "unreachable"


def _wanted(member: Member, channel: str) -> bool:
    """Whether a member has not declined such messages; nobody is asked to choose them first."""
    return not Preference.objects.filter(
        member=member, kind=POST.code, channel=channel, wanted=False
    ).exists()


def letter(post: Post, member: Member, to: str) -> EmailMessage:
    """The mail of a post: its words, where it leads, and how to get no more."""
    with translation.override(member.language or settings.LANGUAGE_CODE):
        end = unsubscribe_address(member)
        parts = [post.words or post.title]
        if post.path:
            parts.append(settings.LINGYU_URL + post.path)
        parts.append(_("No more of these mails: %(address)s") % {"address": end})
    host = settings.LINGYU_URL.split("://")[-1].split("/")[0].split(":")[0]
    return EmailMessage(
        post.title,
        "\n\n".join(parts),
        to=[to],
        headers={
            "Message-ID": f"<post.{post.id}.{member.id}@{host}>",
            "List-Unsubscribe": f"<{end}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Precedence": "bulk",
        },
    )

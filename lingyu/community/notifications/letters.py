"""The digest as a mail: its words, its links, and the header by which a mailbox ends it (RFC 8058).

Holds the writing of a mail. Does not send: `sending` does, and `actions.mailing` notes what came of it.
"""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from lingyu.community.accounts.models import Member

from .centre import lines_of
from .models import Digest, Notification

_SALT = "notifications.unsubscribe"
# Lines a mail tells in full; of the rest it says how many.
LINES = 20


def unsubscribe_address(member: Member) -> str:
    """The whole address by which a member ends the mails; it names them to nobody, and never expires."""
    token = signing.Signer(salt=_SALT).sign(member.id.hex)
    return settings.LINGYU_URL + reverse("unsubscribe", args=[token])


def member_behind(token: str) -> Member | None:
    """Whom an address of `unsubscribe_address` is for; None for one that we never gave out."""
    try:
        return Member.objects.filter(id=signing.Signer(salt=_SALT).unsign(token)).first()
    except (signing.BadSignature, ValueError):
        return None


def letter(digest: Digest, to: str) -> tuple[EmailMultiAlternatives, int] | None:
    """The mail of a digest in its member's language, and how many notifications it tells of.

    None when all of it has been read in the meantime.
    """
    waiting = Notification.objects.filter(digest=digest).unread()
    member = digest.member
    with translation.override(member.language or settings.LANGUAGE_CODE):
        lines = lines_of(waiting)
        if not lines:
            return None
        end = unsubscribe_address(member)
        told = {
            "member": member,
            "lines": lines[:LINES],
            "more": max(0, len(lines) - LINES),
            "site": settings.LINGYU_URL,
            "preferences": settings.LINGYU_URL + reverse("notification_preferences"),
            "centre": settings.LINGYU_URL + reverse("notifications"),
            "unsubscribe": end,
        }
        subject = ngettext(
            "%(count)s thing is new for you", "%(count)s things are new for you", len(lines)
        ) % {"count": len(lines)}
        mail = EmailMultiAlternatives(
            subject,
            render_to_string("notifications/digest.txt", told),
            to=[to],
            headers={
                "Message-ID": digest.message_id,
                "List-Unsubscribe": f"<{end}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
                "Precedence": "bulk",
            },
        )
        mail.attach_alternative(render_to_string("notifications/digest_mail.html", told), "text/html")
    return mail, sum(line.count for line in lines)

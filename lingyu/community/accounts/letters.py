"""Letters of the accounts to their members, sent outside any transaction; allauth sends its own."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .models import Erasure

log = logging.getLogger(__name__)


def tell_erasure_asked(erasure: Erasure) -> bool:
    """Tell a member that their erasure was asked for, how to call it off, and where its receipt will be.

    False when it could not be sent; the same is on their page.
    """
    member = erasure.member
    if not member.email:
        return False
    with translation.override(member.language or settings.LANGUAGE_CODE):
        told = {
            "member": member,
            "erasure": erasure,
            "page": settings.LINGYU_URL + reverse("privacy"),
            "receipt": settings.LINGYU_URL + reverse("erasure_receipt", args=[erasure.token]),
        }
        text = render_to_string("account/letters/erasure_asked.txt", told)
        try:
            send_mail(_("Your account is going to be erased"), text, None, [member.email])
        except OSError:
            log.exception("the letter about erasure %s could not be sent", erasure.id)
            return False
    return True

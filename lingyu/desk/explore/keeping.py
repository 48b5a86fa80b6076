"""Questions that were kept: how one becomes a row, what it asks today, the signed address of an embed.

Writes nothing: `actions` does.
"""

from typing import Any
from urllib.parse import urlencode

import msgspec
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from lingyu.kernel.query import Period
from lingyu.kernel.questions import canonical

from .asking import Asked, framed, read, written
from .kinds import KINDS
from .models import Embed, KeptQuestion
from .source import Source

_SALT = "lingyu.desk.embed"


def fields_of(asked: Asked) -> dict[str, Any]:
    """A question as the columns of a row. Raises ValidationError for one that makes no sense."""
    if asked.question is None:
        raise ValidationError(_("The question can't be answered as it is: %(why)s") % {"why": _why(asked)})
    return {
        "kind": asked.kind.code,
        "question": msgspec.json.decode(canonical(asked.question)),
        "preset": asked.preset,
        "compare": asked.compare,
    }


def address_of(kept: KeptQuestion) -> str:
    """The query string that asks it."""
    kind = KINDS[kept.kind]
    period = msgspec.convert(kept.question["period"], Period)
    return urlencode(
        written(kind, kept.question) + framed(kept.preset, period, kept.compare or not kind.compares)
    )


def asked_by(kept: KeptQuestion, source: Source) -> Asked:
    """What it asks today."""
    return read(KINDS[kept.kind], QueryDict(address_of(kept)), source.known, source.today)


def token_of(embed: Embed) -> str:
    """The part of an embed's address that nobody can guess or make up."""
    return signing.Signer(salt=_SALT).sign(str(embed.pk))


def embed_of(token: str) -> Embed:
    """The embed of an address. Raises Http404 for a forged or revoked one: neither is told from the other."""
    try:
        key = signing.Signer(salt=_SALT).unsign(token)
        return Embed.objects.standing().get(pk=key)
    except (signing.BadSignature, ValidationError, Embed.DoesNotExist):
        raise Http404(_("There is no such page, or not any more.")) from None


def embed_address(embed: Embed) -> str:
    """Where an embed is seen."""
    return reverse("desk_embed", args=[token_of(embed)])


def framed_by_others(response: HttpResponse) -> HttpResponse:
    """Let the pages that the settings name show this one in a frame; nobody else, unless they are ours."""
    ancestors = ["'self'", *settings.LINGYU_EMBED_IN]
    response._csp_replace = {"frame-ancestors": ancestors}
    response.xframe_options_exempt = True
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _why(asked: Asked) -> str:
    return " ".join(asked.errors.values())

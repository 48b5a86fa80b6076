"""The public log of decisions: as a page, and as a feed."""

import hashlib

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lingyu.community.pact import versions
from lingyu.kernel.access import PUBLIC, access

from .. import dimensions, feed, log

PAGE = 50
NAMED = ("clause", "kind", "origin", "restriction", "outcome")
# Seconds for which a reader's program may keep the feed without asking again.
KEPT = 3_600


@access(PUBLIC)
@require_safe
def pact_log(request: HttpRequest) -> HttpResponse:
    """Decisions that are two weeks old, the latest first; of one clause or category if asked."""
    clause = asked(request)
    page = Paginator(log.decisions(timezone.now(), clause), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "entries": log.entries(list(page)),
        "clause": clause,
        "settled": log.SETTLED.days,
    }
    context |= {"clauses": _choices(), "base": f"?clause={clause}&page="}
    language = translation.get_language() or "en"
    context |= {"names": {d: dimensions.names_of(d, language) for d in NAMED}}
    return render(request, "transparency/log.html", context)


@access(PUBLIC)
@require_safe
def log_feed(request: HttpRequest) -> HttpResponse:
    """The latest of them as Atom."""
    clause = asked(request)
    rows = log.decisions(timezone.now(), clause)[: feed.LENGTH]
    body = feed.atom(request, log.entries(list(rows)), clause)
    answer = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    answer["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer["Content-Language"] = translation.to_locale(settings.LANGUAGE_CODE).replace("_", "-")
    patch_cache_control(answer, public=True, max_age=KEPT)
    return get_conditional_response(request, etag=answer["ETag"], response=answer)


def _choices() -> list[tuple[str, str]]:
    """Every clause of the pact in force, below its category as a whole."""
    language, found = translation.get_language() or "en", [("", _("Every clause"))]
    for category in versions.in_force().categories:
        name = f"{category.code} {category.label(language)}"
        found.append((category.code, _("All of %(name)s") % {"name": name}))
        found += [(c.code, f"\u3000{c.code} {c.label(language)}") for c in category.clauses]
    return found


def asked(request: HttpRequest) -> str:
    """The clause or category that is asked for; nothing for one that no version of the pact knows."""
    clause = request.GET.get("clause", "")
    known = dimensions.clause_names("en")
    return clause if clause in known or clause in {code.partition(".")[0] for code in known} else ""

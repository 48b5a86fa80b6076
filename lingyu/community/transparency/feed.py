"""The log as an Atom feed, in the site's language whoever asks, so that it is one feed for all.

Holds its making. Days, not moments: the second of a decision would tell more than the log is to tell.
"""

from datetime import UTC, date, datetime, time
from io import BytesIO

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import feedgenerator, timezone, translation
from django.utils.translation import gettext as _

from . import dimensions
from .log import Entry
from .wording import appeal_of, outcome_of

LENGTH = 50


def atom(request: HttpRequest, entries: list[Entry], clause: str = "") -> bytes:
    """The feed of these entries; of one clause, if it is named."""
    with translation.override(settings.LANGUAGE_CODE):
        page = request.build_absolute_uri(reverse("pact_log"))
        query = f"?clause={clause}" if clause else ""
        title = _("Decisions under the pact") + (f" · {clause}" if clause else "")
        feed = _dated(entries)(
            title=title,
            link=page + query,
            description=_("Decisions older than two weeks, without names and texts."),
            language=translation.to_locale(settings.LANGUAGE_CODE).replace("_", "-"),
            feed_url=request.build_absolute_uri(),
            feed_guid=page + query,
        )
        for entry in entries:
            feed.add_item(**_item(entry, page))
        out = BytesIO()
        feed.write(out, "utf-8")
    return out.getvalue()


def _dated(entries: list[Entry]):
    """The generator, that dates a feed by its entries: an empty one by the day it is asked for."""
    latest = _midnight(max((e.changed for e in entries), default=timezone.localdate()))
    return type("Dated", (feedgenerator.Atom1Feed,), {"latest_post_date": lambda self: latest})


def _item(entry: Entry, page: str) -> dict:
    language = translation.get_language() or "en"
    clause = dimensions.name_of("clause", entry.clause, language) if entry.clause else ""
    kind = dimensions.name_of("kind", entry.kind, language)
    said = [
        outcome_of(entry),
        dimensions.name_of("restriction", entry.restriction, language),
        dimensions.name_of("found", "machine" if entry.found_by_machine else "person", language),
        appeal_of(entry),
    ]
    return {
        "title": " · ".join(part for part in (clause, kind, outcome_of(entry)) if part),
        "link": f"{page}#{entry.id}",
        "description": " · ".join(part for part in said if part),
        "author_name": entry.member,
        "pubdate": _midnight(entry.day),
        "updateddate": _midnight(entry.changed),
        "unique_id": f"urn:uuid:{entry.id}",
        "unique_id_is_permalink": False,
        "categories": [entry.clause] if entry.clause else [],
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)

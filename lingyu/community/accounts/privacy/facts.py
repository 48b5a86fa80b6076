"""The facts about a member in the event store, for their export.

Facts hold ids, amounts and codes, never a name or an address; so they stay when a member is erased,
and lead to nobody.
"""

import json

from django.conf import settings
from django.utils.translation import get_language

from lingyu.kernel.aggregates import Aggregate
from lingyu.kernel.events import EVENTS, own_fields
from lingyu.kernel.filters import Compare
from lingyu.kernel.text import Named
from lingyu.store.engines import engine
from lingyu.store.engines.base import Scan, Window

from ..models import Member
from .contributions import contribution


@contribution("facts", zh="行为记录", en="Recorded facts")
def facts(member: Member):
    """What was recorded about the member, by day, kind and details; equal ones of a day counted together.

    Facts of the last seconds may still be on their way into the store.
    """
    everything = Window(start=None, end=None, grain="day", tz=settings.TIME_ZONE)
    found = []
    for event in EVENTS.values():
        if engine().extent([event.name]) is None:
            continue
        fields = tuple(name for name in own_fields(event) if name not in event.withheld)
        question = Scan(
            aggregates=(Aggregate("count", event.name),),
            window=everything,
            by=fields,
            where=Compare("person", "=", member.key),
        )
        for day, *values, count in engine().scan(question):
            details = {f: v for f, v in zip(fields, values, strict=True) if v is not None}
            found.append((day, event, details, count))
    for day, event, details, count in sorted(found, key=lambda f: (f[0], f[1].name)):
        yield {
            "day": day,
            "code": event.name,
            "what": Named.label(event, get_language() or "en"),
            "times": count,
            "details": json.dumps(details, default=str, ensure_ascii=False),
        }

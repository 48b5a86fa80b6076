"""The log's state and its people in words, for the command line and for pages.

Holds texts, which are translated; numbers come from `status`, `people`, `operating`.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from .operating import Join, joins_of
from .people import tree
from .status import Status
from .traits import traits_of


def refusal(code: str) -> str:
    """Why a deed was not done, and what can be done."""
    return {
        "same_person": _("They are counted as one already."),
        "known_apart": _("One source knows both, under names of their own: they are two people."),
        "no_such_join": _("There is no such join; `lingyu log people` lists those of a person."),
    }[code]


def trouble(code: str) -> str:
    """What somebody has to look at, and what to do about it."""
    return {
        "facts_damaged": _(
            "Files of facts are damaged, and no answer counts what is in them. Put the files of these names "
            "back from a backup and run `lingyu log mend`, or give them up with `lingyu log mend --give-up`."
        ),
        "catalog_was_damaged": _(
            "The catalog was damaged and its copy took its place; the damaged one lies in `damaged`. "
            "Look after the disk; when you no longer need it, remove that folder."
        ),
        "requests_unread": _(
            "Requests lie in the inbox's folder `unread` because their reader failed: upgrade, "
            "then run `lingyu log again`."
        ),
        "inbox_damaged": _(
            "Files of the inbox were damaged. What could be read of them was read; they lie in its "
            "folder `damaged`."
        ),
        "disk_low": _("The disk is nearly full: what can't be written is not acknowledged."),
        "far_behind": _("Much waits in the inbox: is a worker running (`lingyu work`)?"),
    }[code]


def status(found: Status) -> str:
    """All of it, a line each."""
    kinds = [f"  {name:9} {k.files:7,}  {k.rows:13,}  {k.bytes:15,}" for name, k in found.kinds.items()]
    copied = _moment(found.copied_at) if found.copied_at else "–"
    lines = [
        _("Log: %(folder)s, by days of %(zone)s") % {"folder": found.folder, "zone": found.zone},
        _("History: %(first)s to %(last)s")
        % {"first": found.first_day or "–", "last": found.last_day or "–"},
        _("Facts: %(facts)d of %(names)d names, from %(sources)d sources; %(doubles)d came again")
        % {
            "facts": found.facts,
            "names": found.names,
            "sources": found.sources,
            "doubles": found.doubles,
        },
        _("People: %(people)d numbers, %(joins)d joined to others; %(erasures)d erased")
        % {"people": found.people, "joins": found.joins, "erasures": found.erasures},
        _("Waiting: %(waiting)d requests in %(files)d files; %(stale)d days to be made anew")
        % {"waiting": found.waiting, "files": found.inbox_files, "stale": found.stale_days},
        _("Catalog copied: %s") % copied,
        _("Free on disk: %.1f GB") % (found.free_bytes / 1e9),
        "",
        _("  kind        files           rows            bytes"),
        *kinds,
    ]
    for left in found.damaged:
        lines += ["", f"✗ {left.day}  {left.path}", f"    {left.rows:,} · {left.why}"]
    for code in found.troubles:
        lines += ["", f"! {trouble(code)}"]
    return "\n".join(lines)


class Name(msgspec.Struct, frozen=True):
    """A name that a source gives somebody; `known` when it is their own there."""

    source: str
    kind: str
    label: str
    value: str
    number: int
    known: bool


class Portrait(msgspec.Struct, frozen=True):
    """What the log knows of who somebody is; not what they did."""

    person: int
    names: list[Name]
    joins: list[Join]
    traits: dict[str, Any]

    @classmethod
    def of(cls, log, root: int) -> "Portrait":
        """That of the person whom `root` stands for."""
        db, codes = log.catalog.db(), dict(log.catalog.sources())
        numbers = list(tree(db, root))
        names = [
            Name(codes.get(scope, "*"), kind, label, value, number, bool(known))
            for number in numbers
            for scope, kind, label, value, known in db.execute(
                "select scope, kind, label, value, known from key where person = ?", (number,)
            ).fetchall()
        ]
        return cls(root, names, joins_of(log, numbers), traits_of(db, root))


def portrait(one: Portrait) -> str:
    """A person in lines."""
    lines = [_("Person #%d") % one.person]
    for name in one.names:
        label = f"{name.kind}:{name.label}" if name.label else name.kind
        lines.append(
            f"  {label:12} {name.value}  ({name.source}, #{name.number}{' ✓' if name.known else ''})"
        )
    for join in one.joins:
        lines.append(_("  join %(number)d: %(state)s") % {"number": join.number, "state": _state(join)})
        lines.append(f"      #{join.child} → #{join.parent}  {_moment(join.at)}  {join.by}: {join.told}")
        if join.undone_at is not None:
            lines.append(f"      ↩ {_moment(join.undone_at)}  {join.undone_by}")
    lines += [f"  {name} = {msgspec.json.encode(value).decode()}" for name, value in one.traits.items()]
    return "\n".join(lines)


def _state(join: Join) -> str:
    return {
        "active": _("in force"),
        "undone": _("taken back"),
        "refused": _("refused, because one source knows both"),
    }[join.state]


def _moment(at: float) -> str:
    return timezone.localtime(datetime.fromtimestamp(at, UTC)).strftime("%Y-%m-%d %H:%M:%S")

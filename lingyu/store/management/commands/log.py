"""`lingyu log …`: the log of facts from outside: how it is, who is who in it, what has to be done to it.

Holds the command line; `lingyu.store.log.operating` does it, `lingyu.store.log.telling` has the words.
"""

import getpass
import sqlite3
import sys
from pathlib import Path

import msgspec
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingyu.store.engines.base import EngineError
from lingyu.store.log import operating, telling
from lingyu.store.log.door import inbox, log
from lingyu.store.log.erasing import search
from lingyu.store.log.operating import Refused
from lingyu.store.log.people import tree
from lingyu.store.log.status import look_through, status_of


class Command(BaseCommand):
    """One sub-command a deed; the exit code is 1 when something is wrong or was not done."""

    help = _("Look after the log of facts from outside.")

    def add_arguments(self, parser):
        """The sub-commands."""
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
        status = deeds.add_parser("status", help=_("what it holds, what waits, what is wrong"))
        status.add_argument("--check", action="store_true", help=_("read every file and compare it"))
        status.add_argument("--format", choices=("text", "json"), default="text")
        deeds.add_parser("compact", help=_("take in what waits in the inbox"))
        deeds.add_parser("build", help=_("make anew what is made out of days"))
        people = deeds.add_parser("people", help=_("who goes by a name: names, joins, traits"))
        people.add_argument("key", help=_("a name, or #NUMBER"))
        people.add_argument("--format", choices=("text", "json"), default="text")
        proof = deeds.add_parser("search", help=_("look for words in every file, as proof of an erasure"))
        proof.add_argument("words", nargs="+", metavar="WORD")
        self._add_deeds(deeds)

    def _add_deeds(self, deeds) -> None:
        """Those that change something: who does it is noted."""
        again = deeds.add_parser("again", help=_("have requests read again that no reader understood"))
        mend = deeds.add_parser("mend", help=_("count damaged files again that were put back"))
        mend.add_argument("--give-up", action="store_true", help=_("strike those that are damaged still"))
        join = deeds.add_parser("join", help=_("have two people counted as one"))
        join.add_argument("key")
        join.add_argument("other")
        part = deeds.add_parser("part", help=_("take a join back"))
        part.add_argument("join", type=int, help=_("the join's number; `lingyu log people` lists them"))
        erase = deeds.add_parser("erase", help=_("forget a person, in every file"))
        erase.add_argument("key", help=_("a name, or #NUMBER"))
        zone = deeds.add_parser("rezone", help=_("make the log anew by the days of LINGYU_TIME_ZONE"))
        for deed in (again, mend, join, part, erase, zone):
            deed.add_argument("--by", default=getpass.getuser(), help=_("who does it; noted"))
        for deed in (join, part, erase):
            deed.add_argument("--reason", required=True, help=_("noted; must not name the person"))
        for deed in (mend, erase, zone):
            deed.add_argument("--yes", action="store_true", help=_("do not ask"))

    def handle(self, *args, **options):
        """Do it."""
        try:
            getattr(self, f"_{options['deed']}")(options)
        except Refused as error:
            raise CommandError(telling.refusal(error.code)) from None
        except (EngineError, OSError, sqlite3.Error) as error:
            raise CommandError(_("The log says: %s") % error) from error

    # --- Looking ----------------------------------------------------------------------------------

    def _status(self, options) -> None:
        if options["check"]:
            for path in look_through(log()):
                self.stderr.write(_("Damaged: %s") % path)
        status = status_of(log(), inbox())
        text = msgspec.json.encode(status).decode() if options["format"] == "json" else telling.status(status)
        self.stdout.write(text)
        if status.troubles:
            sys.exit(1)

    def _people(self, options) -> None:
        found = [telling.Portrait.of(log(), root) for root in self._roots(options["key"])]
        if options["format"] == "json":
            self.stdout.write(msgspec.json.encode(found).decode())
        else:
            self.stdout.write("\n\n".join(telling.portrait(one) for one in found))
        if not found:
            raise CommandError(_("Nobody goes by the name %s.") % options["key"])

    def _search(self, options) -> None:
        found = search(log(), inbox(), options["words"])
        for hit in found:
            self.stdout.write(f"{hit.file}  {hit.where}")
        if found:
            sys.exit(1)
        self.stdout.write(_("Nothing was found."))

    def _roots(self, key: str) -> list[int]:
        """All people who go by a name, at whatever source."""
        if key.startswith("#") and key[1:].isdigit():
            number = log().derived.joins().root(int(key[1:]))
            return [number] if number <= log().catalog.people() else []
        rows = log().catalog.db().execute("select distinct person from key where value = ?", (key,))
        return sorted({log().derived.joins().root(person) for (person,) in rows.fetchall()})

    def _one(self, key: str) -> int:
        """The one who is meant. Raises CommandError."""
        found = self._roots(key)
        if not found:
            raise CommandError(_("Nobody goes by the name %s.") % key)
        if len(found) > 1:
            numbers = ", ".join(f"#{root}" for root in found)
            raise CommandError(
                _("%(key)s is the name of several people: say which of %(numbers)s is meant.")
                % {"key": key, "numbers": numbers}
            )
        return found[0]

    # --- Doing ------------------------------------------------------------------------------------

    def _compact(self, options) -> None:
        new = operating.compact(log(), inbox())
        self.stdout.write(ngettext("%(new)d new fact.", "%(new)d new facts.", new) % {"new": new})

    def _build(self, options) -> None:
        days = operating.build(log())
        self.stdout.write(ngettext("%(days)d day made.", "%(days)d days made.", days) % {"days": days})

    def _again(self, options) -> None:
        number = operating.read_again(log(), inbox(), actor=options["by"])
        self.stdout.write(
            ngettext("%(num)d file is read again.", "%(num)d files are read again.", number) % {"num": number}
        )

    def _mend(self, options) -> None:
        if options["give_up"]:
            self._ask(_("Facts in damaged files will be gone for good."), options)
        mended = operating.mend(log(), actor=options["by"], give_up=options["give_up"])
        self.stdout.write(
            _("%(back)d files count again, %(gone)d were given up.")
            % {"back": mended.back, "gone": len(mended.gone)}
        )

    def _join(self, options) -> None:
        one, two = self._one(options["key"]), self._one(options["other"])
        number = operating.join_people(log(), actor=options["by"], one=one, two=two, reason=options["reason"])
        self.stdout.write(_("They are counted as one; join %d.") % number)

    def _part(self, options) -> None:
        undone = operating.part_people(
            log(), actor=options["by"], number=options["join"], reason=options["reason"]
        )
        self.stdout.write(_("They are counted apart.") if undone else _("That had been taken back before."))

    def _erase(self, options) -> None:
        person = self._one(options["key"])
        names = sum(1 for _number in tree(log().catalog.db(), person))
        self._ask(
            _("All that person #%(person)d did, under %(names)d names, will be gone for good.")
            % {"person": person, "names": names},
            options,
        )
        erased = operating.erase_person(
            log(), inbox(), actor=options["by"], person=person, reason=options["reason"]
        )
        self.stdout.write(
            _("Erased: %(facts)d facts on %(days)d days, %(numbers)d numbers.") % erased._asdict()
        )

    def _rezone(self, options) -> None:
        self._ask(_("All facts are written anew; stop Lingyu before, start it again after."), options)
        facts = operating.rezone(
            Path(settings.LINGYU_STORE) / "log", actor=options["by"], zone=settings.TIME_ZONE
        )
        self.stdout.write(
            _("%(facts)d facts lie by the days of %(zone)s.") % {"facts": facts, "zone": settings.TIME_ZONE}
        )

    def _ask(self, warning: str, options) -> None:
        """Go on only when somebody says so. Raises CommandError."""
        if options["yes"]:
            return
        self.stdout.write(warning)
        self.stdout.write(_("Type “yes” to go on: "), ending="")
        self.stdout.flush()
        if sys.stdin.readline().strip().lower() not in {"yes", "y", _("yes")}:
            raise CommandError(_("Nothing was done."))

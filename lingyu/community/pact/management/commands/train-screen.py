"""`lingyu train-screen FILE… --out MODEL`: a classifier for the pact's screening from labelled texts.

Holds the command line; reading is in `teaching`, learning in `screening.classifier`.
"""

import json
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from lingyu.community.pact.screening import Screener
from lingyu.community.pact.teaching import decisions
from lingyu.community.pact.teaching.errors import TeachingRefused
from lingyu.community.pact.teaching.files import Columns, labelled
from lingyu.community.pact.teaching.labels import mapping
from lingyu.community.pact.teaching.lessons import Lessons, lessons
from lingyu.community.pact.teaching.schooling import Asked, schooled
from lingyu.community.pact.teaching.telling import tell

REGISTERED = "-"


class Command(BaseCommand):
    """Read, learn, report, write; exit 1 with the file, row and field where something can't be read."""

    help = _("Train the screening's classifier from labelled texts: CSV, TSV, Excel or JSON lines.")
    requires_system_checks = ()
    needs_tables = False

    def add_arguments(self, parser):
        """Files, how to read them, and what to make of them."""
        add = parser.add_argument
        add("files", nargs="*", type=Path, metavar=_("FILE"), help=_("with a text and a label in each row"))
        add("--out", type=Path, required=True, metavar=_("MODEL"), help=_("where the model is written"))
        add("--text", default="", metavar=_("COLUMN"), help=_("the column with the text"))
        add("--label", default="", metavar=_("COLUMN"), help=_("the column with the label"))
        add("--group", default="", metavar=_("COLUMN"), help=_("rows with the same value stay in one fold"))
        add(
            "--map",
            action="append",
            default=[],
            metavar=_("LABEL=CLAUSE"),
            help=_("what a label means: a clause such as 2.6, one of the nine such as 2, or ok; repeatable"),
        )
        add(
            "--decisions",
            nargs="?",
            const=REGISTERED,
            metavar=_("FILE"),
            help=_("learn from reviewers' decisions too: those of this site, or a file of JSON lines"),
        )
        add("--name", default="local", help=_("what the model is called in findings"))
        add("--seed", type=int, default=0, help=_("the same seed and data give the same model"))
        add("--folds", type=int, default=5, choices=range(2, 11), metavar="2…10", help=_("held-out parts"))
        add(
            "--beside",
            action="store_true",
            help=_("let word banks and rules decide beside the model, not only through it"),
        )
        add("--from-scratch", action="store_true", help=_("do not build on the shipped model"))
        add("--json", action="store_true", help=_("Answer in JSON."))

    def handle(self, *args, **options):
        """Train, and say what was learnt."""
        quiet = options["json"]
        with Progress(console=Console(stderr=True), transient=True, disable=quiet) as bar:
            task = bar.add_task("", total=None)

            def told(stage: str, done: int, whole: int | None) -> None:
                bar.update(task, description=stage, completed=done, total=whole)

            try:
                read = self._read(options, told)
                model, report, grounds = schooled(
                    read.examples,
                    Asked(
                        out=options["out"],
                        name=options["name"],
                        seed=options["seed"],
                        folds=options["folds"],
                        beside=options["beside"],
                        scratch=options["from_scratch"],
                    ),
                    told,
                )
            except TeachingRefused as error:
                raise CommandError(str(error)) from None
        if quiet:
            said = {
                "model": str(options["out"]),
                "version": model.version,
                **asdict(report),
                "grounds": grounds,
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        tell(
            Console(file=self.stdout, highlight=False, width=110),
            options["out"],
            model,
            report,
            grounds,
            read,
        )

    def _read(self, options, told) -> Lessons:
        """Every row of every file and of the decisions, understood."""
        columns = Columns(options["text"], options["label"], options["group"])
        sources = [labelled(path, columns) for path in options["files"]]
        if options["decisions"] == REGISTERED:
            if not decisions.is_kept():
                raise TeachingRefused(
                    _("--decisions: nothing here keeps decisions; give a file of JSON lines")
                )
            sources.append(decisions.decided())
        elif options["decisions"]:
            sources.append(labelled(Path(options["decisions"]), Columns()))
        if not sources:
            raise TeachingRefused(_("name at least one file to learn from, or --decisions"))
        stage, screener = _("Reading"), Screener.unlearnt()
        return lessons(
            chain.from_iterable(sources),
            mapping(options["map"], screener.pact.by_code),
            screener,
            lambda done: told(stage, done, None),
        )

"""`lingyu screen`: posts as JSON lines on standard input, verdicts as JSON lines on standard output."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lingyu.community.pact.screening import Screener, lines
from lingyu.community.pact.screening.classifier import ModelRefused, read


class Command(BaseCommand):
    """Screen posts without a database; exit code 1 if a line was no post."""

    help = _("Screen posts: JSON lines in, verdicts as JSON lines out, in the same order.")
    requires_system_checks = ()
    needs_tables = False

    def add_arguments(self, parser):
        """Whether to tell what each step did."""
        told = _("Tell what each step found, and its time.")
        parser.add_argument("--trace", action="store_true", help=told)
        model = _("A model that `lingyu train-screen` wrote, instead of the shipped one.")
        parser.add_argument("--model", type=Path, metavar=_("MODEL"), help=model)

    def handle(self, *args, **options):
        """Answer each line as soon as it is read."""
        screener, wrong, out = self._screener(options["model"]), 0, sys.stdout
        if hasattr(out, "reconfigure"):
            out.reconfigure(encoding="utf-8")
        for answer, good in lines.answers(sys.stdin.buffer, screener, options["trace"]):
            wrong += not good
            out.write(answer + "\n")
            out.flush()
        if wrong:
            sys.exit(1)

    def _screener(self, model: Path | None) -> Screener:
        if model is None:
            return Screener.shipped()
        try:
            return Screener.shipped().having_model(read(model))
        except ModelRefused as error:
            raise CommandError(str(error)) from None

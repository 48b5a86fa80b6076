"""`lingyu metrics`: every metric with its unit, its formula and its dimensions."""

import sys

import msgspec
from django.core.management.base import BaseCommand
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from lingyu.kernel.metrics import METRICS, Metric


class Command(BaseCommand):
    """List the metrics."""

    help = _("List every metric: what it means and how it can be broken down.")
    requires_system_checks = ()

    def add_arguments(self, parser):
        """The format only."""
        parser.add_argument("--format", default="table", choices=("table", "json"))

    def handle(self, *args, **options):
        """Print the registry."""
        metrics = [METRICS[name] for name in sorted(METRICS)]
        if options["format"] == "json":
            sys.stdout.write(
                msgspec.json.format(msgspec.json.encode([_record(m) for m in metrics]), indent=2).decode()
                + "\n"
            )
            return
        table = Table(_("name"), _("label"), _("unit"), _("formula"), _("by"), _("definition"))
        for metric in metrics:
            table.add_row(
                metric.name,
                metric.label(get_language() or "en"),
                metric.unit,
                metric.formula(),
                ", ".join(metric.dimensions()),
                metric.definition,
            )
        Console().print(table)


def _record(metric: Metric) -> dict:
    return {
        "metric": metric.name,
        "zh": metric.zh,
        "en": metric.en,
        "unit": metric.unit,
        "good": metric.good,
        "about": _(metric.about),
        "formula": metric.full_formula(),
        "by": metric.dimensions(),
        "definition": metric.definition,
    }

"""The shops' part of the demo: three simulated shops, and four hundred days of their orders.

Nothing here is real, and the shops' names say so. The market (`market`) is written into files as
the platforms export them (`files`), and those are imported like anybody's: by the one door.
"""

import tempfile
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from lingyu.kernel.ids import LINGYU
from lingyu.store.intake.files import open_table
from lingyu.store.intake.mapping import known_names
from lingyu.store.intake.report import ErrorReport

from ..actions import ImportedFile, count_visitors, open_shop, post_entries
from ..importers.reading import map_columns, open_orders, read_orders
from ..importers.visitors import FIELDS, read_days
from ..models import Shop
from . import files
from .market import SHOPS, trade


@transaction.atomic
def load(now: datetime) -> None:
    """Load the four hundred days before `now`; repeatable in its choices."""
    with tempfile.TemporaryDirectory(prefix="lingyu-demo-") as folder:
        for plan in SHOPS:
            # The same seed always: two people who look at the demo see the same shops.
            random = Random(f"{LINGYU} {plan.code}")  # noqa: S311 - no secret is made of it
            shop = open_shop(actor=None, name=plan.name, platform=plan.platform, currency="CNY", at=now)
            traded = trade(plan, random, now.astimezone(ZoneInfo(shop.zone)))
            for path in files.orders(plan, traded, Path(folder)):
                _import_orders(shop, path)
            _import_visitors(shop, files.visitors(plan, traded, Path(folder)))


def _import_orders(shop: Shop, path: Path) -> None:
    """Import a file as `lingyu import orders` does."""
    table, format_ = open_orders(path)
    with table, ErrorReport() as report:
        file = read_orders(table, format_, map_columns(table, format_, {}), shop=shop, report=report)
        imported = ImportedFile(
            file.name,
            file.sha256,
            format_.code,
            refused=report.rows,
            skipped=sum(file.notes.skipped.values()),
        )
        post_entries(actor=None, shop=shop, file=imported, entries=file.entries)


def _import_visitors(shop: Shop, path: Path) -> None:
    """Import a file as `lingyu import visitors` does."""
    with open_table(path, known=known_names(FIELDS)) as table, ErrorReport() as report:
        imported = ImportedFile(path.name, table.fingerprint, "visitors", importer="visitors")
        count_visitors(actor=None, shop=shop, file=imported, days=read_days(table, shop, report))

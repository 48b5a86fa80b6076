"""Facts in: recorded in transactions, shipped into Parquet; beside SQLite, DuckDB and the disk.

Run it with `python -m bench.ship`. The peers do less: SQLite keeps the same facts as rows without
checking or indexing them, DuckDB turns the same JSON lines into one Parquet file without asking
what is there already, the disk takes the same bytes.
"""

import json
import os
import shutil
import sqlite3
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from ._printing import Table, spent

FACTS, SINGLES, TOGETHER = int(os.environ.get("FACTS", "300000")), 2_000, 5_000
START = datetime(2024, 1, 1, tzinfo=UTC)


def main() -> None:
    """Measure and print."""
    root = Path(__file__).resolve().parent.parent / ".bench"
    root.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="ship-", dir=root) as folder:
        os.environ.update(
            LINGYU_HOME=folder, DJANGO_SETTINGS_MODULE="lingyu.config.settings", DATABASE_URL=""
        )
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure(Path(folder))


def measure(folder: Path) -> None:
    """Every figure, the peers in between so that all meet the same machine."""
    from django.db import transaction

    from lingyu.store.outbox import record, record_all
    from lingyu.store.ship import ship_all

    facts = [_fact(n) for n in range(FACTS)]
    lines = folder / "facts.jsonl"

    def together() -> None:
        with transaction.atomic():
            record_all(facts)

    def one_by_one() -> None:
        for n in range(SINGLES):
            with transaction.atomic():
                record(_fact(FACTS + n))

    table = Table(f"{FACTS:,} facts of {_write(lines, facts) // FACTS} bytes")
    rows = _rows(lines)
    sqlite = table.add(
        f"SQLite FULL, JSON rows, {TOGETHER:,} a commit",
        FACTS,
        spent(lambda: _sqlite(folder, rows, TOGETHER)),
    )
    table.add(f"record(), {FACTS:,} in one transaction", FACTS, spent(together), sqlite)
    copy = table.add(
        "DuckDB COPY of the JSON lines into one Parquet", FACTS, spent(lambda: _copy(folder, lines))
    )
    table.add("ship_all(): read, deduplicate, by month, fsync", FACTS, spent(ship_all), copy)
    table.add("sequential write and fsync of the lines", FACTS, spent(lambda: _disk(folder, lines)))
    single = table.add(
        "SQLite FULL, one JSON row a commit", SINGLES, spent(lambda: _sqlite(folder, rows[:SINGLES], 1))
    )
    table.add("record(), one a transaction", SINGLES, spent(one_by_one), single)
    table.add(f"ship_all() of {SINGLES:,} envelopes of one", SINGLES, spent(ship_all), copy)
    table.show()


def _fact(number: int):
    """An order line of a year with a thousand products and fifty thousand buyers."""
    from lingyu.operations.ecommerce.events import OrderLinePaid

    order = number // 3
    return OrderLinePaid(
        occurred_at=START + timedelta(seconds=number * (365 * 86_400 // (FACTS + SINGLES))),
        person=f"own/buyer-{order * 7919 % 50_000}",
        shop=f"shop {order % 5}",
        order=f"shop {order % 5}/{order}",
        order_number=str(order),
        currency="CNY",
        amount=100 + number * 31 % 30_000,
        quantity=1 + number % 3,
        product=f"sku-{number % 1_000}",
        country=f"province {order % 31}",
    )


def _write(path: Path, facts: list) -> int:
    import msgspec

    return path.write_bytes(msgspec.json.Encoder().encode_lines(facts))


def _rows(path: Path) -> list[tuple[str, str]]:
    with path.open() as file:
        return [(json.loads(line)["id"], line) for line in file]


def _sqlite(folder: Path, rows: list, together: int) -> None:
    path = folder / "peer.sqlite3"
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma journal_mode=wal")
    db.execute("pragma synchronous=full")
    db.execute("create table facts (id text, body text)")
    for start in range(0, len(rows), together):
        db.execute("begin")
        db.executemany("insert into facts values (?, ?)", rows[start : start + together])
        db.execute("commit")
    db.close()
    for file in folder.glob("peer.sqlite3*"):
        file.unlink()


def _copy(folder: Path, lines: Path) -> None:
    path = folder / "peer.parquet"
    duckdb.sql(f"COPY (FROM read_json('{lines}', format='newline_delimited')) TO '{path}' (COMPRESSION zstd)")
    path.unlink()


def _disk(folder: Path, lines: Path) -> None:
    with lines.open("rb") as source, (folder / "peer.bytes").open("wb") as target:
        shutil.copyfileobj(source, target, 2**20)
        target.flush()
        os.fsync(target.fileno())


if __name__ == "__main__":
    began = time.monotonic()
    main()
    print(f"measured in {time.monotonic() - began:.0f} s")

"""`python -m lingyu.community.mall.tests.rush`: many processes at the last pieces, each order sent twice.

On SQLite, or on PostgreSQL with DATABASE_URL, in a database of its own. Stock N meets 50 × N buyers; exactly
N have it, and feathers, stock and codes agree. Then workers deliver what a supplier is asked for, at once.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from tests.crash.house import database_of_its_own
from tests.crash.verdict import settle

PRICE, EACH = 20, 50
FORK = multiprocessing.get_context("fork")


def main() -> int:
    """Run, print, and say by the exit code whether anything was sold twice, or lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stock", type=int, default=20)
    parser.add_argument("--processes", type=int, default=8)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="lingyu-rush-") as folder,
        database_of_its_own(f"lingyu_rush_{os.getpid()}") as url,
    ):
        settle(Path(folder), url)
        print(f"database: {'PostgreSQL' if url else 'SQLite'}", flush=True)
        faults = run(options.stock, options.processes)
    for fault in faults:
        print(f"✗ {fault}")
    return 1 if faults else 0


def run(stock: int, processes: int) -> list[str]:
    """Both parts; what did not add up."""
    from django.core.management import call_command

    from lingyu.community.accounts import actions as accounts

    call_command("migrate", interactive=False, verbosity=0)
    boss = accounts.join(actor=None, username="boss")
    buyers = [_buyer(n) for n in range(EACH * stock)]
    faults = []
    for kind in ("code", "physical"):
        good = _good(boss, kind, stock)
        began = time.monotonic()
        _crew(processes, _rush, good.id, [b.id for b in buyers])
        took = time.monotonic() - began
        tried = 2 * len(buyers)
        print(
            f"{kind}: {tried} tries by {processes} processes in {took:.1f} s ({tried / took:.0f}/s)",
            flush=True,
        )
        faults += _verdict(good, stock, len(buyers))
    return faults + _deliver(boss, buyers[:stock], processes)


def _buyer(n: int):
    from django.db import transaction
    from django.utils import timezone

    from lingyu.community.accounts import actions as accounts
    from lingyu.community.ledger import actions as ledger

    made = accounts.join(actor=None, username=f"buyer{n}")
    about = {"cause": "gift", "subject": "x", "at": timezone.now()}
    with transaction.atomic():
        ledger.issue(member=made.id, amount=3 * PRICE, key=f"gift {n}", **about)
    return made


def _good(boss, kind: str, stock: int, **terms):
    from lingyu.community.mall import actions

    terms |= {} if kind == "code" else {"stock": stock}
    good = actions.make_good(actor=boss, kind=kind, zh="物", en=kind, feathers=PRICE, **terms)
    if kind == "code":
        actions.import_codes(actor=boss, good=good, text="\n".join(f"CODE-{n}" for n in range(stock)))
    actions.open_good(actor=boss, good=good)
    return good


def _crew(processes: int, work, *about) -> None:
    """Run `work(number, processes, …)` in so many processes, and wait for all; a failed one ends the run."""
    from django.db import connections

    connections.close_all()
    crew = [FORK.Process(target=work, args=(n, processes, *about)) for n in range(processes)]
    for one in crew:
        one.start()
    for one in crew:
        one.join(600)
    if any(one.exitcode for one in crew):
        sys.exit(f"a process ended with {[one.exitcode for one in crew]}")


def _rush(number: int, processes: int, good_id, ids: list) -> None:
    """Two processes send the same quote of each buyer: this one's share, and its neighbour's."""
    from django.core import signing  # noqa: F401 - loaded before the rush

    from lingyu.community.accounts.models import Member
    from lingyu.community.feathers.quotes import Quote
    from lingyu.community.mall import actions
    from lingyu.community.mall.models import Good
    from lingyu.community.mall.purposes import ORDER
    from lingyu.kernel.ids import fact_id

    good = Good.objects.get(id=good_id)
    members = Member.objects.in_bulk(ids)
    address = {"name": "n", "phone": "1", "region": "r", "street": "s"}
    for place, id in zip(count(), ids, strict=False):
        if place % processes in (number, (number + 1) % processes):
            quote = Quote(fact_id("rush", str(good_id), str(id)), ORDER, good.id, id, PRICE, 0)
            actions.place_order(actor=members[id], good=good, quote=quote, address=address)


def _verdict(good, stock: int, buyers: int) -> list[str]:
    from django.db.models import Sum

    from lingyu.community.feathers.models import Receipt
    from lingyu.community.ledger.models import Transfer
    from lingyu.community.ledger.verify import verify
    from lingyu.community.mall.models import Code, Good, Order

    orders = Order.objects.filter(good=good)
    taken = Transfer.objects.filter(kind="hold", subject=f"good:{good.id}").aggregate(all=Sum("amount"))[
        "all"
    ]
    refused = Receipt.objects.filter(subject=f"good:{good.id}", outcome="refused")
    found = {
        "orders": (orders.count(), stock),
        "buyers with an order": (orders.values("member").distinct().count(), stock),
        "feathers taken": (taken, stock * PRICE),
        "left": (Good.objects.counted().get(id=good.id).left, 0),
        "told that it is sold out": (
            refused.filter(reason="mall.sold_out").values("member").distinct().count(),
            buyers - stock,
        ),
        "ledger faults": (len(verify().faults), 0),
    }
    if good.kind == "code":
        found["codes given"] = (Code.objects.filter(order__good=good).count(), stock)
    print("  " + ", ".join(f"{name} {seen}" for name, (seen, _) in found.items()), flush=True)
    return [f"{name}: {seen}, not {due}" for name, (seen, due) in found.items() if seen != due]


def _deliver(boss, buyers: list, processes: int) -> list[str]:
    """Workers at one queue: each order asked for, delivered and spent once."""
    from django.conf import settings
    from django.utils import timezone

    from lingyu.community.feathers import quotes
    from lingyu.community.mall import actions
    from lingyu.community.mall.models import Attempt, Order
    from lingyu.community.mall.purposes import ORDER

    from .simulator import Simulator

    settings.LINGYU_PRIVATE_SUPPLIERS = ["127.0.0.1"]
    with Simulator() as outside:
        supplier, outside.secret = actions.add_supplier(actor=boss, name="s", url=outside.url)
        good = _good(boss, "virtual", len(buyers), supplier=supplier)
        for member in buyers:
            quote = quotes.quote(ORDER, good.id, member.id, PRICE, 0)
            actions.place_order(actor=member, good=good, quote=quote)
        _crew(processes, _work, timezone.now())
        orders = Order.objects.filter(good=good)
        found = {
            "orders delivered": (orders.filter(state="delivered").count(), len(buyers)),
            "keys delivered outside": (len(outside.delivered), len(buyers)),
            "questions": (len(outside.asked), len(buyers)),
            "attempts": (Attempt.objects.count(), len(buyers)),
            "forged": (outside.forged, 0),
        }
    print("delivery: " + ", ".join(f"{name} {seen}" for name, (seen, _) in found.items()), flush=True)
    return [f"{name}: {seen}, not {due}" for name, (seen, due) in found.items() if seen != due]


def _work(number: int, processes: int, now) -> None:
    from lingyu.community.mall import jobs
    from lingyu.community.mall.models import Delivery

    while Delivery.objects.due(now).exists():
        jobs.deliver(now)


if __name__ == "__main__":
    sys.exit(main())

"""The e-commerce desk at a million orders: the first byte of its page, beside what DuckDB needs for less.

Makes a data folder of its own (about 3 million paid lines over two years), serves it with the real
server, and asks for the page: right after the start, for periods never asked before, and again.
The floor beside it is one hand-written DuckDB query over the same files that computes only four of
the desk's numbers. Run it with `python -m bench.desk`.
"""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import duckdb

ORDERS, DAYS, PORT = int(os.environ.get("ORDERS", "1000000")), 730, 8873
HOME = Path(__file__).resolve().parent.parent / ".bench" / f"desk-{ORDERS}"

LINES = """
    SELECT uuid() AS id, strftime(t, '%Y-%m-%dT%H:%M:%SZ') AS occurred_at,
           'own/b' || (hash(o) % 200000) AS person, NULL AS actor,
           'shop ' || (o % 5) AS shop, 'shop ' || (o % 5) || '/' || o AS "order", o::VARCHAR AS order_number,
           'CNY' AS currency, (100 + hash(o * 7 + l) % 30000)::BIGINT AS amount,
           (1 + hash(l) % 3)::BIGINT AS quantity,
           'sku-' || (hash(o * 3 + l) % 5000) AS product, 'province ' || (hash(o * 5) % 31) AS country
    FROM (SELECT o, l, now()::TIMESTAMP - to_seconds(((o * {days} * 86400.0) / {orders})::BIGINT) AS t
          FROM range({orders}) r(o), range(3) s(l))"""
VISITORS = """
    SELECT uuid() AS id,
           strftime(now()::TIMESTAMP - to_days(d::INTEGER), '%Y-%m-%dT04:00:00Z') AS occurred_at,
           NULL AS person, NULL AS actor, 'shop ' || s AS shop,
           (5000 + hash(d * 5 + s) % 3000)::BIGINT AS visitors
    FROM range({days}) r(d), range(5) q(s)"""


def main() -> None:
    """Prepare once, then measure and print."""
    os.environ.update(LINGYU_HOME=str(HOME), DJANGO_SETTINGS_MODULE="lingyu.config.settings", LANG="C.UTF-8")
    HOME.mkdir(parents=True, exist_ok=True)
    if not (HOME / "ready").exists():
        _prepare()
    cookie = _cookie()
    floor = _floor()
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "lingyu", "serve", "--port", str(PORT)], stdout=subprocess.DEVNULL
    )
    try:
        _wait(began)
        start = time.perf_counter() - began
        first = _get("", cookie)
        fresh = [_get(f"?from=2025-{m:02}-01&to=2025-{m:02}-28", cookie) for m in range(1, 13)]
        year = _get("?period=365d", cookie)
        again = [_get("", cookie) for _ in range(20)]
    finally:
        server.terminate()
        server.wait()
    _print(start, first, fresh, year, again, floor)


def _prepare() -> None:
    """The facts straight into the event store, and one operator; said to take about a minute."""
    print(f"making {ORDERS:,} orders in {HOME} …", flush=True)
    import django

    django.setup()
    from django.core.management import call_command

    from lingyu.community.accounts import actions
    from lingyu.store.engines import engine

    call_command("migrate", verbosity=0)
    bodies = []
    for event, query in (("ecommerce.order_line_paid", LINES), ("ecommerce.visitors_counted", VISITORS)):
        path = HOME / f"{event}.jsonl"
        text = query.format(orders=ORDERS, days=DAYS)
        duckdb.sql(f"COPY ({text}) TO '{path}' (FORMAT json)")
        bodies.append((event, path))
    began = time.perf_counter()
    count = engine().append(bodies)
    print(f"stored {count:,} facts in {time.perf_counter() - began:.1f} s", flush=True)
    for _, path in bodies:
        path.unlink()
    member = actions.join(actor=None, username="bench", email="")
    actions.grant_role(actor=None, member=member, role="operator")
    (HOME / "ready").touch()


def _cookie() -> str:
    """A session of the operator."""
    import django

    django.setup()
    from django.test import Client

    from lingyu.community.accounts.models import Member

    client = Client()
    client.force_login(Member.objects.get(username="bench"))
    return f"sessionid={client.cookies['sessionid'].value}; lang=en"


def _floor() -> float:
    """Seconds for one hand-written query over the last 30 days and the 30 before: four numbers by day."""
    db = duckdb.connect(config={"memory_limit": "1GB"})
    text = f"""
        SELECT date_trunc('day', timezone('Asia/Shanghai', occurred_at)),
               sum(amount), count(DISTINCT "order"), count(DISTINCT person), sum(visitors)
        FROM read_parquet('{HOME}/store/**/*.parquet', hive_partitioning=false, union_by_name=true)
        WHERE occurred_at >= now() - INTERVAL 60 DAY GROUP BY 1"""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        db.execute(text).fetchall()
        times.append(time.perf_counter() - began)
    return min(times)


def _get(query: str, cookie: str) -> float:
    """Seconds until the first byte of the desk's body."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{PORT}/desk/ecommerce/{query}", headers={"Cookie": cookie}
    )
    began = time.perf_counter()
    with urllib.request.urlopen(request, timeout=120) as answer:
        answer.read(1)
        taken = time.perf_counter() - began
        body = answer.read()
    assert b"kpi" in body, "the desk did not answer with its tiles"
    return taken


def _wait(began: float) -> None:
    while time.perf_counter() - began < 60:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/accounts/login/", timeout=1).read()
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit("the server did not start")


def _print(start, first, fresh, year, again, floor) -> None:
    bare = _python()
    rows = [
        ("`lingyu serve` until the first page", start, bare, "a bare `python -c 'import django'`"),
        ("desk, first request after the start", first, floor, "one DuckDB query, 4 numbers by day"),
        ("desk, a month never asked before (median of 12)", statistics.median(fresh), floor, "the same"),
        ("desk, a whole year never asked before", year, floor, "the same (of 60 days)"),
        ("desk, asked again (median of 20)", statistics.median(again), floor, "the same"),
    ]
    print(f"\n{ORDERS:,} orders, {3 * ORDERS:,} lines")
    print(f"{'':52}{'seconds':>9}{'beside':>9}{'ratio':>8}")
    for name, seconds, beside, what in rows:
        print(f"{name:52}{seconds:9.3f}{beside:9.3f}{seconds / beside:8.1f}  {what}")


def _python() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import django, django.db, django.template"], check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

"""Pages at 20,000 articles and 200,000 comments on SQLite, beside a bare view and a public forum engine.

Serves a data folder of that size with the real server (`lingyu serve`: granian, two workers of two
threads, production settings) and asks for pages over loopback from one client process that keeps its
connections: random articles out of four thousand with exactly thirty comments, as a visitor and as one of
two hundred members, and the other public pages. Beside it, by the same server, in rounds that take turns:
a Django view that says hello without middleware, and a topic of thirty posts of the forum engine
django-spirit, when FORUM names the Python of a virtual environment that has it:

    python -m venv /tmp/forum && /tmp/forum/bin/pip install django-spirit granian
    FORUM=/tmp/forum/bin/python python -m bench.pages

Client and servers share the machine's processors. Each line: milliseconds by the clock from the request
until the last byte, pages a second, and processor milliseconds of the server a page.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import quote

from ._asking import Server, Taken, ask
from ._pages_data import ARTICLES, COMMENTS, MEASURED, THREAD, Community, fill
from .search import VOCABULARY as WORDS

ROUNDS, EACH = int(os.environ.get("ROUNDS", "5")), int(os.environ.get("EACH", "200"))
BENCH = Path(__file__).resolve().parent.parent / ".bench"
HOME = BENCH / f"pages-{ARTICLES}"
FORUM = os.environ.get("FORUM", "")
OURS, BARE, PEER = 8881, 8882, 8883
GRANIAN = [
    "--interface",
    "wsgi",
    "--workers",
    "2",
    "--blocking-threads",
    "2",
    "--no-ws",
    "--log-level",
    "warning",
]


@dataclass
class Case:
    """One kind of page: who serves it, its addresses, and with which cookies it is asked for."""

    name: str
    server: Server
    addresses: list[str]
    cookies: list[str] = field(default_factory=lambda: ["lang=zh-hans"])
    taken: dict[int, Taken] = field(default_factory=dict)


def main() -> None:
    """Prepare once, then measure and print."""
    os.environ.update(LINGYU_HOME=str(HOME), DJANGO_SETTINGS_MODULE="lingyu.config.settings", DATABASE_URL="")
    # Without the list that is written last, a run before this one was stopped half-way.
    if not (HOME / "community.json").exists():
        shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True, exist_ok=True)
    import django

    django.setup()
    community = _prepare()
    servers: list[Server] = []
    try:
        _start(servers)
        cases = _cases(community, servers)
        for case in cases:
            ask(case.server, case.addresses[:40], case.cookies, 2)
        for number in range(ROUNDS):
            for case in cases:
                for together in (1, 4):
                    random = Random(number * 10 + together)
                    some = random.choices(case.addresses, k=EACH)
                    case.taken.setdefault(together, Taken()).add(
                        ask(case.server, some, case.cookies, together)
                    )
        _print(cases)
    finally:
        for server in servers:
            server.stop()


def _prepare() -> Community:
    from django.core.management import call_command
    from django.utils import timezone

    kept = HOME / "community.json"
    if not kept.exists():
        print(f"making {ARTICLES:,} articles and {COMMENTS:,} comments in {HOME}: some minutes …", flush=True)
        call_command("migrate", verbosity=0)
        made = fill(timezone.now())
        kept.write_text(json.dumps(made.__dict__, default=str), encoding="utf-8")
    call_command("migrate", verbosity=0)
    return Community(**json.loads(kept.read_text(encoding="utf-8")))


def _start(servers: list[Server]) -> None:
    """Start what is asked, one after the other, into `servers`: what fails leaves no other behind."""
    granian = [sys.executable, "-m", "granian", *GRANIAN]
    forum = _forum()
    ours = [sys.executable, "-m", "lingyu", "serve", "--port", str(OURS)]
    servers.append(Server("lingyu", OURS, ours, "/"))
    servers.append(Server("bare", BARE, [*granian, "--port", str(BARE), "bench._bare:application"], "/"))
    if forum:
        served = [FORUM, "-m", "granian", *GRANIAN, "--port", str(PEER), "forum.wsgi:application"]
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "forum_settings"}
        servers.append(Server("forum", PEER, served, "/", forum, env))


def _forum() -> Path | None:
    """The folder of the forum's project, made when it is not there; None without a Python that has it."""
    if not FORUM:
        print("without a forum beside it: FORUM does not name a Python that has django-spirit")
        return None
    home = BENCH / f"forum-{ARTICLES}"
    if not (home / "addresses.json").exists():
        shutil.rmtree(home, ignore_errors=True)
        sizes = [str(n) for n in (ARTICLES, COMMENTS, MEASURED, THREAD)]
        made = [FORUM, str(Path(__file__).with_name("_forum.py")), str(home), *sizes]
        subprocess.run(made, check=True, env={**os.environ, "PYTHONPATH": ""})
    return home / "forum"


def _cases(community: Community, servers: list[Server]) -> list[Case]:
    from uuid import UUID

    from lingyu.community.articles.addresses import short

    ours, bare, *forum = servers
    articles = [f"/a/{short(UUID(id))}/" for id in community.articles]
    asked = [f"/search/?q={quote(a + b)}" for a in WORDS[::3] for b in ("", f" {WORDS[5]}")]
    cases = [
        Case("a bare view", bare, ["/"]),
        Case("article, 30 comments, visitor", ours, articles),
        Case("article, 30 comments, member", ours, articles, _sessions(community)),
        Case("the newest articles", ours, ["/"]),
        Case("further pages of them", ours, [f"/?page={n}" for n in range(2, 1_600)]),
        Case("one keyword", ours, [f"/t/{quote(w + str(n))}/" for n, w in enumerate(WORDS)]),
        Case("an author", ours, [f"/u/{quote(name)}/" for name in community.authors]),
        Case("search, Chinese words", ours, asked),
        Case("the feed of all articles", ours, ["/rss.xml"]),
    ]
    if forum:
        home = BENCH / f"forum-{ARTICLES}" / "addresses.json"
        topics = json.loads(home.read_text(encoding="utf-8"))
        cases.append(Case("django-spirit, topic of 30 posts, visitor", forum[0], topics))
    return cases


def _sessions(community: Community) -> list[str]:
    from django.test import Client

    from lingyu.community.accounts.models import Member

    cookies = []
    for member in Member.objects.filter(id__in=community.readers):
        client = Client()
        client.force_login(member)
        cookies.append(f"lang=zh-hans; sessionid={client.cookies['sessionid'].value}")
    return cookies


def _print(cases: list[Case]) -> None:
    load = " ".join(f"{n:.1f}" for n in os.getloadavg())
    print(f"\n{ARTICLES:,} articles, {COMMENTS:,} comments; {ROUNDS * EACH:,} requests a line; load {load}")
    for together in (1, 4):
        heads = f"{'p50':>8}{'p95':>8}{'p99':>8}{'a second':>10}{'cpu ms':>8}{'× bare':>8}{'KB':>6}"
        print(f"\n{f'{together} at a time':43}{heads}")
        least = cases[0].taken[together].cpu_each
        for case in cases:
            t = case.taken[together]
            times = "".join(f"{t.percentile(p):8.1f}" for p in (50, 95, 99))
            spent = f"{t.cpu_each:8.1f}{t.cpu_each / least:8.1f}"
            print(f"{case.name:43}{times}{t.rate:10.0f}{spent}{t.size / 1024:6.0f}")
    for server in {id(c.server): c.server for c in cases}.values():
        print(f"{server.name}: {server.memory() / 2**20:.0f} MB of memory in its processes")


if __name__ == "__main__":
    main()

"""A served demo, a Chromium of this machine, and the rule that a page may not complain.

One server for all journeys: they run in one worker (`xdist_group`).
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

# Playwright keeps an event loop in the thread of the tests; the database is used beside it, not in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
CHROME = os.environ.get("CHROME") or next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "lingyu-demo"
START_SECONDS = 180


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Every journey is a browser test, and all of them share one worker."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The system's Chromium; none is downloaded."""
    if not CHROME:
        pytest.skip("there is no Chromium here: apt-get install chromium fonts-noto-cjk, or set CHROME")
    return {"executable_path": CHROME, "args": FLAGS}


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """The data folder of the served demo."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def base_url(home):
    """The address of `lingyu serve --demo` in a data folder of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"LINGYU_HOME": str(home), "PYTHONPATH": str(ROOT), "LINGYU_LANG": "en"}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "LINGYU_LANGUAGE"):
        environment.pop(name, None)
    log = (home / "serve.log").open("wb")
    command = [sys.executable, "-m", "lingyu", "serve", "--demo", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server, home / "serve.log")
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        log.close()


# A line is a program; what it leaves in `told` is the answer.
HAND = """
import json, sys
import django; django.setup()
from django.db import close_old_connections
for line in sys.stdin:
    known = {"told": None}
    exec(json.loads(line), known)
    close_old_connections()
    print(json.dumps(known["told"]), flush=True)
"""


@pytest.fixture(scope="session")
def backstage(home, base_url):
    """`backstage(program)`: what happens out of sight of a browser, in the served data folder; its `told`.

    People who act elsewhere (by actions, as everybody), the worker a day later, minutes that pass.
    """
    environment = os.environ | {"LINGYU_HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment["DJANGO_SETTINGS_MODULE"] = "lingyu.config.settings"
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-c", HAND]
    with subprocess.Popen(
        command, cwd=home, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as hand:

        def backstage(program: str):
            hand.stdin.write(json.dumps(program) + "\n")
            hand.stdin.flush()
            answer = hand.stdout.readline()
            assert answer, f"this could not be done backstage:\n{program}"
            return json.loads(answer)

        yield backstage
        hand.stdin.close()


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            pytest.fail(f"the server stopped with {server.returncode}:\n{log.read_text()}")
        try:
            urllib.request.urlopen(f"{address}/", timeout=20).close()
            return
        except urllib.error.HTTPError as error:
            pytest.fail(f"the front page answers {error.code}:\n{log.read_text()[-3000:]}")
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"no answer after {START_SECONDS} s:\n{log.read_text()}")


@pytest.fixture
def complaints():
    """What pages complained about; a journey that expects a refusal may take it off."""
    return []


@pytest.fixture
def listen(complaints):
    """`listen(context)`: note every error of its pages, those of the content security policy too."""

    def attach(page):
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)

    def listen(context):
        context.on("page", attach)
        for page in context.pages:
            attach(page)
        return context

    return listen


@pytest.fixture(autouse=True)
def no_complaints(request, complaints):
    """Fails a journey on whose way a page has complained."""
    if "context" in request.fixturenames:
        request.getfixturevalue("listen")(request.getfixturevalue("context"))
    yield
    assert not complaints


@pytest.fixture
def visitor(new_context, listen, base_url):
    """`visitor(language="en", …)`: a page in a browser of its own, with nobody logged in."""

    def visitor(language: str = "en", **options):
        locale = {"en": "en-US", "zh": "zh-CN"}[language]
        options = {"viewport": {"width": 1440, "height": 900}} | options
        page = listen(new_context(locale=locale, **options)).new_page()
        page.set_default_timeout(15_000)
        return page

    return visitor


@pytest.fixture(scope="session")
def sessions():
    """The cookies of those who have logged in: each does so once."""
    return {}


@pytest.fixture
def person(visitor, sessions):
    """`person("aque", language="en", …)`: a page on which one of the cast is logged in."""

    def person(name: str, language: str = "en", **options):
        if name not in sessions:
            page = visitor(language)
            log_in(page, name)
            sessions[name] = page.context.storage_state()
        return visitor(language, storage_state=sessions[name], **options)

    return person


def log_in(page, name: str, password: str = PASSWORD) -> None:
    """Log in by the form, as people do."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("main form[method=post] button").first.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)

"""`python -m tests.sdks`: the SDKs of npm, for Node and in a headless Chromium, against a running collector.

Installs them into a temporary folder (or uses the one that is named), never here. Prints a line for each; the
exit code is 1 when an event did not arrive once, whole.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

from .collecting import KEY, SITE, Running, running

PACKAGES = (
    "posthog-node @segment/analytics-node sa-sdk-node @umami/node countly-sdk-nodejs "
    "posthog-js @segment/analytics-next sa-sdk-javascript @plausible-analytics/tracker"
)
SERVERS = ("posthog-node", "analytics-node", "SaNode", "umami-node", "countly")


def main() -> int:
    """Install, send, judge."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--packages", default="", help="a folder in which they are installed already")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="lingyu-sdks-") as made:
        os.environ["LINGYU_HOME"] = made
        django.setup()
        packages = Path(options.packages or made)
        if not options.packages:
            subprocess.run(["npm", "init", "-y"], cwd=made, check=True, stdout=subprocess.DEVNULL)
            subprocess.run(
                ["npm", "install", "--no-audit", "--no-fund", *PACKAGES.split()], cwd=made, check=True
            )
        with running(Path(made) / "home") as collector:
            return int(not all([of_node(collector, packages), *of_browsers(collector, packages)]))


def of_node(collector: Running, packages: Path) -> bool:
    """The SDKs for servers."""
    script = str(Path(__file__).with_name("node.cjs"))
    command = ["node", script, str(packages), collector.base, KEY, SITE, collector.bare]
    subprocess.run(command, check=False, timeout=120)
    names = {name: "SaNodeBought" if name == "SaNode" else f"{name} Bought" for name in SERVERS}
    found = [judge(collector, sdk, event) for sdk, event in names.items()]
    return all(found)


def of_browsers(collector: Running, packages: Path) -> list[bool]:
    """The SDKs for pages, each on a page of its own."""
    from playwright.sync_api import sync_playwright

    from . import pages

    events = pages.write(packages, collector.base, KEY)
    server, origin = pages.serve(packages)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for file in events:
            page = browser.new_page(user_agent="Mozilla/5.0 (X11; Linux x86_64) Chrome/139 Safari/537.36")
            page.on("pageerror", lambda error, file=file: print(f"  {file}: {error}"))
            page.goto(f"{origin}/{file}")
            page.wait_for_timeout(4_000)
            page.goto("about:blank")
            page.wait_for_timeout(500)
            page.close()
        browser.close()
    server.shutdown()
    return [judge(collector, file.removesuffix(".html"), event) for file, event in events.items()]


def judge(collector: Running, sdk: str, event: str) -> bool:
    """Whether its event is there once, with person, time and properties."""
    end = time.monotonic() + 10
    while not (found := [f for f in collector.facts() if f.name == event]) and time.monotonic() < end:
        time.sleep(0.2)
    faults = [] if len(found) == 1 else [f"arrived {len(found)} times"]
    for fact in found[:1]:
        ago = (fact.received_at - fact.occurred_at).total_seconds()
        meant = 3600 if sdk in ("posthog-node", "analytics-node", "SaNode") else 0
        if abs(ago - meant) > 10:
            faults.append(f"happened {ago:.0f} s before")
        if (fact.properties.get("price"), fact.properties.get("name")) not in (
            (1999, "龙井"),
            ("1999", "龙井"),
        ):
            faults.append(f"properties {fact.properties}")
        named = {key.value for key in fact.keys}
        if not named or ("user-1" not in named and not sdk.startswith(("plausible", "posthog-js"))):
            faults.append(f"person {fact.keys}")
        if fact.repairs:
            faults.append(f"repaired {fact.repairs}")
    print(f"{'wrong' if faults else 'right'}  {sdk}  {'; '.join(faults)}", flush=True)
    return not faults


if __name__ == "__main__":
    sys.exit(main())

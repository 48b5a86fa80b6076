"""Pages on which the browsers' SDKs run, in a headless Chromium, and what each has to have sent.

Holds the pages. The SDKs are loaded from the folder into which npm put them.
"""

import http.server
import threading
from functools import partial
from pathlib import Path

PROPS = '{price: 1999, name: "龙井"}'
_HEAD = "<!doctype html><html lang=en><meta charset=utf-8><title>Goods</title><body><h1>Goods</h1>"
# By SDK: the page, with {base}, {key}, {host}; the name of the event that it sends.
PAGES = {
    "posthog-js": (
        """<script src="/node_modules/posthog-js/dist/array.full.js"></script>
<script>posthog.init("{key}", {{api_host: "{base}", opt_out_useragent_filter: true, autocapture: false}});
posthog.capture("posthog-js Bought", {props}); posthog.identify("user-1");</script>""",
        "posthog-js Bought",
    ),
    "@segment/analytics-next": (
        """<script src="/node_modules/@segment/analytics-next/dist/umd/index.js"></script>
<script>var {{AnalyticsBrowser}} = window.AnalyticsNext || window;
var client = AnalyticsBrowser.load({{writeKey: "{key}", cdnURL: "{base}"}},
  {{integrations: {{"Segment.io": {{apiHost: "{host}/v1", protocol: "http"}}}}}});
client.identify("user-1"); client.track("analytics-next Bought", {props});</script>""",
        "analytics-next Bought",
    ),
    "sa-sdk-javascript": (
        """<script src="/node_modules/sa-sdk-javascript/sensorsdata.min.js"></script>
<script>var sensors = window.sensorsDataAnalytic201505;
sensors.init({{server_url: "{base}/sa?project=default", send_type: "{way}", show_log: false}});
sensors.login("user-1"); sensors.track("SaJs{name}Bought", {props});</script>""",
        "SaJs{name}Bought",
    ),
    "@plausible-analytics/tracker": (
        """<script type="module">
import {{init, track}} from "/node_modules/@plausible-analytics/tracker/plausible.js";
init({{domain: "localhost", endpoint: "{base}/api/event", captureOnLocalhost: true}});
track("plausible Bought", {{props: {props}}});</script>""",
        "plausible Bought",
    ),
    "lingyu": (
        """<script>
window.lingyu = window.lingyu || function () {{ (lingyu.q = lingyu.q || []).push(arguments) }}</script>
<script async src="{base}/l.js" onload="lingyu.user('user-1')"></script>
<script>lingyu("lingyu Bought", {props});</script>
<a id="out" href="https://elsewhere.example/">out</a>""",
        "lingyu Bought",
    ),
}


def write(folder: Path, base: str, key: str) -> dict[str, str]:
    """Write the pages beside the packages; the event that each page's SDK sends, by the page's file."""
    known = {"base": base, "key": key, "host": base.partition("://")[2], "props": PROPS}
    found = {}
    for sdk, (page, event) in PAGES.items():
        for way in ("image", "ajax", "beacon") if sdk == "sa-sdk-javascript" else ("",):
            more = known | {"way": way, "name": way.title()}
            file = f"{sdk.replace('/', '-').strip('@')}{way and '-'}{way}.html"
            (folder / file).write_text(_HEAD + page.format(**more), encoding="utf-8")
            found[file] = event.format(**more)
    return found


def serve(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serve the folder on a free port: another origin than the collector's."""
    handler = partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://localhost:{server.server_port}"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_) -> None:
        """Say nothing."""

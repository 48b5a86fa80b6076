"""The lines to paste into an app, a page or a server, for each SDK, with a source's own address and key.

Holds code, which is the same in every language of ours. The protocols that the SDKs speak are in `protocols`.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from .models import Source
from .routing import PREFIX


class Lines(NamedTuple):
    """The name of an SDK, the protocol that it speaks, and what to paste."""

    name: str
    protocol: str
    code: str


def base_of(source: Source, site: str) -> str:
    """The address below which a source's SDKs send; `site` is that of the site, such as `https://a.example`."""
    return f"{site.rstrip('/')}{PREFIX}{source.prefix}"


_LINES = (
    (
        "Lingyu",
        "lingyu",
        "<script>window.lingyu = window.lingyu || "
        "function () {{ (lingyu.q = lingyu.q || []).push(arguments) }}"
        '</script>\n<script async src="{base}/l.js"></script>\n'
        '<script>lingyu("Goods Viewed", {{price: 1999}})</script>',
    ),
    (
        "PostHog (browser)",
        "posthog",
        'posthog.init("{key}", {{api_host: "{base}", person_profiles: "identified_only"}})',
    ),
    ("PostHog (Python)", "posthog", 'from posthog import Posthog\nposthog = Posthog("{key}", host="{base}")'),
    (
        "Segment (browser)",
        "segment",
        'AnalyticsBrowser.load(\n  {{writeKey: "{key}", cdnURL: "{base}"}},\n'
        '  {{integrations: {{"Segment.io": {{apiHost: "{host}/v1", protocol: "{scheme}"}}}}}})',
    ),
    (
        "Segment (Python)",
        "segment",
        'import segment.analytics as analytics\nanalytics.write_key = "{key}"\nanalytics.host = "{base}"',
    ),
    (
        "RudderStack",
        "segment",
        'rudder_analytics.write_key = "{key}"\nrudder_analytics.dataPlaneUrl = "{base}"',
    ),
    (_("Sensors Analytics (web)"), "sensors", 'sensors.init({{server_url: "{base}/sa?project=default"}})'),
    (
        _("Sensors Analytics (Python)"),
        "sensors",
        'import sensorsanalytics\nconsumer = sensorsanalytics.BatchConsumer("{base}/sa?project=default")\n'
        "sa = sensorsanalytics.SensorsAnalytics(consumer)",
    ),
    (
        "Plausible",
        "plausible",
        '<script defer data-domain="{prefix}" data-api="{base}/api/event" src="…/script.js"></script>',
    ),
    (
        "Umami",
        "umami",
        '<script defer data-website-id="{id}" data-host-url="{base}" src="…/script.js"></script>',
    ),
    (
        "Matomo",
        "matomo",
        '_paq.push(["setTrackerUrl", "{base}/matomo.php"]);\n_paq.push(["setSiteId", "{prefix}"]);\n'
        '_paq.push(["trackPageView"]);',
    ),
    ("GA4 Measurement Protocol", "ga4", "POST {base}/mp/collect?measurement_id=G-1&api_secret={key}"),
    (
        "Mixpanel (Python)",
        "mixpanel",
        'consumer = mixpanel.Consumer(events_url="{base}/track", people_url="{base}/engage")\n'
        'mp = mixpanel.Mixpanel("{key}", consumer=consumer)',
    ),
    ("Amplitude", "amplitude", 'amplitude.init("{key}", {{serverUrl: "{base}/2/httpapi"}})'),
    ("Countly", "countly", 'Countly.init({{app_key: "{key}", url: "{base}"}})'),
)


def lines_for(source: Source, site: str) -> list[Lines]:
    """Those of the protocols that a source takes."""
    base = base_of(source, site)
    scheme, _, host = base.partition("://")
    known = {"base": base, "host": host, "scheme": scheme, "key": source.key}
    known |= {"prefix": source.prefix, "id": str(source.id)}
    taken = source.protocols.split()
    return [Lines(n, p, code.format(**known)) for n, p, code in _LINES if not taken or p in taken]

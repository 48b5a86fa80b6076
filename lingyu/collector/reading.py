"""The readers of all protocols, registered by being imported: what turns kept requests into facts."""

from .protocols import (
    amplitude,
    countly,
    ga4,
    matomo_reading,
    mixpanel,
    own,
    plausible,
    posthog_reading,
    segment,
    sensors_reading,
    umami,
)
from .tables import protocol as table

__all__ = [
    "amplitude",
    "countly",
    "ga4",
    "matomo_reading",
    "mixpanel",
    "own",
    "plausible",
    "posthog_reading",
    "segment",
    "sensors_reading",
    "table",
    "umami",
]

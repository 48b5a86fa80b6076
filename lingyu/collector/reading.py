"""The readers of all protocols, registered by being imported: what turns kept requests into facts."""

from .protocols import posthog_reading, segment, sensors_reading

__all__ = ["posthog_reading", "segment", "sensors_reading"]

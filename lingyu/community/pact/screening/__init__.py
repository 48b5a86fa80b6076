"""The screener: see `deciding`."""

"""Commands of transparency."""

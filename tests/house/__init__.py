"""Whole-house rules: what every room keeps, checked over all rooms at once.

A rule that cannot hold yet everywhere is a ratchet: `ratchets.toml` lists who breaks it, and may only shrink.
"""

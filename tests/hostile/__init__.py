"""Hostile input against the whole house: whatever a form, a feed or an address takes.

Nothing here names a room: forms are found by walking the pages of the demo as each of the cast, what
is shown is found by walking them again. A room that lands later is covered by being linked.
"""

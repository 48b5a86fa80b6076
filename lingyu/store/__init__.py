"""Floor 1: the memory of the house.

Holds the outbox, shipping, the event store and its two engines, metric queries, and the
reading of outside files. Knows no operation and no page.
"""

"""People: one is found by any of their names, and one page tells all that the log holds of them.

Holds personal data: who may see it has the permission `people.see`, and each look is a fact. Joining, parting
and forgetting are done by `lingyu.store.log`'s own door.
"""

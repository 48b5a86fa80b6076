"""The pact: what may not be said here, how it is found, and what follows from it.

`clauses` and `screening` are plain Python that needs no Django; the rest of the app stands on them.
"""

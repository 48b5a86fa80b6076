"""The pact: what may not be said here, how it is found, and where members stand by what was confirmed.

`clauses`, `screening` and `ladder` are plain Python that needs no Django; the rest of the app stands on
them. Cases, reports, decisions and appeals are another room (`cases`) that stands on this one.
"""

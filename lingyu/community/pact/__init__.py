"""The pact: its clauses as data, screening before publication, and where members stand by what was found.

`clauses`, `screening` and `ladder` are plain Python and work without Django. The rest keeps what people
decided. Cases, reports and appeals are another room (`cases`); it stands on this one.
"""

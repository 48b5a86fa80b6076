"""Tables of events: CSV, Excel and JSON lines become requests in the inbox, as if a source had sent them.

`columns` says what a column may be, `opening` finds which they are, `reading` makes entries of rows,
`sending` puts entries into the inbox, and `protocol` is their reader. The same file again brings
nothing new. Writes nothing but the inbox.
"""

from .columns import FIELDS
from .opening import IMPORTER, EventFile, open_events
from .reading import Entry, Unreadable, read_lines, read_table
from .sending import send

__all__ = [
    "FIELDS",
    "IMPORTER",
    "Entry",
    "EventFile",
    "Unreadable",
    "open_events",
    "read_lines",
    "read_table",
    "send",
]

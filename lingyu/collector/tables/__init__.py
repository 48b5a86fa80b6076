"""Tables of events: CSV, Excel and JSON lines become requests in the inbox, as if a source had sent them.

`columns` says what a column may be, `reading` makes entries of rows, `sending` puts entries into the inbox,
and `protocol` is their reader. The same file again brings nothing new. Writes nothing but the inbox.
"""

from .columns import FIELDS
from .reading import Entry, Unreadable, read_lines, read_table
from .sending import send

__all__ = ["FIELDS", "Entry", "Unreadable", "read_lines", "read_table", "send"]

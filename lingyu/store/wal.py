"""Write-ahead logging of the SQLite files that the store keeps beside the database."""

import sqlite3
import time


def into_wal(db: sqlite3.Connection) -> None:
    """Switch to write-ahead logging; the switch itself does not wait for others, so it is tried again."""
    for attempt in range(50):
        try:
            db.execute("pragma journal_mode=wal")
            return
        except sqlite3.OperationalError:
            if attempt == 49:
                raise
            time.sleep(0.05)

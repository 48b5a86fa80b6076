"""SQLite whose writers queue at the kernel instead of polling with sleeps.

With eight writers, plain IMMEDIATE transactions let an unlucky one wait for seconds; a kernel
file lock taken before BEGIN keeps the throughput and shortens the worst wait (docs/adr/0004).
"""

import fcntl
import os

from django.db.backends.sqlite3 import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, but that emptying the tables (`flush`) passes by the triggers that refuse deletion.

    So does the TRUNCATE with which PostgreSQL does it.
    """

    def execute_sql_flush(self, sql_list):
        """Set all triggers aside, empty the tables, put the triggers back: one transaction."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drops = [f"DROP TRIGGER {self.quote_name(name)}" for name, _sql in triggers]
        super().execute_sql_flush([*drops, *sql_list, *(sql for _name, sql in triggers)])


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite connection with a gate: `<database>-gate`, held from BEGIN to its end."""

    ops_class = DatabaseOperations
    _gate: int | None = None
    _held = False

    def _enter(self):
        if self.is_in_memory_db():
            return
        if self._gate is None:
            self._gate = os.open(
                f"{self.settings_dict['NAME']}-gate", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
            )
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        self._held = True

    def _leave(self):
        if self._held:
            self._held = False
            fcntl.flock(self._gate, fcntl.LOCK_UN)

    def _start_transaction_under_autocommit(self):
        self._enter()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave()
            raise

    def _set_autocommit(self, autocommit):
        try:
            super()._set_autocommit(autocommit)
        finally:
            if autocommit:
                self._leave()

    def _close(self):
        super()._close()
        self._leave()
        if self._gate is not None:
            os.close(self._gate)
            self._gate = None

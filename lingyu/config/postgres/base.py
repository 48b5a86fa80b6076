"""PostgreSQL whose append-only tables refuse TRUNCATE, but for `flush`, which says what it does.

Holds nothing else; our SQLite backend does the same with its triggers.
"""

from django.db.backends.postgresql import base, operations

# Bit 5 of a trigger's type: it is for TRUNCATE (catalog pg_trigger).
_REFUSALS = (
    "select tgrelid::regclass::text, tgname from pg_trigger where tgtype & 32 <> 0 and not tgisinternal"
)


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, but that emptying the tables (`flush`) passes by the triggers that refuse it."""

    def execute_sql_flush(self, sql_list):
        """Set these triggers aside, empty the tables, put the triggers back: one transaction."""
        with self.connection.cursor() as cursor:
            cursor.execute(_REFUSALS)
            found = [(table, self.quote_name(name)) for table, name in cursor.fetchall()]
        aside, back = (
            [f"ALTER TABLE {table} {verb} TRIGGER {name}" for table, name in found]
            for verb in ("DISABLE", "ENABLE")
        )
        super().execute_sql_flush([*aside, *sql_list, *back])


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection with our `flush`, and statements that the server keeps planned (`store.rows`)."""

    ops_class = DatabaseOperations

    def get_connection_params(self):
        """`?prepare_threshold=0` in DATABASE_URL is for poolers that hand connections around."""
        params = super().get_connection_params()
        asked = self.settings_dict["OPTIONS"].get("prepare_threshold", 2)
        params["prepare_threshold"] = int(asked) or None
        return params

"""The two engines of the event store, behind one set of functions.

`duck` keeps immutable Parquet files in the data folder and reads them with DuckDB; `click` keeps
one ClickHouse table. Which one runs is the setting LINGYU_ENGINE; answers are equal.
"""

from functools import lru_cache

from django.conf import settings

from .base import Engine


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The configured engine, one a process."""
    if settings.LINGYU_ENGINE == "click":
        from .click.engine import ClickEngine
        from .click.transport import connect

        return ClickEngine(connect(settings.LINGYU_CLICKHOUSE_URL))
    from .duck.engine import DuckEngine

    return DuckEngine(settings.LINGYU_STORE, memory=settings.LINGYU_QUERY_MEMORY)

"""The way to ClickHouse: an address, time limits, tries, and errors in plain words.

Holds no SQL. A server is spoken to through clickhouse-connect, imported here only, so that the
house runs without it.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..base import EngineError

# Seconds to reach the server, and for it to answer.
CONNECT_SECONDS, ANSWER_SECONDS = 5, 120
# Seconds to wait before the second, third, … try.
BACK_OFF = (0.2, 1, 3)


class Transport:
    """One client, made on first use by `make`; safe for threads, which take turns."""

    def __init__(self, make: Callable):
        self._make, self._client = make, None
        self._lock = threading.Lock()

    def rows(self, text: str) -> list[tuple]:
        """The rows of a question; tried again when the server cannot be reached."""
        return self._try(lambda client: client.query(text).result_rows)

    def run(self, text: str) -> None:
        """A statement that may be repeated without harm."""
        self._try(lambda client: client.command(text))

    def load(self, table: str, path: Path, settings: dict, form: str = "JSONEachRow") -> None:
        """A file, of JSON lines or another `form`, into `table`; not repeated, for part may have arrived."""
        with self._turn() as client, path.open("rb") as file:
            client.raw_insert(table, insert_block=file, fmt=form, settings=settings)

    def _try(self, act: Callable):
        for wait in (*BACK_OFF, None):
            try:
                with self._turn() as client:
                    return act(client)
            except _Unreachable as error:
                if wait is None:
                    raise EngineError(f"ClickHouse cannot be reached: {error}") from error
                time.sleep(wait)

    @contextlib.contextmanager
    def _turn(self) -> Iterator:
        """The client, for one statement; its errors become the engine's."""
        from clickhouse_connect.driver.exceptions import ClickHouseError, OperationalError
        from urllib3.exceptions import HTTPError

        with self._lock:
            try:
                if self._client is None:
                    self._client = self._make()
                yield self._client
            except (OperationalError, HTTPError, OSError) as error:
                self._client = None
                raise _Unreachable(_first_line(error)) from error
            except ClickHouseError as error:
                raise EngineError(f"ClickHouse refused: {_first_line(error)}") from error


class _Unreachable(EngineError):
    """The server did not answer; the same statement may succeed in a moment."""


def connect(url: str) -> Transport:
    """A transport to `http[s]://user:password@host:port/database`. Raises EngineError for another form."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise EngineError("LINGYU_CLICKHOUSE_URL must read http(s)://user:password@host:8123/database")

    def make():
        try:
            import clickhouse_connect
        except ImportError:
            raise EngineError("the engine “click” needs: pip install 'lingyu[clickhouse]'") from None
        return clickhouse_connect.get_client(
            host=parts.hostname,
            port=parts.port or (8443 if parts.scheme == "https" else 8123),
            secure=parts.scheme == "https",
            username=unquote(parts.username or "default"),
            password=unquote(parts.password or ""),
            database=parts.path.strip("/") or "default",
            connect_timeout=CONNECT_SECONDS,
            send_receive_timeout=ANSWER_SECONDS,
            # Threads take turns with one client; a session would refuse the second after a time-out.
            autogenerate_session_id=False,
        )

    return Transport(make)


def _first_line(error: Exception) -> str:
    """What an error says, without the stack of the server."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:500]

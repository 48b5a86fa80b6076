"""One request to an endpoint, in time; no redirects, no large answers, no proxies asked.

Holds no prompt and no opinion.
"""

import http.client
import json
import ssl
import time
from typing import Any
from urllib.parse import urlsplit

MOST = 256 * 1024


class EndpointFailed(Exception):
    """No usable answer; `again` says whether another try may help."""

    def __init__(self, why: str, again: bool) -> None:
        super().__init__(why)
        self.again = again


def post(url: str, key: str, body: dict[str, Any], timeout: float) -> dict[str, Any]:
    """Send `body` as JSON; the answer as a JSON object.

    Raises:
        EndpointFailed: No connection, not in time, another status than 200, or no JSON object.
    """
    parts, until = urlsplit(url), time.monotonic() + timeout
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    connection = _connection(parts.scheme, parts.hostname or "", parts.port, timeout)
    try:
        connection.request("POST", parts.path, json.dumps(body, ensure_ascii=False).encode(), headers)
        _in_time(connection, until)
        answer = connection.getresponse()
        if answer.status != 200:
            raise EndpointFailed(
                f"status {answer.status}", again=answer.status in {408, 429} or answer.status >= 500
            )
        data = b""
        while block := answer.read1(16 * 1024):
            data += block
            if len(data) > MOST:
                raise EndpointFailed("too long an answer", again=False)
            _in_time(connection, until)
        found = json.loads(data)
    except (OSError, http.client.HTTPException) as error:
        raise EndpointFailed(type(error).__name__, again=True) from None
    except (ValueError, RecursionError):
        raise EndpointFailed("no JSON", again=False) from None
    finally:
        connection.close()
    if not isinstance(found, dict):
        raise EndpointFailed("no JSON object", again=False)
    return found


def _connection(scheme: str, host: str, port: int | None, timeout: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=timeout)


def _in_time(connection: http.client.HTTPConnection, until: float) -> None:
    """Let the socket wait only as long as the whole answer may still take."""
    left = until - time.monotonic()
    if left <= 0:
        raise EndpointFailed("not in time", again=False)
    if connection.sock is not None:
        connection.sock.settimeout(left)

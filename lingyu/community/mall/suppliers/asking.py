"""Asking a supplier for an order over HTTP: one signed request, a limit on time and size, no redirects.

Holds the talking. Raises nothing for what goes wrong outside: that is an answer too. Within a transaction it
refuses: a row would stay locked for as long as a stranger takes to answer.
"""

import http.client
import json
import socket
import ssl
import time
from uuid import UUID

from django.db import connections

from . import addresses, answers, signing
from .answers import TROUBLE, Answer

LARGEST = 64 * 1024


class InsideTransaction(RuntimeError):
    """The outside was to be called while a transaction was open."""


def ask(*, url: str, secret: str, key: str, order: UUID, good: UUID, timeout: int) -> Answer:
    """Ask for an order; `key` is the same at every try, so that a supplier delivers it once."""
    if any(connection.in_atomic_block for connection in connections.all(initialized_only=True)):
        raise InsideTransaction("a supplier is asked outside of any transaction")
    body = json.dumps({"order": str(order), "good": str(good), "key": key}).encode()
    try:
        place = addresses.checked(url)
        connection = _Pinned(place, addresses.look_up(place), timeout)
    except addresses.Forbidden:
        return Answer(TROUBLE, trouble="address_forbidden")
    except (OSError, UnicodeError):
        return Answer(TROUBLE, trouble="no_such_host")
    try:
        return _talk(connection, place.path, body, secret, key, time.monotonic() + timeout)
    except TimeoutError:
        return Answer(TROUBLE, trouble="timeout")
    except ssl.SSLError:
        return Answer(TROUBLE, trouble="tls")
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(TROUBLE, trouble="no_connection")
    finally:
        connection.close()


def _talk(connection, path: str, body: bytes, secret: str, key: str, until: float) -> Answer:
    told = {"Content-Type": "application/json", "Idempotency-Key": key, "User-Agent": "Lingyu"}
    connection.request("POST", path, body, told | signing.headers(secret, body))
    reply = connection.getresponse()
    if reply.status != 200:
        return Answer(TROUBLE, trouble=f"http_{reply.status}")
    read = b""
    while piece := reply.read1(8_192):
        read += piece
        if len(read) > LARGEST:
            return Answer(TROUBLE, trouble="too_long")
        if time.monotonic() > until:
            return Answer(TROUBLE, trouble="timeout")
    return answers.read(read)


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever its name says meanwhile."""

    def __init__(self, place: addresses.Place, ip: str, timeout: int):
        super().__init__(place.host, place.port, timeout=timeout)
        self._ip, self._tls = ip, place.tls

    def connect(self):
        """Open the socket; with TLS, for the name, not the number."""
        self.sock = socket.create_connection((self._ip, self.port), self.timeout)
        if self._tls:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

"""Asking a supplier for an order over HTTP: one signed request, a limit on time and size, no redirects.

Holds the talking. Raises nothing for what goes wrong outside: that is an answer too. Within a transaction it
refuses: a row would stay locked for as long as a stranger takes to answer.
"""

import http.client
import json
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
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
        with connection.for_seconds(timeout):
            answer = _talk(connection, place.path, body, secret, key)
        return Answer(TROUBLE, trouble="timeout") if connection.cut else answer
    except TimeoutError:
        return Answer(TROUBLE, trouble="timeout")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(TROUBLE, trouble=_what(error, connection))
    finally:
        connection.close()


def _what(error: Exception, connection: "_Pinned") -> str:
    if connection.cut:
        return "timeout"
    return "tls" if isinstance(error, ssl.SSLError) else "no_connection"


def _talk(connection, path: str, body: bytes, secret: str, key: str) -> Answer:
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
    return answers.read(read)


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever its name says meanwhile."""

    def __init__(self, place: addresses.Place, ip: str, timeout: int):
        super().__init__(place.host, place.port, timeout=timeout)
        self._ip, self._tls, self.cut = ip, place.tls, False

    @contextmanager
    def for_seconds(self, seconds: int):
        """Cut the line after so many seconds: the socket's own limit begins anew with every byte."""
        clock = threading.Timer(seconds, self._cut)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()

    def _cut(self):
        self.cut = True
        with suppress(OSError, AttributeError):
            # Beneath TLS: its own way of ending is not for another thread.
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def connect(self):
        """Open the socket; with TLS, for the name, not the number."""
        self.sock = socket.create_connection((self._ip, self.port), self.timeout)
        if self._tls:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

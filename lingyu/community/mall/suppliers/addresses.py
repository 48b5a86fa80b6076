"""Which addresses a supplier may have: public ones over TLS, and private ones that the site's settings name.

Holds checks and the looking up of names. The address that was checked is the one that is called: a name that
answers otherwise a moment later (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

# What ends in an IPv4 address: that of translators (NAT64), and what was once "compatible".
_TRANSLATED = [ipaddress.ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")]


class Forbidden(ValueError):
    """An address that may not be called; `words` say why, in the reader's language."""

    def __init__(self, words: str):
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Place:
    """Where to call: scheme, host, port, and the path with its query."""

    tls: bool
    host: str
    port: int
    path: str
    private: bool


def checked(url: str) -> Place:
    """The parts of an address that may be called. Raises Forbidden."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise Forbidden(_("This is not an address.")) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not parts.netloc.isprintable():
        raise Forbidden(_("This is not an address."))
    if parts.username or parts.password or any(c.isspace() or c < " " for c in url.strip()):
        raise Forbidden(_("An address without a name and password in it."))
    private = parts.hostname in settings.LINGYU_PRIVATE_SUPPLIERS
    if parts.scheme != "https" and not private:
        raise Forbidden(_("The address has to begin with https://."))
    if not private and _inward(parts.hostname):
        raise Forbidden(_("This address leads into a private network."))
    tls = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(tls, parts.hostname, port or (443 if tls else 80), path, private)


def look_up(place: Place) -> str:
    """The IP address to call. Raises Forbidden when one of its addresses is not public, OSError when
    there is none."""
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    addresses = [row[4][0] for row in found]
    if not place.private and not all(_public(ipaddress.ip_address(a.split("%")[0])) for a in addresses):
        raise Forbidden(_("This address leads into a private network."))
    return addresses[0]


def _public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one machine's, in the open; an IPv4 address within it is asked about too."""
    if not ip.is_global or ip.is_multicast:
        return False
    if ip.version == 4:
        return True
    within = ip.sixtofour
    if any(ip in network for network in _TRANSLATED):
        within = ipaddress.IPv4Address(ip.packed[-4:])
    return within is None or _public(within)


def _inward(host: str) -> bool:
    """Whether a host can be told to be private without asking anybody."""
    host = host.rstrip(".")
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not _public(ipaddress.ip_address(host))
    except ValueError:
        # Digits alone are an IPv4 address to some resolvers.
        return host.replace(".", "").isdigit() or host.startswith("0x")

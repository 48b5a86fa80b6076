"""WeCom: the statistics of customer groups, by its API, a snapshot a day before they are gone.

Holds the client and the taking of snapshots; `actions` writes.
"""

from .client import Client, Refused, client
from .snapshots import missing, take

__all__ = ["Client", "Refused", "client", "missing", "take"]

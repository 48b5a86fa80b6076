"""Backups of the whole house into a plain folder, and back: database, event store, log, inbox, media, key.

Holds what copies and checks files. Knows neither members nor feathers: whoever restores checks those by their
own commands. ADR 26 says in which order things are copied, and why nothing is missing.
"""

from .content import FORMAT, BadBackup, Content, File, verify
from .restoring import NotEmpty, restore
from .taking import take

__all__ = ["FORMAT", "BadBackup", "Content", "File", "NotEmpty", "restore", "take", "verify"]

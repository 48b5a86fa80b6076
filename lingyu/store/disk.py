"""Putting files on disk: what has been synced survives a loss of power, its name in the folder included."""

import os
from collections.abc import Iterable
from pathlib import Path


def sync(paths: Iterable[Path]) -> None:
    """Sync files and the folders that name them. Raises OSError."""
    files = list(paths)
    for path in [*files, *{file.parent for file in files}, *{file.parent.parent for file in files}]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

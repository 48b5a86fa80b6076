"""The database's part of a backup: SQLite by its online copy, PostgreSQL by pg_dump and pg_restore.

Holds nothing of what the tables mean.
"""

import contextlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from ..log.keeping import snapshot
from .content import BadBackup

SQLITE, POSTGRES = "database/lingyu.sqlite3", "database/lingyu.dump"


def path_of(settings: dict) -> str:
    """Where in a backup the database of these settings (Django's) lies."""
    return POSTGRES if "postgres" in settings["ENGINE"] else SQLITE


def dump(settings: dict, folder: Path) -> str:
    """A consistent copy, while others write; its path. Raises BadBackup, sqlite3.Error."""
    path = path_of(settings)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if path == SQLITE:
        with contextlib.closing(sqlite3.connect(settings["NAME"], timeout=60)) as db:
            snapshot(db, target)
    else:
        _run("pg_dump", settings, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    return path


def load(settings: dict, folder: Path, target: Path) -> None:
    """Put the database of a backup where it belongs: the file `target`, or PostgreSQL. Raises BadBackup."""
    path = path_of(settings)
    if not (folder / path).exists():
        raise BadBackup(
            "the backup holds another kind of database than DATABASE_URL names: "
            "set it for PostgreSQL, or leave it out for SQLite"
        )
    if path == SQLITE:
        shutil.copyfile(folder / path, target)
    else:
        options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction")
        _run("pg_restore", settings, *options, f"--dbname={settings['NAME']}", str(folder / path))


def _run(program: str, settings: dict, *options: str) -> None:
    """One of PostgreSQL's programs; the password goes by its environment, which others cannot read."""
    found = shutil.which(program)
    if found is None:
        raise BadBackup(
            f"{program} is not installed: install PostgreSQL's client programs (on Debian: postgresql-client)"
        )
    names = {
        "HOST": "PGHOST",
        "PORT": "PGPORT",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "NAME": "PGDATABASE",
    }
    environment = {**os.environ, **{names[n]: str(settings[n]) for n in names if settings.get(n)}}
    done = subprocess.run([found, *options], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BadBackup(f"{program}: {done.stderr.strip()[-2_000:]}")

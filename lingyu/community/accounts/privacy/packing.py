"""Packing an export: every contribution as JSON and CSV into one ZIP file, with a page that explains it.

Holds the making of the file. What is in it comes from `contributions`; when it is made is for
`actions.exports`.
"""

import json
import os
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lingyu.store.sheets import Column, to_csv

from ..models import DataExport, Member
from .contributions import CONTRIBUTIONS


def pack(export: DataExport, progress: Callable[[int], None]) -> int:
    """Write the file of an export in its member's language; its size in bytes.

    Written beside its place and moved there when whole, readable by the server's own user only.
    `progress` is told how many parts are in.
    """
    export.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=export.path.parent, suffix=".part")
    half = Path(name)
    try:
        with (
            os.fdopen(handle, "wb") as file,
            translation.override(export.member.language or settings.LANGUAGE_CODE),
        ):
            _fill(file, export.member, progress)
            file.flush()
            os.fsync(file.fileno())
        half.replace(export.path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    return export.path.stat().st_size


def _fill(file, member: Member, progress: Callable[[int], None]) -> None:
    counts = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, part in enumerate(CONTRIBUTIONS.values(), 1):
            rows = [{key: _plain(value) for key, value in row.items()} for row in part.rows(member)]
            archive.writestr(f"json/{part.code}.json", json.dumps(rows, ensure_ascii=False, indent=2))
            archive.writestr(f"csv/{part.code}.csv", _csv(rows))
            counts.append((part, len(rows)))
            progress(number)
        archive.writestr("README.txt", _readme(member, counts))


def _csv(rows: list[dict]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [Column(name, name) for name in names]
    return b"".join(to_csv(columns, ([row.get(name) for name in names] for row in rows)))


def _plain(value):
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _readme(member: Member, counts: list[tuple]) -> str:
    language = translation.get_language() or "en"
    opening = _(
        "Everything that this site holds about %(name)s, as of %(moment)s.\n\n"
        "Each table is here twice: in the folder json for programs, in csv for spreadsheets. "
        "Moments are in the site's time zone (%(zone)s).\n"
        "Passwords are not in it: the site keeps none in readable form. Other people's words are not in it "
        "either."
    ) % {
        "name": member.username,
        "moment": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
        "zone": settings.TIME_ZONE,
    }
    lines = [f"{part.code}: {part.label(language)} ({count})" for part, count in counts]
    return "\n".join([opening, "", *lines, ""])

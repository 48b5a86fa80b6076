"""The shelf: uploaded files, each in a folder of its own under the data folder.

Holds storing, finding and throwing away. A file's name is kept for people; where it lies is
never made of what a browser sent but the cleaned last part of the name.
"""

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from lingyu.kernel.operations import Importer, Operation

KEEP = timedelta(days=7)
LONGEST_NAME = 120


class About(msgspec.Struct, kw_only=True):
    """What was uploaded, by whom and when, and what was answered in the form.

    `mapping` is {field: column} as chosen by hand; an empty column means that the file has none.
    """

    operation: str
    importer: str
    name: str
    size: int
    uploaded_by: str
    uploaded_by_name: str
    uploaded_at: datetime
    answers: dict[str, str] = msgspec.field(default_factory=dict)
    mapping: dict[str, str] = msgspec.field(default_factory=dict)


@dataclass(frozen=True)
class Upload:
    """One file on the shelf: the folder it lies in, and what is known of it."""

    folder: Path
    about: About

    @property
    def id(self) -> UUID:
        """The name of its folder."""
        return UUID(self.folder.name)

    @property
    def file(self) -> Path:
        """The file itself, in a folder where nothing else is."""
        return self.folder / "file" / self.about.name

    @property
    def report(self) -> Path:
        """The list of rows that the last run refused; not there when it refused none."""
        return self.folder / "errors.csv"

    def keep(self) -> None:
        """Write down what is known of it."""
        beside = self.folder / ".about.json"
        beside.write_bytes(msgspec.json.encode(self.about))
        os.replace(beside, self.folder / "about.json")

    def discard(self) -> None:
        """Throw it away, with all that runs have left."""
        throw_away(self.folder)


def throw_away(folder: Path) -> None:
    """Remove an upload's folder with all that is in it."""
    shutil.rmtree(folder, ignore_errors=True)


def place() -> Path:
    """The folder of the shelf."""
    return Path(settings.LINGYU_HOME) / "uploads"


def limit() -> int:
    """The most bytes that one upload may have."""
    return settings.LINGYU_UPLOAD_LIMIT


def clean_name(name: str) -> str:
    """The last part of `name` with letters, digits, spaces and “.-_()” only; never empty, never hidden."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = re.sub(r"[^\w .()-]", "_", last).strip(" .-")
    while len(kept.encode()) > LONGEST_NAME:
        # Cut in the middle of the stem: the ending says what kind of file it is.
        stem, dot, ending = kept.rpartition(".")
        kept = f"{stem[:-1]}{dot}{ending[:10]}" if stem else ending[:-1]
    return kept or "file"


def put(file: UploadedFile, *, operation: Operation, importer: Importer, answers: dict, member) -> Upload:
    """Store an uploaded file, readable by nobody but the house."""
    folder = place() / str(uuid4())
    about = About(
        operation=operation.code,
        importer=importer.code,
        name=clean_name(file.name or ""),
        size=file.size,
        uploaded_by=str(member.pk),
        uploaded_by_name=str(member),
        uploaded_at=timezone.now(),
        answers=answers,
    )
    upload = Upload(folder, about)
    upload.file.parent.mkdir(parents=True)
    place().chmod(0o700)
    folder.chmod(0o700)
    try:
        with open(os.open(upload.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        upload.keep()
    except BaseException:
        upload.discard()
        raise
    return upload


def find(operation: Operation, id_: UUID) -> Upload | None:
    """The upload of this desk with this id."""
    found = _open(place() / str(id_))
    return found if found and found.about.operation == operation.code else None


def lying() -> Iterator[Upload]:
    """All uploads, the newest first."""
    folders = place().iterdir() if place().is_dir() else ()
    found = [upload for folder in folders if (upload := _open(folder))]
    yield from sorted(found, key=lambda u: u.about.uploaded_at, reverse=True)


def old(before: datetime | None = None) -> Iterator[Path]:
    """Folders of uploads from before a moment, seven days ago unless another is given."""
    before = before or timezone.now() - KEEP
    for folder in place().iterdir() if place().is_dir() else ():
        if datetime.fromtimestamp(folder.stat().st_mtime, UTC) < before:
            yield folder


def _open(folder: Path) -> Upload | None:
    try:
        return Upload(folder, msgspec.json.decode((folder / "about.json").read_bytes(), type=About))
    except (OSError, msgspec.DecodeError):
        return None

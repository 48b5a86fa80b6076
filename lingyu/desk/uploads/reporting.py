"""What a run of an importer says of a file that it could not take, and where the list of refused rows goes.

Shared by the importers of all operations; reads no file.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.store.intake.errors import FileRefused
from lingyu.store.intake.mapping import Field

from .outcome import Asked, Outcome

# Columns of a file, fields that they can hold, and which holds which.
Head = tuple[Iterable[str], Iterable[Field], Mapping[str, str]]


def reason(error: Exception) -> str:
    """Why a file could not be imported, for people."""
    if isinstance(error, FileRefused):
        return error.message
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, FileNotFoundError):
        return _("There is no such file.")
    if isinstance(error, OSError):
        return _("The file can't be opened: %(reason)s.") % {"reason": error.strerror or error}
    return _("The database could not take it: %(reason)s. Try again.") % {"reason": error}


def error_path(options: dict, path: Path) -> Path:
    """Where the report on `path` goes: as asked, or beside where the command runs.

    With several files, `--errors` names a folder.
    """
    name = f"{path.name}.errors.csv"
    if not options["errors"]:
        return Path.cwd() / name
    asked = Path(options["errors"])
    if asked.is_dir() or len(options["files"]) > 1:
        asked.mkdir(parents=True, exist_ok=True)
        return asked / name
    return asked


def refusal(path: Path, message: str, reason: str = "", head: Head | None = None) -> Outcome:
    """A file that was refused; `head` (columns, fields, mapping) lets its columns be named by hand."""
    named = head_of(head, by_hand=True) if head else {}
    return Outcome(file=path.name, code=2, message=message, reason=reason, **named)


def head_of(head: Head, *, by_hand: bool) -> dict:
    """Columns and fields as an outcome tells them; the fields only when columns can be named `by_hand`."""
    columns, fields, mapping = head
    language = get_language() or "en"
    asked = [Asked(f.name, f.label(language), f.required) for f in fields]
    return {
        "columns": [c for c in columns if c],
        "fields": asked if by_hand else [],
        "mapping": dict(mapping),
    }

"""What an import tells programs: how far it is, and what became of each file.

Plain values and the one file they stand in (`lingyu import … --json FILE`). Texts in them are in
the language of the run; whoever shows them adds no sense of their own.
"""

import os
from pathlib import Path

import msgspec


class Asked(msgspec.Struct, frozen=True):
    """A field that a column can hold, and whether the file can't be read without it."""

    name: str
    label: str
    required: bool = False


class Sample(msgspec.Struct, frozen=True):
    """A few lines to look at: columns are (heading, whether it holds numbers)."""

    title: str
    columns: list[tuple[str, bool]]
    rows: list[list[str]]


class Amount(msgspec.Struct, frozen=True):
    """Money by its name, in minor units of `currency`."""

    label: str
    minor: int
    currency: str


class Outcome(msgspec.Struct, kw_only=True):
    """What became of one file, or would: `code` as the command's exit code.

    `message` says why the whole file was refused (code 2), `reason` the same as a stable word.
    `fields` can be mapped to `columns` by hand; `mapping` is {field: column} as read. `changes`:
    whether anything is to be booked. `report` is the path of the list of refused rows.
    """

    file: str
    code: int = 0
    message: str = ""
    reason: str = ""
    format: str = ""
    rows: int = 0
    new: int = 0
    unchanged: int = 0
    conflicting: int = 0
    refused: int = 0
    changes: bool = False
    amounts: list[Amount] = msgspec.field(default_factory=list)
    notes: list[str] = msgspec.field(default_factory=list)
    samples: list[Sample] = msgspec.field(default_factory=list)
    columns: list[str] = msgspec.field(default_factory=list)
    fields: list[Asked] = msgspec.field(default_factory=list)
    mapping: dict[str, str] = msgspec.field(default_factory=dict)
    report: str = ""


class Doing(msgspec.Struct, frozen=True):
    """What is being done now, and how much of it is done."""

    label: str
    done: int
    total: int


class Told(msgspec.Struct):
    """All that a run has told so far; `code` is None until it has ended by itself."""

    doing: Doing | None = None
    failures: list[str] = msgspec.field(default_factory=list)
    files: list[Outcome] = msgspec.field(default_factory=list)
    code: int | None = None

    def write(self, path: Path) -> None:
        """Put it into `path`, whole or not at all."""
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        beside.write_bytes(msgspec.json.encode(self))
        os.replace(beside, path)


def read(path: Path) -> Told | None:
    """What stands in `path`; None when there is nothing, or nothing of this version."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Told)
    except (OSError, msgspec.DecodeError):
        return None

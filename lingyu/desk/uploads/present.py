"""What the templates of an upload are given: the form, the state, the outcome in tables.

Reads; starts and changes nothing.
"""

import csv
import shlex
from itertools import islice

from lingyu.kernel.operations import Importer, Operation

from . import runs, shelf
from .asks import asks_of, importer_of
from .outcome import Outcome, Sample
from .shelf import Upload

SHOWN = 8


def form(operation: Operation, kind: str = "") -> dict:
    """What the upload form shows: the importer called `kind` (else the first), and what it asks for."""
    importer = importer_of(operation, kind) or operation.importers[0]
    return {
        "operation": operation,
        "importer": importer,
        "asks": asks_of(importer),
        "limit": shelf.limit(),
        "command": command_line(importer),
        "lying": unfinished(operation),
    }


def unfinished(operation: Operation) -> list[tuple[Upload, runs.State]]:
    """Uploads of this desk that have not been imported, each with how it stands."""
    states = [(u, runs.state(u)) for u in shelf.lying() if u.about.operation == operation.code]
    return [(upload, state) for upload, state in states if state != "imported"]


def command_line(importer: Importer) -> str:
    """The same on the command line, with an example for everything that must be answered."""
    options = [f"--{ask.name} {shlex.quote(ask.label.upper())}" for ask in asks_of(importer) if ask.required]
    return " ".join(["lingyu import", importer.code, "FILE", *options])


def page(operation: Operation, upload: Upload) -> dict:
    """What the page of one upload shows."""
    state, told, run = runs.state(upload), runs.told(upload), runs.last(upload)
    outcome = told.files[-1] if told.files else None
    mapped = _mapped(outcome, upload)
    return {
        "operation": operation,
        "upload": upload,
        "importer": importer_of(operation, upload.about.importer),
        "state": state,
        "run": run,
        "step": _step(state, run),
        "doing": told.doing,
        "outcome": outcome,
        "failures": [] if outcome else told.failures,
        "samples": [*map(_table, outcome.samples if outcome else ())],
        "refused_rows": refused_rows(upload),
        "mapped": mapped,
        "missing": [field.label for field, column in mapped if field.required and not column],
    }


def refused_rows(upload: Upload) -> list[dict]:
    """The first rows of the list of refused ones: row, column, value, message."""
    try:
        with upload.report.open(encoding="utf-8-sig", newline="") as file:
            return list(islice(csv.DictReader(file), SHOWN))
    except OSError:
        return []


def _step(state: runs.State, run: runs.Run | None) -> int:
    """Of upload, check, import: the number of the one being done; 4 when all are."""
    if state == "imported":
        return 4
    return 3 if state == "checked" or (run and run.step == "import") else 2


def _table(sample: Sample) -> dict:
    columns = [
        {"key": str(n), "label": label, "align": "end" if numbers else "start"}
        for n, (label, numbers) in enumerate(sample.columns)
    ]
    rows = [{str(n): cell for n, cell in enumerate(row)} for row in sample.rows]
    return {"title": sample.title, "columns": columns, "rows": rows}


def _mapped(outcome: Outcome | None, upload: Upload) -> list[tuple]:
    """(field, column) of every field the file could tell; what was chosen by hand comes first."""
    if outcome is None:
        return []
    chosen = outcome.mapping | upload.about.mapping
    return [(field, chosen.get(field.name, "")) for field in outcome.fields]

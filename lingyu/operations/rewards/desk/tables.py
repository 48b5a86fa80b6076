"""A table as one value: drawn on a page, and taken along as CSV or Excel with what its columns mean.

Holds no figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.desk import exports
from lingyu.kernel.access import EXPORT_DATA
from lingyu.store.sheets import Column

FORMATS = {"count": "number", "percent": "ratio", "money": "money", "day": "day", "number": "number"}


@dataclass(frozen=True)
class Table:
    """Columns with what they mean, rows in their order, and the sentence above them.

    Rows that are not a sequence are read once, as they are drawn or written.
    """

    code: str
    title: str
    about: str
    columns: Sequence[tuple[Column, str]]
    rows: Iterable[Sequence]
    total: Sequence | None = None

    def heads(self) -> list[dict]:
        """The columns as the look's table takes them."""
        return [self._head(column, means) for column, means in self.columns]

    def _head(self, column: Column, means: str) -> dict:
        head = {"key": column.key, "label": column.label, "format": FORMATS.get(column.kind, "text")}
        if column.kind == "number":
            head["digits"] = 2
        if column.kind == "money":
            head["currency"] = column.currency
        return head | ({"define": {"text": means}} if means else {})

    def lines(self) -> list[dict]:
        """The rows as the look's table takes them."""
        return [self._line(row) for row in self.rows]

    def foot(self) -> dict | None:
        """The last row, which adds up the others."""
        return self._line(self.total) if self.total else None

    def _line(self, row: Sequence) -> dict:
        return {column.key: value for (column, _means), value in zip(self.columns, row, strict=True)}


def download(request: HttpRequest, tables: Sequence[Table], rest: str) -> HttpResponse:
    """One of the tables as a file: `CODE.csv` or `CODE.xlsx`."""
    code, _dot, kind = rest.strip("/").partition(".")
    found = next((table for table in tables if table.code == code), None)
    if found is None or kind not in ("csv", "xlsx"):
        raise Http404(_("There is no such table."))
    if not request.user.may(EXPORT_DATA):
        return HttpResponse(status=403)
    notes = [(_("As of"), timezone.localtime().strftime("%Y-%m-%d %H:%M %Z")), (found.title, found.about)]
    notes += [(column.label, means) for column, means in found.columns if means]
    columns = [column for column, _means in found.columns]
    name = f"rewards-{found.code}-{timezone.localdate()}"
    return exports.response(name, kind, columns, found.rows, title=found.title, notes=notes)

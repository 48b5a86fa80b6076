"""Files as the tests need them: zipped, gzipped, in workbooks, in any encoding.

Holds no test.
"""

import io
import zipfile
from collections.abc import Sequence
from contextlib import contextmanager

import pytest
import xlsxwriter

from lingyu.store.intake.errors import FileRefused
from lingyu.store.intake.files import Table, open_table


def table(data: bytes, **options) -> Table:
    """The table in `data`."""
    return open_table(io.BytesIO(data), **options)


def lines(data: bytes, **options) -> list[list[str]]:
    """All rows of the table in `data`, without their numbers."""
    return [row for _number, row in table(data, **options).rows()]


@contextmanager
def refused(code: str):
    """What runs inside must refuse the file with `code`; gives pytest's record of it."""
    with pytest.raises(FileRefused) as caught:
        yield caught
    assert caught.value.code == code


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of `files`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """An .xlsx with `sheets`, typed cells written as their types."""
    buffer = io.BytesIO()
    as_typed = {"default_date_format": "yyyy-mm-dd hh:mm:ss", "strings_to_formulas": False}
    book = xlsxwriter.Workbook(buffer, as_typed)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def ods_row(*texts: str) -> str:
    """One row of an .ods sheet, as XML."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return f"<table:table-row>{''.join(map(cell.format, texts))}</table:table-row>"


def ods(rows: str) -> bytes:
    """The least that is an .ods document, with one sheet of `rows`."""
    schema = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{schema}:office:1.0" '
        f'xmlns:table="{schema}:table:1.0" xmlns:text="{schema}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{schema}:manifest:1.0"/>'.encode(),
            "content.xml": content.encode(),
        }
    )

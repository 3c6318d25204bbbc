"""Responses in an .xlsx workbook: its first sheet with anything in it, cell by cell as text."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from intake_app.channels.webform.lines import Broken, Line
from intake_app.errors import ResponsesRefused
from intake_app.forms.sheets import UNREADABLE
from intake_app.text import clean_text

ZIP_BEGINS = b"PK\x03\x04"
OLE_BEGINS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_ROWS = 1_048_576
"""As many as a spreadsheet has; a file of a few bytes can say that it has thousands of millions."""
_MOST_PARTS = 10_000
_LARGEST_SHEETS = 400_000_000
_LARGEST_PART = 64_000_000
"""Unpacked. Sheets are read row by row; every other part is in memory as a whole."""
_SHEETS = "xl/worksheets/"
_MIDNIGHT = time()
_SLICE = 500


def refuse_what_is_no_workbook(path: Path) -> None:
    """Before anything in it is unpacked. Raises ResponsesRefused."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except UNREADABLE:
        raise ResponsesRefused(path=str(path), reason="damaged") from None
    names = {one.filename for one in parts}
    if "xl/workbook.xml" not in names:
        kind = "other_spreadsheet" if names & {"mimetype", "xl/workbook.bin"} else "not_a_table"
        raise ResponsesRefused(path=str(path), reason=kind)
    sheets = sum(one.file_size for one in parts if one.filename.startswith(_SHEETS))
    others = [one.file_size for one in parts if not one.filename.startswith((_SHEETS, "xl/media/"))]
    if len(parts) > _MOST_PARTS or sheets > _LARGEST_SHEETS or max(others) > _LARGEST_PART:
        raise ResponsesRefused(path=str(path), reason="too_large")


def ole_reason(data: bytes) -> str:
    """A workbook under a password is another sort of file inside, and so is one of before 2007."""
    return "encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_excel"


def filled_sheets(path: Path) -> tuple[str, ...]:
    """The sheets with anything in them, in order. Raises ResponsesRefused."""
    refuse_what_is_no_workbook(path)
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            names = tuple(_load(file).sheetnames)
    except UNREADABLE:
        raise ResponsesRefused(path=str(path), reason="damaged") from None
    return tuple(name for name in names if next(lines_of(path, name), None) is not None)


def lines_of(path: Path, sheet: str) -> Iterator[Line]:
    """Every row that is not blank; where the sheet is damaged further down, that is told as the last one."""
    number = 0
    # Opened here, because openpyxl leaves a file open when it fails on it.
    with path.open("rb") as file:
        try:
            with warnings.catch_warnings():
                # It warns of drawings and extensions that it leaves out, and of dates before 1900.
                warnings.simplefilter("ignore")
                rows = _rows(file, sheet)
            while part := _part(rows):
                for cells in part:
                    number += 1
                    if any(cells):
                        yield Line(number, cells)
        except UNREADABLE:
            yield Line(number + 1, (), Broken.DAMAGED)


def _load(file: Any) -> Any:
    # openpyxl takes a tenth of a second to import and most starts never read a workbook.
    from openpyxl import load_workbook

    warnings.simplefilter("ignore")
    # Formulas as they are written: nothing works them out, and what a person typed is never taken for one.
    return load_workbook(file, read_only=True, data_only=False, keep_links=False)


def _rows(file: Any, sheet: str) -> Iterator[tuple[object, ...]]:
    found = _load(file)[sheet]
    if not hasattr(found, "reset_dimensions"):
        return iter(())  # a sheet that is nothing but a chart
    # What a file says of its own size is often wrong, and rows would be cut off there.
    found.reset_dimensions()
    rows: Iterator[tuple[object, ...]] = found.iter_rows(max_row=_MOST_ROWS, values_only=True)
    return rows


def _part(rows: Iterator[tuple[object, ...]]) -> list[tuple[str, ...]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [_cells(row) for row in islice(rows, _SLICE)]


def _cells(row: tuple[object, ...]) -> tuple[str, ...]:
    if row.count(None) == len(row):
        return ()
    cells = [_cell(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != _MIDNIGHT else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    # A formula over several cells is an object of its own; its text is what stands in the file.
    return clean_text(str(getattr(value, "text", value) or "")).strip()

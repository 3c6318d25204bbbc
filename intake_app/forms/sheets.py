"""Reads the sheets of a question set, from CSV files or an .xlsx workbook, as rows of plain text."""

import csv
import io
import lzma
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from intake_app.forms.refusals import refuse
from intake_app.text import clean_text

SHEETS = ("survey", "choices", "settings")
MOST_ROWS = 100_000
MOST_SHEET_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_767
# What openpyxl and the XML parser raise for a file that is damaged or no workbook (tried on such files).
UNREADABLE = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    SyntaxError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
)
_SPACES = re.compile(r"[\s_]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``number`` as the spreadsheet counts, ``cells`` by column, blanks left out."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, columns in order, and rows that are not blank."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read(path: Path) -> dict[str, Table]:
    """The sheets found, by name. Raises QuestionSetRefused, never anything else of the file's doing."""
    if path.is_dir():
        return {name: read_csv(path / f"{name}.csv") for name in SHEETS if (path / f"{name}.csv").is_file()}
    if not path.exists():
        raise refuse("", "file_missing", path.name)
    if path.suffix.lower() == ".xlsx":
        with warnings.catch_warnings():
            # openpyxl warns of drawings and extensions that it leaves out; a question set needs none of them.
            warnings.simplefilter("ignore")
            return _read_workbook(path)
    if path.suffix.lower() == ".xls":
        raise refuse("", "file_old_excel", path.name)
    raise refuse("", "file_kind", path.name)


def read_csv(path: Path) -> Table:
    """One CSV file in UTF-8, with or without a byte-order mark."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return table(path.stem, _numbered(csv.reader(file)))
    except UnicodeDecodeError:
        raise refuse(path.stem, "file_encoding", path.name) from None
    except (OSError, csv.Error):
        raise refuse(path.stem, "file_unreadable", path.name) from None


def table_of(text: str) -> Table:
    """The same from CSV text that came otherwise than as a file."""
    try:
        return table("wording", _numbered(csv.reader(io.StringIO(text, newline=""))))
    except csv.Error:
        raise refuse("wording", "file_unreadable", "wording") from None


def table(name: str, rows: Iterable[tuple[int, Sequence[str]]], most: int = MOST_ROWS) -> Table:
    """The first row that is not blank holds the columns."""
    columns: tuple[str, ...] = ()
    found: list[Row] = []
    for number, cells in rows:
        if not any(cells):
            continue
        if not columns:
            columns = tuple(column_name(cell) for cell in cells)
            _check_twice(name, number, columns)
            continue
        found.append(
            Row(
                number,
                {column: text for column, text in zip(columns, cells, strict=False) if column and text},
            )
        )
        if number > most:
            raise refuse(name, "file_too_large", most)
    return Table(name, columns, tuple(found))


def column_name(text: str) -> str:
    """Lower case with underscores, ``label:English`` and ``label : English`` as ``label::English``."""
    head, colon, language = text.partition(":")
    head = _SPACES.sub("_", head.strip().lower())
    return f"{head}::{language.lstrip(':').strip()}" if colon else head


def _check_twice(name: str, number: int, columns: Sequence[str]) -> None:
    seen: set[str] = set()
    for column in columns:
        if column and column in seen:
            raise refuse(name, "column_twice", column, number, column)
        seen.add(column)


def _numbered(lines: Iterable[Sequence[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(lines, start=1):
        yield number, [_tidy(cell) for cell in cells]


def _tidy(cell: str) -> str:
    # The quick way for most cells: a list of 8,000 codes must not cost a second.
    if not cell or cell.isalnum():
        return cell
    return clean_text(cell).strip()


def _read_workbook(path: Path) -> dict[str, Table]:
    # openpyxl takes a tenth of a second to import and most starts never read a workbook.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # Opened here, because openpyxl leaves a file open when it fails on it.
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True)
            found = {}
            for title in book.sheetnames:
                name = title.strip().lower()
                if name in SHEETS:
                    # Bounded: a file of a few bytes can say that it has 17 thousand million cells.
                    lines = book[title].iter_rows(
                        max_row=MOST_SHEET_ROWS + 1, max_col=MOST_COLUMNS, values_only=True
                    )
                    found[name] = table(name, _cells(lines), MOST_SHEET_ROWS)
            return found
    except (*UNREADABLE, InvalidFileException):
        raise refuse("", "file_unreadable", path.name) from None


def _cells(lines: Iterable[tuple[object, ...]]) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, start=1):
        if line.count(None) < len(line):
            yield number, [_cell(value) for value in line]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _tidy(str(value))[:LONGEST_CELL]

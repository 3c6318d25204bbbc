"""Reads files of services into rows with their line numbers; a broken quote spoils only its own line."""

import csv
import gzip
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from intake_app.errors import ServicesRefused
from intake_app.services.model import Reason
from intake_app.text import clean_text

LARGEST_FILE_BYTES = 600_000_000
_HEAD = 4_000
_TEXT_SUFFIXES = (".csv", ".txt", ".jsonl", ".json")
_SPREADSHEET_MEMBERS = ("[Content_Types].xml", "mimetype")
_NOT_SIGN = "¬"
_COMMENTS = ("#", "//", "--")


@dataclass(frozen=True, slots=True)
class TextFile:
    """``name`` is the innermost file's, such as ``epraccur.csv`` of a zip; ``path`` what was asked for."""

    path: Path
    name: str
    text: str

    @property
    def separator(self) -> str:
        """NHS Choices separated by the not sign; a spreadsheet may save with semicolons or tabs."""
        lines = self.text[:_HEAD].split("\n")
        counts = {
            mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines), mark == ",")
            for mark in (",", _NOT_SIGN, ";", "\t")
        }
        # The one that most lines have: any of them may stand in a name or an address.
        return max(counts, key=counts.__getitem__)


def read(path: Path) -> tuple[TextFile, ...]:
    """The texts in a plain, gzipped or zipped file, in the archive's order.

    Raises ServicesRefused for what cannot be read, holds no text, is a spreadsheet or is far too large.
    """
    if path.exists() and not path.is_file():
        # A folder holds no rows, and a device or a pipe has no end.
        raise _refused(path, Reason.UNREADABLE)
    try:
        with path.open("rb") as file:
            head = file.read(4)
        if head.startswith(b"PK"):
            return _read_zip(path)
        if head.startswith(b"\x1f\x8b"):
            with gzip.open(path) as packed:
                content = packed.read(LARGEST_FILE_BYTES + 1)
            return (_text_file(path, path.name.removesuffix(".gz"), content),)
        if head.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
            raise _refused(path, Reason.SPREADSHEET if head.startswith(b"\xd0") else Reason.KIND_UNKNOWN)
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise _refused(path, Reason.TOO_LARGE)
        return (_text_file(path, path.name, path.read_bytes()),)
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _refused(path, Reason.ARCHIVE_DAMAGED) from error
    except (OSError, RuntimeError, NotImplementedError) as error:
        # zipfile says RuntimeError for a locked archive and NotImplementedError for an unknown packing.
        raise _refused(path, Reason.UNREADABLE) from error


def _read_zip(path: Path) -> tuple[TextFile, ...]:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if any(name in _SPREADSHEET_MEMBERS for name in names):
            raise _refused(path, Reason.SPREADSHEET)
        wanted = [one for one in archive.infolist() if one.filename.lower().endswith(_TEXT_SUFFIXES)]
        if not wanted:
            raise _refused(path, Reason.KIND_UNKNOWN)
        found = []
        for member in wanted:
            with archive.open(member) as packed:
                content = packed.read(LARGEST_FILE_BYTES + 1)
            found.append(_text_file(path, Path(member.filename).name, content))
        return tuple(found)


def _text_file(path: Path, name: str, content: bytes) -> TextFile:
    if len(content) > LARGEST_FILE_BYTES:
        raise _refused(path, Reason.TOO_LARGE)
    text = clean_text(_decoded(content))
    if not text.strip():
        raise _refused(path, Reason.EMPTY)
    return TextFile(path, name, text)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _refused(path: Path, reason: Reason) -> ServicesRefused:
    return ServicesRefused(path=str(path), reason=str(reason))


def numbered_rows(file: TextFile) -> Iterator[tuple[int, list[str]]]:
    """Each row with the 1-based line it begins on; empty rows are left out.

    A quote that is opened and never closed would swallow the rows after it. Where a row runs over several
    lines and its later lines look like rows of their own, each line is read by itself.
    """
    separator = file.separator
    lines = [f"{line}\n" for line in file.text.split("\n")]
    # The not-sign files quote nothing: a quotation mark there is part of a name.
    quoting: Literal[0, 3] = csv.QUOTE_NONE if separator == _NOT_SIGN else csv.QUOTE_MINIMAL
    feed = iter(lines)
    reader = csv.reader(feed, delimiter=separator, quoting=quoting)
    begun = read = width = 0
    while True:
        try:
            for row in reader:
                ended = begun + reader.line_num
                if ended == read + 1:
                    if any(row):
                        width = max(width, len(row))
                        yield ended, row
                else:
                    yield from _several_lines(read + 1, row, lines[read:ended], width, separator)
                read = ended
            return
        except csv.Error:
            # A field past the reader's limit: its lines are read one by one, and a new reader goes on.
            ended = begun + reader.line_num
            yield from _several_lines(read + 1, [], lines[read:ended], width, separator)
            begun = read = ended
            reader = csv.reader(feed, delimiter=separator, quoting=quoting)


def is_comment(row: list[str], width: int) -> bool:
    """Whether a row is a remark of whoever made the file: it begins so and has not the file's width.

    A service may be named "#HEALTH": then its row is as wide as the others.
    """
    return len(row) != width and row[0].lstrip().startswith(_COMMENTS)


def _several_lines(
    at: int, row: list[str], lines: list[str], width: int, separator: str
) -> Iterator[tuple[int, list[str]]]:
    alone = [_by_itself(line, separator) for line in lines]
    # A line that ends a quoted cell has a quotation mark too many; a row of its own has them in pairs.
    swallowed = any(
        len(one) == width and line.count('"') % 2 == 0 for one, line in zip(alone[1:], lines[1:], strict=True)
    )
    if row and len(row) == width and not swallowed:
        yield at, row
        return
    for offset, one in enumerate(alone):
        if any(one):
            yield at + offset, one


def _by_itself(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        # Longer than any cell may be: kept as one cell, so that it is refused with its line.
        return [line[:80]]

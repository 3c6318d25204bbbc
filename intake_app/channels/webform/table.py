"""A file of responses as a table: what its columns are called, and its rows, each cell under its title."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from intake_app.channels.webform import text_files, workbooks
from intake_app.channels.webform.lines import Broken, Line
from intake_app.errors import ResponsesRefused

LARGEST_BYTES = 100_000_000
MOST_COLUMNS = 1_000
BELOW = " – "
"""Between a title and the one under it, where a question has a column for each of its choices."""
_LONGEST_TITLE = 300
_MOST_ABOVE = 10
_LEAST_TITLES = 3


@dataclass(frozen=True, slots=True)
class Row:
    """``cells`` by title, blank ones left out. ``short``: the file has fewer cells here than titles."""

    number: int
    cells: dict[str, str]
    short: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``encoding`` is empty for a workbook; ``others`` are its sheets that are not read.

    ``above`` counts the lines over the titles, such as the name of the survey. ``header_rows`` is 2 where the
    choices of a question stand below it, each over a column of its own.
    """

    path: Path
    titles: tuple[str, ...]
    above: int = 0
    header_rows: int = 1
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    others: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """One for each response, and for each line that is none."""
        lines = _lines(self)
        for line in islice(lines, self.above + self.header_rows):
            if line.reason:
                return
        for line in lines:
            yield self._row(line)

    def _row(self, line: Line) -> Row:
        cells, width = line.cells, len(self.titles)
        if line.reason:
            return Row(line.number, {}, reason=line.reason)
        if self.separator and any(cells[width:]):
            return Row(line.number, {}, reason=Broken.TOO_MANY)
        titles = [*self.titles, *(column_title(place) for place in range(width, len(cells)))]
        filled = {title: cell for title, cell in zip(titles, cells, strict=False) if cell}
        return Row(line.number, filled, bool(self.separator) and len(cells) < width)


def read_table(path: Path) -> Table:
    """Looks at the beginning of the file. Raises ResponsesRefused."""
    bare = _opened(path)
    first = list(islice(_lines(bare), _MOST_ABOVE + 3))
    if not first or first[0].reason:
        raise ResponsesRefused(path=str(path), reason="not_a_table" if first else "empty")
    above = _above(first)
    rows = [one.cells for one in first[above : above + 3]]
    header_rows = 2 if len(rows) > 2 and _stands_below(rows[0], rows[1]) else 1
    titles = _titles(rows[0], rows[1] if header_rows == 2 else ())
    if len(titles) > MOST_COLUMNS:
        raise ResponsesRefused(path=str(path), reason="not_a_table")
    return replace(bare, titles=titles, above=above, header_rows=header_rows)


def column_title(place: int) -> str:
    """What a column without a title is called: as a spreadsheet counts, ``Column AB``."""
    letters, number = "", place + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"Column {letters}"


def _opened(path: Path) -> Table:
    try:
        size = os.stat(path).st_size
        if path.is_dir():
            raise ResponsesRefused(path=str(path), reason="unreadable")
        if not size:
            raise ResponsesRefused(path=str(path), reason="empty")
        if size > LARGEST_BYTES:
            raise ResponsesRefused(path=str(path), reason="too_large")
        with path.open("rb") as file:
            beginning = file.read(len(workbooks.OLE_BEGINS))
        if beginning.startswith(workbooks.OLE_BEGINS):
            raise ResponsesRefused(path=str(path), reason=workbooks.ole_reason(path.read_bytes()))
        if beginning.startswith(workbooks.ZIP_BEGINS):
            filled = workbooks.filled_sheets(path)
            if not filled:
                raise ResponsesRefused(path=str(path), reason="empty")
            return Table(path, (), sheet=filled[0], others=filled[1:])
        text, encoding = _decoded(path)
    except FileNotFoundError:
        raise ResponsesRefused(path=str(path), reason="missing") from None
    except (OSError, ValueError):
        # ValueError: a name with a character that no file system has.
        raise ResponsesRefused(path=str(path), reason="unreadable") from None
    return Table(path, (), encoding=encoding, separator=text_files.separator_of(text)[0])


def _decoded(path: Path) -> tuple[str, str]:
    try:
        return text_files.decode(path.read_bytes())
    except ResponsesRefused as error:
        raise ResponsesRefused(path=str(path), **error.details) from None


def _lines(table: Table) -> Iterator[Line]:
    if table.sheet:
        return workbooks.lines_of(table.path, table.sheet)
    separator, text = text_files.separator_of(_decoded(table.path)[0])
    return text_files.lines_of(text, separator)


def _above(first: Sequence[Line]) -> int:
    """How many lines with no more than one cell stand over a row that can be one of titles."""
    for number, line in enumerate(first[: _MOST_ABOVE + 1]):
        filled = sum(1 for cell in line.cells if cell)
        if filled >= _LEAST_TITLES:
            return number
        if filled > 1 or line.reason:
            return 0
    return 0


def _stands_below(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the second row holds the choices of questions that stand over several columns.

    It then stands where the first row is blank, and not where a question has one column alone.
    """
    gaps = [place for place in range(len(below)) if place >= len(above) or not above[place]]
    if len(gaps) < 2 or sum(1 for place in gaps if below[place]) < len(gaps):
        return False
    alone = [place for place in range(len(above)) if above[place] and place + 1 not in gaps]
    return all(place >= len(below) or not below[place] for place in alone)


def _titles(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Each once: a second one of the same words has a number behind it."""
    found: list[str] = []
    question = ""
    for place in range(max(len(above), len(below))):
        title = above[place] if place < len(above) else ""
        choice = below[place] if place < len(below) else ""
        question = title or (question if choice else "")
        words = BELOW.join(part for part in (question, choice) if part) or column_title(place)
        found.append(" ".join(words.split())[:_LONGEST_TITLE])
    seen: Counter[str] = Counter()
    taken = set(found)
    titles: list[str] = []
    for title in found:
        seen[title] += 1
        fresh = title
        while seen[title] > 1 and (fresh := f"{title} ({seen[title]})") in taken:
            seen[title] += 1
        taken.add(fresh)
        titles.append(fresh)
    return tuple(titles)

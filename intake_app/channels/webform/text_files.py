"""Responses as text: which letters, which separator, and one broken line that does not swallow the others."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from intake_app.channels.webform.lines import Broken, Line
from intake_app.errors import ResponsesRefused
from intake_app.text import clean_text

SEPARATORS = (",", ";", "\t", "|")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LOOKED_AT = 4_000
_TRIED_ROWS = 30
_MOST_RESTARTS = 1_000
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")
_OTHER_KINDS = ("<", "{", "%PDF", "{\\rtf")
_SAYS_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises ResponsesRefused for what is no text."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _text(data[len(mark) :].decode(name, "replace")), name
    name = _utf16_without_mark(data[:_LOOKED_AT])
    if name:
        return _text(data.decode(name, "replace")), name
    for name in ("utf-8", "cp1252"):
        try:
            return _text(data.decode(name)), name
        except UnicodeDecodeError:
            continue
    # Every byte is a letter in it: what cp1252 lacks is kept, and looks wrong.
    return _text(data.decode("latin-1")), "latin-1"


def separator_of(text: str) -> tuple[str, str]:
    """Which character parts the cells, and the text without the line in which a spreadsheet says so."""
    said = _SAYS_SEPARATOR.match(text)
    if said is not None:
        return said.group(1), text[said.end() :]
    return max(SEPARATORS, key=lambda one: _fits(text, one)), text


def lines_of(text: str, separator: str) -> Iterator[Line]:
    """Every row that is not blank.

    A quotation mark that is never closed would take everything behind it along: that row is told, and
    reading goes on with the line below it.
    """
    lines = list(io.StringIO(text, newline=""))
    width = restarts = at = 0
    while at < len(lines):
        reader = csv.reader(map(lines.__getitem__, range(at, len(lines))), delimiter=separator, strict=True)
        start, at = at, len(lines)
        while True:
            began = start + reader.line_num
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield _alone(lines[began], began + 1, separator, width)
                at, restarts = began + 1, restarts + 1
                break
            width = len(cells)
            if any(tidy := _tidy(cells)):
                yield Line(began + 1, tidy)
        if restarts > _MOST_RESTARTS:
            # Not one row and another: the file is something else.
            yield Line(at + 1, (), Broken.QUOTES)
            return


def _alone(line: str, number: int, separator: str, width: int) -> Line:
    """The line without its neighbours: somebody may have quoted a word inside a quoted answer."""
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        cells = []
    if width and len(cells) == width:
        return Line(number, _tidy(cells))
    return Line(number, (), Broken.QUOTES)


def _tidy(cells: list[str]) -> tuple[str, ...]:
    return tuple(clean_text(cell).strip() for cell in cells)


def _fits(text: str, separator: str) -> tuple[float, int]:
    """How many of the first rows have the same number of cells, more than one, and how many that is."""
    lines = io.StringIO(text[: _LOOKED_AT * 16], newline="")
    widths: list[int] = []
    try:
        for cells in islice(csv.reader(lines, delimiter=separator), _TRIED_ROWS):
            widths.append(len(cells))
    except csv.Error:
        pass
    several = Counter(width for width in widths if width > 1)
    if not several:
        return 0.0, 0
    width, count = several.most_common(1)[0]
    return count / len(widths), width


def _utf16_without_mark(data: bytes) -> str:
    """English letters in UTF-16 have a zero in every other byte."""
    half = max(len(data) // 2, 1)
    if data[1::2].count(0) > half * 0.4 and data[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if data[0::2].count(0) > half * 0.4 and data[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def _text(text: str) -> str:
    """Raises ResponsesRefused for a picture, a web page or another file that is no table."""
    text = text.lstrip("\ufeff")
    beginning = text[:_LOOKED_AT]
    if not text.strip():
        raise ResponsesRefused(reason="empty")
    if len(_CONTROLS.findall(beginning)) > len(beginning) // 100:
        raise ResponsesRefused(reason="not_a_table")
    if beginning.lstrip().startswith(_OTHER_KINDS):
        raise ResponsesRefused(reason="not_a_table")
    return text

"""Writes a table row by row, as CSV for programs or as HTML for people and screen readers."""

import csv
import html
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from intake_app.i18n import _
from intake_app.reports.stories import direction
from intake_app.reports.table import Heading

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class RowWriter(Protocol):
    def row(self, cells: Sequence[str]) -> None: ...


def guarded(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would run as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


@contextmanager
def csv_writer(out: BinaryIO, headings: Sequence[Heading]) -> Iterator[RowWriter]:
    """UTF-8 with a byte order mark, so that spreadsheets read it as that; columns named by their keys."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow([heading.key for heading in headings])
        yield _Csv(writer)
    finally:
        text.flush()
        text.detach()


class _CsvRows(Protocol):
    def writerow(self, row: Sequence[str], /) -> object: ...


class _Csv:
    def __init__(self, writer: _CsvRows) -> None:
        self._writer = writer

    def row(self, cells: Sequence[str]) -> None:
        self._writer.writerow([guarded(cell) for cell in cells])


_STYLE = (
    "body{font:100%/1.5 sans-serif;margin:1rem;max-width:none}table{border-collapse:collapse}"
    "caption,th,td{text-align:start;vertical-align:top;padding:.25rem .5rem}"
    "th,td{border:1px solid #767676;white-space:pre-wrap}"
    "td[dir]{unicode-bidi:plaintext}thead th{position:sticky;top:0;background:#fff}"
)


@contextmanager
def html_writer(
    out: BinaryIO,
    headings: Sequence[Heading],
    title: str,
    about: Sequence[str],
    language: str,
    rows: str = "",
) -> Iterator[RowWriter]:
    """One table with a caption; column headings have a scope, and so has the first cell of each row.

    ``rows`` says what they are, where it is not records.
    """
    text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    way = direction(language)
    try:
        text.write(
            f'<!DOCTYPE html>\n<html lang="{html.escape(language)}" dir="{way}">\n'
            '<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width">\n<title>{html.escape(title)}</title>\n'
            f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{html.escape(title)}</h1>\n"
            f"<h2>{html.escape(_('About this export'))}</h2>\n<ul>\n"
        )
        text.writelines(f"<li>{html.escape(line)}</li>\n" for line in about)
        text.write(f"</ul>\n<h2>{html.escape(rows or _('Records'))}</h2>\n<table>\n")
        caption = rows or _("One row for each item")
        text.write(f"<caption>{html.escape(caption)}</caption>\n<thead>\n<tr>")
        text.writelines(f'<th scope="col">{html.escape(heading.text)}</th>' for heading in headings)
        text.write("</tr>\n</thead>\n<tbody>\n")
        keys = [heading.key for heading in headings]
        yield _Html(text, keys)
        text.write("</tbody>\n</table>\n</main>\n</body>\n</html>\n")
    finally:
        text.flush()
        text.detach()


class _Html:
    """The first cell is the row's heading; a story says its language, so that it is read out in it."""

    def __init__(self, out: io.TextIOWrapper, keys: Sequence[str]) -> None:
        self._out = out
        self._keys = keys

    def row(self, cells: Sequence[str]) -> None:
        named = dict(zip(self._keys, cells, strict=True))
        marks = {
            "story": _marks(named.get("story_language", ""), named.get("story_direction", "")),
            "english": ' lang="en" dir="ltr"' if named.get("english") else "",
        }
        self._out.write(f'<tr><th scope="row">{html.escape(cells[0])}</th>')
        for key, cell in list(named.items())[1:]:
            self._out.write(f"<td{marks.get(key, '')}>{html.escape(cell)}</td>")
        self._out.write("</tr>\n")


def _marks(language: str, ways: str) -> str:
    """Of a cell with words in several languages neither is said: each paragraph shows its own direction."""
    lang = f' lang="{html.escape(language)}"' if language and ";" not in language else ""
    return f'{lang} dir="{ways if ways in ("ltr", "rtl") else "auto"}"'

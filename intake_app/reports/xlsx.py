"""Writes a workbook straight into its target, a row at a time, with nothing laid down beside it.

openpyxl keeps each sheet in a temporary file until the end: plain text on the disk, also of an export that is
to be encrypted. The few parts that a workbook needs (ECMA-376) are written here; the tests read them with
openpyxl.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from intake_app.i18n import _
from intake_app.reports.table import Heading
from intake_app.reports.writers import RowWriter

LONGEST_CELL = 32_767
"""Characters (UTF-16 units) that a cell may hold."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    "{events}"
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
)
_ROOT_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/>'
    f'<Relationship Id="rId3" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
    "{events}</Relationships>"
)
_EVENTS_TYPE = f'<Override PartName="/xl/worksheets/sheet3.xml" ContentType="{_TYPES}.worksheet+xml"/>'
_EVENTS_RELATION = f'<Relationship Id="rId4" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet3.xml"/>'
# Style 0: text at the top of the cell, wrapped. Style 1: the same in bold, for headings.
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
    ' state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
)
_WIDTHS = '<cols><col min="1" max="{count}" width="24" customWidth="1"/></cols>'


@contextmanager
def xlsx_writer(
    out: BinaryIO,
    headings: Sequence[Heading],
    about: Sequence[str],
    events: tuple[Sequence[Heading], Sequence[Sequence[str]]] | None = None,
) -> Iterator[RowWriter]:
    """A sheet of records under their headings, and a sheet that says what this is and names the columns.

    ``events``, headings and rows, get a sheet of their own, which comes last.
    """
    more = events is not None
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        records, about_sheet = quoteattr(_("Records")), quoteattr(_("About"))
        book.writestr("[Content_Types].xml", _CONTENT_TYPES.replace("{events}", _EVENTS_TYPE if more else ""))
        book.writestr("_rels/.rels", _ROOT_RELATIONS)
        book.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
            f'<sheet name={records} sheetId="1" r:id="rId1"/>'
            f'<sheet name={about_sheet} sheetId="2" r:id="rId2"/>'
            + (f'<sheet name={quoteattr(_("Events"))} sheetId="3" r:id="rId4"/>' if more else "")
            + "</sheets></workbook>",
        )
        relations = _BOOK_RELATIONS.replace("{events}", _EVENTS_RELATION if more else "")
        book.writestr("xl/_rels/workbook.xml.rels", relations)
        book.writestr("xl/styles.xml", _STYLES)
        rows = [[line] for line in about]
        rows += [[_("Column"), _("Heading")], *([heading.key, heading.text] for heading in headings)]
        with book.open("xl/worksheets/sheet2.xml", "w") as part:
            sheet = _Sheet(part, 2, frozen=False)
            for row in rows:
                sheet.row(row)
            sheet.end()
        if events is not None:
            with book.open("xl/worksheets/sheet3.xml", "w") as part:
                sheet = _Sheet(part, len(events[0]), frozen=True)
                sheet.row([heading.text for heading in events[0]], style=1)
                for cells in events[1]:
                    sheet.row(cells)
                sheet.end()
        # One part may be open at a time, so the sheet that grows comes last.
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            sheet = _Sheet(part, len(headings), frozen=True)
            sheet.row([heading.text for heading in headings], style=1)
            yield sheet
            sheet.end()


class _Sheet:
    """Every cell is text (``inlineStr``): nothing that somebody said can be run as a formula."""

    def __init__(self, part: IO[bytes], columns: int, frozen: bool) -> None:
        self._part = part
        widths = _WIDTHS.format(count=columns)
        self._write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{_FROZEN if frozen else ""}{widths}<sheetData>')

    def row(self, cells: Sequence[str], style: int = 0) -> None:
        self._write("<row>" + "".join(_cell(cell, style) for cell in cells) + "</row>")

    def end(self) -> None:
        self._write("</sheetData></worksheet>")

    def _write(self, text: str) -> None:
        self._part.write(text.encode("utf-8"))


def _cell(text: str, style: int) -> str:
    if not text:
        return f'<c s="{style}"/>'
    text = _UNWRITABLE.sub("\ufffd", text)
    if len(text) * 2 > LONGEST_CELL and len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        note = " … " + _("[cut here: a cell holds no more; the CSV export has all of it]")
        text = text[: (LONGEST_CELL - len(note)) // 2] + note
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

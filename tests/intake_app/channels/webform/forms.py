"""Files of responses as other programs write them, made up here."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from intake_app.channels.webform import mapping as uses
from intake_app.channels.webform.mapping import ColumnUse, FormMapping

TITLES = (
    "Response ID",
    "Completion time",
    "What happened?",
    "Kind of experience",
    "Have you told the service?",
)
FIRST = ("101", "2026-03-09 10:15:00", "The nurse was kind.", "Good experience", "")
SECOND = ("102", "2026-03-10 11:00:00", "Nobody rang back.", "Bad experience", "Made a formal complaint")
TARGETS = (
    uses.RESPONSE, uses.RECEIVED, uses.STORY, "feedback:experience_kind", "feedback:told_service"
)  # fmt: skip


def csv_file(
    path: Path, rows: Iterable[Sequence[str]], separator: str = ",", encoding: str = "utf-8"
) -> Path:
    lines = [separator.join(_quoted(cell) for cell in row) for row in rows]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def workbook(path: Path, rows: Iterable[Sequence[object]], title: str = "Sheet1") -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def form(
    titles: Sequence[str] = TITLES, targets: Sequence[str] = TARGETS, name: str = "Our form", **more: object
) -> FormMapping:
    columns = tuple(ColumnUse(title=title, target=to) for title, to in zip(titles, targets, strict=True))
    return FormMapping(name=name, columns=columns).model_copy(update=more)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'

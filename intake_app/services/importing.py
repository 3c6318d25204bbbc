"""Brings files of services into the directory, and says exactly what changed.

Rows are compared with what is known; only differences are written, in transactions short enough that a record
being saved beside them never waits. Absence deletes nothing.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from intake_app.errors import Cancelled, ServicesRefused
from intake_app.services import cqc, ods
from intake_app.services.changes import Transactions, Writer
from intake_app.services.found import Found, Refused
from intake_app.services.model import ImportReport, Reason, RefusedRow
from intake_app.services.rows import TextFile, numbered_rows, read
from intake_app.times import Clock

Progress = Callable[[int, int], None]
"""Told how much is done and how much there is, a few times a second."""

Row = tuple[int, Found | Refused]
_TELL_EVERY_ROWS = 500
_PARTS = 2


@dataclass(slots=True)
class _Source:
    """A file whose kind is known, and its rows. ``lists_all`` is said of CQC's weekly file."""

    file: TextFile
    rows: Iterator[Row]
    lists_all: bool = False
    seen: set[str] = field(default_factory=set)


def import_files(
    store: Transactions,
    clock: Clock,
    paths: Sequence[Path],
    progress: Progress,
    cancelled: Callable[[], bool],
) -> ImportReport:
    """Imports every file, in order.

    All files are read first: raises ServicesRefused before anything is written when one of them holds no
    services. Raises Cancelled between two transactions; what was committed stays.
    """
    sources = [_source(file) for path in paths for file in read(path)]
    rows = sum(source.file.text.count("\n") for source in sources)
    told = _Told(progress, cancelled, _PARTS * rows)
    refused: list[RefusedRow] = []
    writer = Writer(store, clock)
    for source in sources:
        for line, row in source.rows:
            told.one_more()
            if isinstance(row, Refused):
                # A row that cannot be read still says that its service exists.
                source.seen.add(row.code)
                refused.append(RefusedRow(source.file.name, line, str(row.reason), row.value))
            elif row.code in source.seen:
                refused.append(RefusedRow(source.file.name, line, str(Reason.TWICE), row.code))
            else:
                source.seen.add(row.code)
                writer.bring(row)
        if source.lists_all:
            writer.close_unlisted(source.seen)
        # The next file may bring the same services again, so it must find these written.
        waiting = writer.waiting
        for left in writer.write_slices():
            told.more(waiting - left)
            waiting = left
    writer.tidy()
    told.all_done()
    return writer.report(rows=told.rows, refused=tuple(refused))


class _Told:
    """Says how far the work is, and stops it where a person asked. Reading is one part, writing another."""

    def __init__(self, progress: Progress, cancelled: Callable[[], bool], total: int) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._total = max(total, 1)
        self._done = 0
        self.rows = 0

    def one_more(self) -> None:
        self.rows += 1
        self._done += 1
        if self.rows % _TELL_EVERY_ROWS == 0:
            self.more(0)

    def more(self, done: int) -> None:
        """Raises Cancelled."""
        self._done += done
        self._progress(min(self._done, self._total - 1), self._total)
        if self._cancelled():
            raise Cancelled

    def all_done(self) -> None:
        self._progress(self._total, self._total)


def _source(file: TextFile) -> _Source:
    if file.text.lstrip()[:1] in "{[":
        return _Source(file, _api_answers(file))
    head = [pair for pair, _ in zip(numbered_rows(file), range(40), strict=False)]
    if head and ods.looks_like(head[0][1]):
        return _Source(file, _ods_rows(file))
    layout = cqc.find_layout(iter(head))
    if layout is None:
        raise ServicesRefused(path=str(file.path), reason=str(Reason.KIND_UNKNOWN))
    return _Source(file, _layout_rows(file, *layout), lists_all=layout[1].weekly)


def _ods_rows(file: TextFile) -> Iterator[Row]:
    file_type = ods.type_of_file(file.name)
    parse = ods.parse
    for line, row in numbered_rows(file):
        try:
            yield line, parse(row, file_type)
        except Refused as refused:
            yield line, refused


def _layout_rows(file: TextFile, header_line: int, layout: cqc.Layout) -> Iterator[Row]:
    for line, row in numbered_rows(file):
        if line <= header_line:
            continue
        try:
            yield line, layout.parse(row)
        except Refused as refused:
            yield line, refused


def _api_answers(file: TextFile) -> Iterator[Row]:
    for line, text in enumerate(file.text.splitlines(), 1):
        if not text.strip():
            continue
        try:
            answer = json.loads(text)
        except ValueError:
            yield line, Refused(Reason.UNREADABLE)
            continue
        if not cqc.looks_like_api_answer(answer):
            yield line, Refused(Reason.NOT_A_SERVICE)
            continue
        try:
            yield line, cqc.parse_api_answer(answer)
        except Refused as refused:
            yield line, refused

"""Brings files of services into the directory, and says exactly what changed.

Rows are compared with what is known; only differences are written, in transactions short enough that a record
being saved beside them never waits. Absence deletes nothing.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from intake_app.errors import Cancelled, ServicesRefused
from intake_app.long_work import Progress
from intake_app.segments import join_segments
from intake_app.services import editions
from intake_app.services.changes import Writer
from intake_app.services.editions import Edition, Held
from intake_app.services.found import Refused
from intake_app.services.model import ImportReport, Reason, RefusedRow
from intake_app.services.rows import read
from intake_app.services.sources import Source, source_of
from intake_app.services.writing import Transactions
from intake_app.times import Clock

"""Told how much is done and how much there is, a few times a second."""

Share = Callable[[Writer, Sequence[Edition]], Callable[[Connection], None]]
"""Is handed what has been compared, before it is written; what it gives back ends the last transaction."""

_TELL_EVERY_ROWS = 500
_PARTS = 2
# Rows that are broken now and then are left out one by one; a file of them is of another kind, or shifted.
_FEWEST_TO_JUDGE = 50
_BROKEN = frozenset(
    {
        Reason.COLUMN_COUNT, Reason.CODE_NOT_VALID, Reason.NO_NAME, Reason.POSTCODE_NOT_VALID,
        Reason.DATE_NOT_VALID, Reason.PHONE_NOT_VALID, Reason.STATUS_NOT_KNOWN, Reason.SHIFTED,
        Reason.UNREADABLE,
    }
)  # fmt: skip


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Rows make no reference cycles, and looking for them among a million takes longer than reading those."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_without_collecting()
def import_files(
    store: Transactions,
    clock: Clock,
    paths: Sequence[Path],
    progress: Progress,
    cancelled: Callable[[], bool],
    older_too: bool = False,
    share: Share | None = None,
) -> ImportReport:
    """Imports every file, in order.

    All files are read and compared first: raises ServicesRefused before anything is written when one of them
    holds no services, holds mostly broken rows, or is older than the edition held (which ``older_too`` lets
    through). Raises Cancelled between two transactions; what was committed stays.
    """
    today = clock().civil.isoformat()
    sources = [source_of(file, path, today) for path in paths for file in read(path)]
    told = _Told(progress, cancelled, _PARTS * sum(source.file.text.count("\n") for source in sources))
    refused: list[RefusedRow] = []
    writer = Writer(store, clock)
    with store.read() as connection:
        held = Held(connection)
    read_editions: list[Edition] = []
    for source in sources:
        refused += _compare(source, writer, told)
        edition = source.edition()
        held.take(edition, str(source.path), older_too)
        read_editions.append(edition)
        writer.end_of_file(edition.dated)
        # A million rows of text are not needed any more once they are compared.
        source.forget()
    also = share(writer, read_editions) if share is not None else None

    def note(connection: Connection) -> None:
        for edition in read_editions:
            editions.note(connection, edition, clock().utc_ms)
        if also is not None:
            also(connection)

    before: int | None = None
    for left in writer.write_slices(note):
        told.more((writer.waiting if before is None else before) - left)
        before = left
    join_segments("service_search", store.write_slice)
    told.all_done()
    return writer.report(rows=told.rows, refused=tuple(refused))


def _compare(source: Source, writer: Writer, told: "_Told") -> list[RefusedRow]:
    """The rows left out. Raises ServicesRefused where most of them are broken."""
    refused: list[RefusedRow] = []
    seen: set[str] = set()
    name, bring = source.file.name, writer.bring
    rows = 0
    for line, row in source.rows():
        rows += 1
        if rows % _TELL_EVERY_ROWS == 0:
            told.rows_read(_TELL_EVERY_ROWS)
        if isinstance(row, Refused):
            # A row that cannot be read still says that its service exists.
            seen.add(row.code)
            refused.append(RefusedRow(name, line, str(row.reason), row.value))
        elif row[1] in seen:
            refused.append(RefusedRow(name, line, str(Reason.TWICE), row[1]))
        else:
            seen.add(row[1])
            bring(row)
    told.rows_read(rows % _TELL_EVERY_ROWS)
    broken = sum(one.reason in _BROKEN for one in refused)
    if rows >= _FEWEST_TO_JUDGE and 2 * broken > rows:
        raise ServicesRefused(
            path=str(source.path), reason=str(Reason.MOSTLY_BROKEN), line=refused[0].line, rows=rows,
            broken=broken, because=refused[0].reason,
        )  # fmt: skip
    if source.lists_all:
        writer.close_unlisted(seen)
    return refused


class _Told:
    """Says how far the work is, and stops it where a person asked. Reading is one part, writing another."""

    def __init__(self, progress: Progress, cancelled: Callable[[], bool], total: int) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._total = max(total, 1)
        self._done = 0
        self.rows = 0

    def rows_read(self, count: int) -> None:
        self.rows += count
        self.more(count)

    def more(self, done: int) -> None:
        """Raises Cancelled."""
        self._done += done
        self._progress(min(self._done, self._total - 1), self._total)
        if self._cancelled():
            raise Cancelled

    def all_done(self) -> None:
        self._progress(self._total, self._total)

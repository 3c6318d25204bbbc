"""Brings the responses of a file in: each once, the rest in spite of a bad one, stopped at any moment."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count

from intake_app import taking_down
from intake_app.channels.webform import mapping as uses
from intake_app.channels.webform.mapping import FormMapping
from intake_app.channels.webform.moments import Order, order_of
from intake_app.channels.webform.responses import Response, ResponseReader
from intake_app.channels.webform.table import Row, Table
from intake_app.drafting import Draft, with_record
from intake_app.errors import Cancelled as StoppedByPerson
from intake_app.errors import RecordErased, ResponsesRefused
from intake_app.forms.library import Library
from intake_app.long_work import Cancelled, Progress, never, unwatched
from intake_app.records import reference_of
from intake_app.services.model import Service
from intake_app.store.store import Store
from intake_app.store.web_forms import Known, Whereabouts
from intake_app.times import Clock, named_id

MOST_TOLD = 500
"""Rows that are told one by one; the others are counted."""
_REGISTERS = ("cqc", "ods")
_LOOK_EVERY = 200


class Left(StrEnum):
    """Why a row did not become a record, besides what ``lines.Broken`` says."""

    SHIFTED = "shifted"
    NOTHING = "nothing"
    CHANGED = "changed"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """``reference`` is that of the record which a changed response was before."""

    row: int
    reason: str
    reference: str = ""


@dataclass(slots=True)
class TakenIn:
    """``added`` are finished records, ``to_check`` drafts; ``danger`` counts those of both with danger."""

    added: int = 0
    to_check: int = 0
    known: int = 0
    changed: int = 0
    erased: int = 0
    refused: int = 0
    danger: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    first: list[tuple[int, Draft]] = field(default_factory=list)

    def leave_out(self, row: int, reason: str, reference: str = "") -> None:
        if len(self.left_out) < MOST_TOLD:
            self.left_out.append(LeftOut(row, reason, reference))


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be brought in. ``dry``: nothing is; ``shown`` are the first records to look at."""

    partner: str = ""
    dry: bool = False
    shown: int = 0


def take_in(
    store: Store,
    library: Library,
    table: Table,
    mapping: FormMapping,
    wish: Wish,
    clock: Clock,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> TakenIn:
    """What was taken in before it is stopped stays; the next time goes on. Raises Cancelled, StoreError,
    ResponsesRefused: ``other_columns``, ``date_order`` (its dates can be read both ways and nobody said how).
    """
    if titles := mapping.missing(table.titles):
        raise ResponsesRefused(path=str(table.path), reason="other_columns", titles=titles, name=mapping.name)
    rows, day_first = _look(table, mapping, cancelled)
    return _Work(store, library, table, mapping, wish, clock, day_first).run(rows, progress, cancelled)


class _Work:
    def __init__(
        self,
        store: Store,
        library: Library,
        table: Table,
        mapping: FormMapping,
        wish: Wish,
        clock: Clock,
        day_first: bool,
    ) -> None:
        member = store.staff.current
        self._store = store
        self._library = library
        self._table = table
        self._mapping = mapping
        self._wish = wish
        self._clock = clock
        self._by = member.id if member is not None else ""
        self._partner = wish.partner or mapping.partner
        self._reader = ResponseReader(
            library, mapping, day_first, self._find_service, store.device, self._by, self._partner
        )
        self._services: dict[str, Service | None] = {}
        self._alike: Counter[str] = Counter()
        self._met: dict[str, str] = {}
        self._report = TakenIn()

    def run(self, rows: int, progress: Progress, cancelled: Cancelled) -> TakenIn:
        for done, row in enumerate(self._table.rows()):
            if cancelled():
                raise StoppedByPerson
            progress(done, rows)
            self._row(row)
        progress(rows, rows)
        return self._report

    def _row(self, row: Row) -> None:
        report, reader = self._report, self._reader
        reason: str = row.reason
        if not reason and reader.is_shifted(row):
            reason = Left.SHIFTED
        if not reason and reader.says_nothing(row):
            reason = Left.NOTHING
        if reason:
            report.refused += 1
            report.leave_out(row.number, reason)
            return
        response = reader.response(row)
        known = self._look(response, row)
        first_time = known.id not in self._met
        before = self._met.setdefault(known.id, response.digest)
        if known.where is Whereabouts.ERASED:
            self._erased(row)
        elif known.where is Whereabouts.NEW and first_time:
            self._new(row, response, known.id)
        elif response.digest == (known.digest or before):
            report.known += 1
        else:
            report.changed += 1
            report.leave_out(row.number, Left.CHANGED, reference_of(known.id))

    def _new(self, row: Row, response: Response, record_id: str) -> None:
        report, now = self._report, self._clock()
        numbers = count(1)
        draft = self._reader.draft(row, response, lambda: named_id(f"{record_id} {next(numbers)}"), now)
        draft = with_record(draft, id=record_id)
        online = draft.record.online
        waits = self._mapping.to_check or bool(online is not None and online.unread)
        if waits:
            # Nobody is taking it down: it waits in the list of what does.
            draft = draft.model_copy(update={"parked": now})
        else:
            draft = taking_down.finish(draft, self._library, now, self._by)
        try:
            if not self._wish.dry:
                self._save(draft, waits)
        except RecordErased:
            self._erased(row)
            return
        report.to_check += waits
        report.added += not waits
        report.danger += draft.record.in_danger
        if len(report.first) < self._wish.shown:
            report.first.append((row.number, draft))

    def _save(self, draft: Draft, waits: bool) -> None:
        if waits:
            self._store.drafts.keep(draft)
        else:
            self._store.records.save(draft)

    def _erased(self, row: Row) -> None:
        self._report.erased += 1
        self._report.leave_out(row.number, Left.ERASED)

    def _look(self, response: Response, row: Row) -> Known:
        """Without an id of its own it is known by everything in it, and by how many rows say the same."""
        told = response.id
        if not told:
            told = f"{response.digest} {self._reader.received_text(row)}"
            self._alike[told] += 1
            told = f"\n{told} {self._alike[told]}"
        by_column = any(one.target == uses.PARTNER for one in self._mapping.columns)
        return self._store.web_forms.look(self._mapping.name, "" if by_column else self._partner, told)

    def _find_service(self, code: str) -> Service | None:
        if code not in self._services:
            names = [code] if ":" in code else [f"{register}:{code}" for register in _REGISTERS]
            found = (self._store.directory.get(name) for name in names)
            self._services[code] = next((one for one in found if one is not None), None)
        return self._services[code]


def _look(table: Table, mapping: FormMapping, cancelled: Cancelled) -> tuple[int, bool]:
    """How many rows there are, and whether the day comes first in their dates."""
    rows = 0
    dates: set[Order] = set()
    received = [title for title in table.titles if mapping.use_of(title).target == uses.RECEIVED]
    for row in table.rows():
        if rows % _LOOK_EVERY == 0 and cancelled():
            raise StoppedByPerson
        rows += 1
        dates |= {order_of((row.cells[title],)) for title in received if title in row.cells}
    if mapping.day_first is not None:
        return rows, mapping.day_first
    said = dates - {Order.NONE, Order.EITHER}
    if len(said) > 1 or (not said and Order.EITHER in dates):
        raise ResponsesRefused(path=str(table.path), reason="date_order", name=mapping.name)
    return rows, Order.MONTH_FIRST not in said

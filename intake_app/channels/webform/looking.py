"""A look at a file before it is brought in: its columns with their first answers, and how dates stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake_app.channels.webform.answers import AnswerReader
from intake_app.channels.webform.guessing import proposed
from intake_app.channels.webform.mapping import ColumnUse, FormMapping, targets
from intake_app.channels.webform.moments import Order, order_of
from intake_app.channels.webform.table import Table, column_title
from intake_app.errors import Cancelled as StoppedByPerson
from intake_app.forms.library import Library
from intake_app.forms.model import Kind
from intake_app.long_work import Cancelled, Progress, never, unwatched

FIRST_VALUES = 3
LONGEST_VALUE = 80
MOST_KINDS = 25
"""More different answers than this are words of people, not choices."""
_LOOK_EVERY = 500


@dataclass(frozen=True, slots=True)
class Column:
    """``values`` are its first answers, cut short; ``answers`` all that it has, where these are few."""

    use: ColumnUse
    values: tuple[str, ...]
    answers: tuple[str, ...]
    filled: int
    order: Order


@dataclass(frozen=True, slots=True)
class Look:
    """``mapping`` is how the form was read before, or how it seems to be; ``known``: it was read before."""

    table: Table
    rows: int
    columns: tuple[Column, ...]
    mapping: FormMapping
    known: bool


@dataclass(slots=True)
class _Seen:
    values: list[str]
    answers: dict[str, None]
    filled: int = 0
    too_many: bool = False
    day_first: bool = False
    month_first: bool = False
    either: bool = False

    def take(self, cell: str) -> None:
        self.filled += 1
        if len(self.values) < FIRST_VALUES:
            self.values.append(shortened(cell))
        if not self.too_many and len(cell) <= LONGEST_VALUE:
            self.answers[cell] = None
        if len(self.answers) > MOST_KINDS or len(cell) > LONGEST_VALUE:
            self.too_many = True
        order = order_of((cell,))
        self.day_first |= order is Order.DAY_FIRST
        self.month_first |= order is Order.MONTH_FIRST
        self.either |= order is Order.EITHER

    @property
    def order(self) -> Order:
        if self.day_first and self.month_first:
            return Order.MIXED
        if self.day_first or self.month_first:
            return Order.DAY_FIRST if self.day_first else Order.MONTH_FIRST
        return Order.EITHER if self.either else Order.NONE


def look_at(
    table: Table,
    library: Library,
    known: Iterable[FormMapping],
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> Look:
    """Reads the whole file once. A column without a title and without an answer is left out."""
    seen = {title: _Seen([], {}) for title in table.titles}
    rows = 0
    for row in table.rows():
        if rows % _LOOK_EVERY == 0:
            if cancelled():
                raise StoppedByPerson
            progress(rows, 0)
        rows += 1
        for title, cell in row.cells.items():
            seen.setdefault(title, _Seen([], {})).take(cell)
    untitled = {column_title(place) for place in range(len(table.titles))}
    shown = [title for title in seen if seen[title].filled or title not in untitled]
    mapping, same = proposed(table.path.stem, shown, known, targets(library))
    columns = tuple(_column(mapping.use_of(title), seen[title]) for title in shown)
    return Look(table, rows, columns, mapping, same)


def shortened(text: str) -> str:
    """On one line, to be read beside its title."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 1] + "…"


def _column(use: ColumnUse, seen: _Seen) -> Column:
    answers = () if seen.too_many else tuple(seen.answers)
    return Column(use, tuple(seen.values), answers, seen.filled, seen.order)


def unknown_answers(column: Column, target: str, library: Library) -> tuple[str, ...]:
    """Answers of a column that are none of the choices of the question it goes to."""
    found = targets(library).get(target)
    if found is None or found.question.kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.TOPICS):
        return ()
    reader = AnswerReader(library, day_first=True)
    return tuple(one for one in column.answers if reader.is_no_choice(found.question, one))

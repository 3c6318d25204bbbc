"""The day on which it reached the organisation, apart from the day on which it is typed."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from intake_app import formats
from intake_app.forms.dates import Precision, parse_when
from intake_app.i18n import _
from intake_app.text import clean_text
from intake_app.times import Instant
from ui.accessibility import set_problem
from ui.form.ink import MUTED, InkLabel
from ui.rows import add_row
from ui.translation import tr

EARLIEST_YEAR = 2000


class ReceivedLine(QWidget):
    """A typed date, as elsewhere. What is no day that has been leaves the record as it was and is said.

    Signals: ``received(date)`` another day than before
    """

    received = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._now: date | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.line = QLineEdit()
        add_row(column, self.line, lambda: _("Day on which it reached you"), "received", _hint)
        self._understood = InkLabel(MUTED, self)
        self._problem = InkLabel(MUTED, self)
        for one in (self._understood, self._problem):
            column.addWidget(one)
        self._problem.hide()
        self.line.editingFinished.connect(self._read)
        tr(self, lambda _words: self._explain(), str)

    def show_received(self, received: Instant) -> None:
        """The record's; words that are being typed stay."""
        day = received.civil
        if day != self._now and not self.line.hasFocus():
            self.line.clear()
            set_problem(self.line, self._problem, "", _hint())
        self._now = day
        self._explain()

    def clear(self) -> None:
        """Another record: not a word of the one before stays."""
        self._now = None
        self.line.clear()
        set_problem(self.line, self._problem, "", _hint())

    def _read(self) -> None:
        words = clean_text(self.line.text()).strip()
        if not words:
            set_problem(self.line, self._problem, "", _hint())
            return
        when = parse_when(words, self._today())
        if when is None or when.precision is not Precision.DAY:
            self._refuse(_("Give the day as a date, for example 27 3 2026"))
            return
        day = date.fromisoformat(when.iso)
        if day > self._today():
            self._refuse(_("This day has not come yet. Give the day on which it reached you."))
        elif day.year < EARLIEST_YEAR:
            self._refuse(_("This day is long ago. Give the day with its year in four digits."))
        else:
            set_problem(self.line, self._problem, "", _hint())
            if self._now != day:
                self._now = day
                self._explain()
                self.received.emit(day)

    def _refuse(self, problem: str) -> None:
        set_problem(self.line, self._problem, problem, _hint())

    def _explain(self) -> None:
        if self._now is not None:
            self._understood.setText(_("Received: {day}").format(day=formats.full_date(self._now)))


def _hint() -> str:
    return _("As on the envelope or the email. Reports count by this day, not by the day you type it.")

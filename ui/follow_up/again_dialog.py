"""When to try again: a day on which people may be rung, and a time."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from intake_app import formats
from intake_app.call_backs import CallHours, may_ring
from intake_app.i18n import _
from intake_app.times import LONDON, Instant
from ui.accessibility import ComboBox
from ui.follow_up.clock_time import read_time, time_words
from ui.follow_up.holidays import Holidays
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.workplace import Workplace

_DAYS = 28


class AgainDialog(AskingDialog):
    """Signals: ``chosen(Instant)``."""

    chosen = Signal(object)

    def __init__(
        self, workplace: Workplace, hours: CallHours, holidays: Holidays, parent: QWidget | None = None
    ) -> None:
        super().__init__(workplace, lambda: _("Another time"), parent)
        self._hours = hours
        self._holidays = holidays
        self.day, self.time = ComboBox(), QLineEdit()
        for day in self._days():
            self.day.addItem(formats.full_date(day.date()), day.isoformat())
        add_row(self.rows, self.day, lambda: _("Day"), "again_day")
        add_row(self.rows, self.time, lambda: _("Time"), "again_time", lambda: _("For example 14:30 or 9"))
        self.add_deed(lambda: _("Save"), "again_save", self._save, default=True)
        self.add_deed(lambda: _("Cancel"), "again_cancel", self.reject)
        self.day.setFocus()

    def _days(self) -> list[datetime]:
        """Those on which people may be rung, today first."""
        opens = time(self._hours.opens // 60, self._hours.opens % 60)
        today = self.workplace.clock().civil
        begins = [datetime.combine(today + timedelta(days=ahead), opens, LONDON) for ahead in range(_DAYS)]
        return [one for one in begins if may_ring(self._hours, Instant.of(one), self._holidays.days)]

    def _save(self) -> None:
        self.clear_problem()
        minutes = read_time(self.time.text())
        if minutes is None:
            self.show_problem(_("Write a time, such as 14:30"), self.time)
            return
        if self.day.currentIndex() < 0:
            self.show_problem(_("Nobody is ever rung: look at the hours for calls."), self.day)
            return
        day = datetime.fromisoformat(str(self.day.currentData())).date()
        moment = Instant.of(datetime.combine(day, time(minutes // 60, minutes % 60), LONDON))
        if moment <= self.workplace.clock():
            self.show_problem(_("This time is over. Choose a later one."), self.time)
        elif not may_ring(self._hours, moment, self._holidays.days):
            opens, closes = (time_words(one) for one in (self._hours.opens, self._hours.closes))
            words = _("People are rung from {opens} to {closes}. Choose a time between them.")
            self.show_problem(words.format(opens=opens, closes=closes), self.time)
        else:
            self.accept()
            self.chosen.emit(moment)

"""When people may be rung, as the whole organisation wants it."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGroupBox, QLineEdit, QVBoxLayout, QWidget

from intake_app import formats
from intake_app.call_backs import CallHours
from intake_app.errors import IntakeError
from intake_app.i18n import _
from ui.follow_up.clock_time import read_time, time_words
from ui.rows import add_row, note
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

_A_MONDAY = date(2026, 11, 23)


class HoursDialog(AskingDialog):
    """Signals: ``kept()``."""

    kept = Signal()

    def __init__(self, workplace: Workplace, hours: CallHours, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Hours for calls"), parent)
        self._before = hours
        self.rows.addWidget(
            note(lambda: _("Outside these hours nobody is rung back. They hold for the whole organisation."))
        )
        self.opens, self.closes = QLineEdit(time_words(hours.opens)), QLineEdit(time_words(hours.closes))
        add_row(self.rows, self.opens, lambda: _("Not before"), "hours_opens", lambda: _("For example 9:00"))
        add_row(
            self.rows, self.closes, lambda: _("Not after"), "hours_closes", lambda: _("For example 20:00")
        )
        box = QGroupBox()
        tr(box, box.setTitle, lambda: _("Days"))
        column = QVBoxLayout(box)
        self.days: list[QCheckBox] = []
        for number in range(7):
            check = QCheckBox()
            check.setAccessibleIdentifier(f"hours_day_{number}")
            check.setChecked(number in hours.days)
            tr(check, check.setText, partial(formats.weekday, _A_MONDAY + timedelta(days=number)))
            self.days.append(check)
            column.addWidget(check)
        self.rows.addWidget(box)
        self.holidays = QCheckBox()
        self.holidays.setAccessibleIdentifier("hours_holidays")
        self.holidays.setChecked(hours.on_holidays)
        tr(self.holidays, self.holidays.setText, lambda: _("Also on bank holidays"))
        self.rows.addWidget(self.holidays)
        self.add_deed(lambda: _("Save"), "hours_save", self._save, default=True)
        self.add_deed(lambda: _("Cancel"), "hours_cancel", self.reject)
        self.opens.setFocus()

    def _save(self) -> None:
        self.clear_problem()
        times = {}
        for line in (self.opens, self.closes):
            minutes = read_time(line.text())
            if minutes is None:
                self.show_problem(_("Write a time, such as 9:00"), line)
                return
            times[line] = minutes
        days = tuple(number for number, check in enumerate(self.days) if check.isChecked())
        if times[self.opens] >= times[self.closes]:
            self.show_problem(_("“Not after” has to be later than “Not before”."), self.closes)
        elif not days:
            self.show_problem(_("Choose a day at least, or nobody is ever rung."), self.days[0])
        else:
            wanted = self._before.model_copy(
                update={
                    "opens": times[self.opens], "closes": times[self.closes], "days": days,
                    "on_holidays": self.holidays.isChecked(),
                }
            )  # fmt: skip
            store = self.workplace.store.call_backs
            self.workplace.background.run(
                self, lambda: store.set_hours(wanted), lambda _kept: self._kept(), self._failed
            )

    def _kept(self) -> None:
        self.accept()
        self.kept.emit()

    def _failed(self, error: IntakeError) -> None:
        self.show_error(error, self.opens)

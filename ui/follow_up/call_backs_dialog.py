"""Who waits to hear from us: opened, rung, put off or done. Nothing is dialled by Intake."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app import call_backs
from intake_app.call_backs import CallHours, Deed, Owed, What
from intake_app.errors import IntakeError
from intake_app.i18n import _
from intake_app.times import Instant
from ui.accessibility import heading
from ui.follow_up import words
from ui.follow_up.holidays import holidays_of
from ui.messages import sentence
from ui.record.rows import Rows
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

_LINES_OF_LIST = 10


@dataclass(frozen=True, slots=True)
class _Found:
    owed: tuple[Owed, ...] = ()
    hours: CallHours = field(default_factory=CallHours)


class CallBacksDialog(AskingDialog):
    """Signals: ``open_wanted(str, str)`` the record's id, and what is said when it is open."""

    open_wanted = Signal(str, str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Call-backs"), parent)
        self._found = _Found()
        self._read = False
        self._done: Owed | None = None
        self._said = ""
        self.holidays = holidays_of(workplace.library)
        self.outcome = heading()
        self.outcome.setAccessibleIdentifier("call_backs_outcome")
        self.rows.addWidget(self.outcome)
        self.list = Rows("call_backs_list")
        add_row(
            self.rows,
            self.list,
            lambda: _("Who waits, overdue first"),
            "call_backs_list",
            lambda: _("Enter opens the record. Nothing is dialled by Intake."),
        )
        self.list.setMinimumHeight(_LINES_OF_LIST * self.fontMetrics().lineSpacing())
        self.open_it = self.add_deed(lambda: _("Open the record"), "call_back_open", self._open, default=True)
        self.reach = self.add_deed(lambda: _("Number, good times …"), "call_back_number", self._reach)
        self.no_answer = self.add_deed(lambda: _("Rung, no answer"), "call_back_no_answer", self._no_answer)
        self.put_off = self.add_deed(lambda: _("Another time …"), "call_back_put_off", self._put_off)
        self.settle = self.add_deed(lambda: _("Done with"), "call_back_done", self._settle)
        self.not_done = self.add_deed(lambda: _("Not done after all"), "call_back_not_done", self._unsettle)
        self.add_deed(lambda: _("Hours for calls …"), "call_back_hours", self._hours)
        self.add_deed(lambda: _("Close"), "call_backs_close", self.reject)
        self.list.chosen.connect(lambda _key: self._open())
        self.list.moved.connect(self._show_deeds)
        tr(self, lambda _text: self._show(), lambda: "")
        self._ask()

    def current(self) -> Owed | None:
        """The row under the cursor; None where there is none."""
        key = self.list.current_key()
        return next((one for one in self._found.owed if one.key == key), None)

    def _ask(self, said: str = "") -> None:
        store, days = self.workplace.store.call_backs, self.holidays.days

        def show(found: _Found) -> None:
            first, self._read, self._found, self._said = not self._read, True, found, said
            self._show()
            if found.owed and (first or said):
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if said or not found.owed:
                # The window's status line is behind the dialog; a heading is read when it takes the focus.
                self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

        self.workplace.background.run(
            self, lambda: _Found(store.all(days), store.hours()), show, self._failed
        )

    def _show(self) -> None:
        found, now, library = self._found, self.workplace.clock(), self.workplace.library
        self.list.show_rows([(one.key, words.row_words(one, library, now)) for one in found.owed])
        count = f"{words.count_words(found.owed, now)}." if self._read else ""
        quiet = words.quiet_words(found.hours, now, self.holidays) if found.owed else ""
        told = " ".join(one for one in (self._said, count, quiet) if one)
        self.outcome.setText(told)
        self._show_deeds()

    def _show_deeds(self) -> None:
        here = self.current()
        for one in (self.open_it, self.reach, self.settle, self.put_off):
            one.setEnabled(here is not None)
        self.no_answer.setEnabled(here is not None and here.what is What.CALL)
        self.not_done.setVisible(self._done is not None)

    def _open(self) -> None:
        if (here := self.current()) is None:
            return
        now, library = self.workplace.clock(), self.workplace.library
        told = words.call_words(here, library, self._found.hours, now, self.holidays)
        self.accept()
        self.open_wanted.emit(here.record.id, told)

    def _reach(self) -> None:
        if (here := self.current()) is not None:
            from ui.follow_up.reach_dialog import ReachDialog

            dialog = ReachDialog(self.workplace, here, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _no_answer(self) -> None:
        if (here := self.current()) is not None:
            now = self.workplace.clock()
            again = call_backs.after_no_answer(self._found.hours, now, self.holidays.days)
            said = _("Noted: rung, no answer. Next try {moment}.")
            self._note(here, Deed.NO_ANSWER, said.format(moment=words.moment_words(again, now)), again)

    def _put_off(self) -> None:
        if (here := self.current()) is not None:
            from ui.follow_up.again_dialog import AgainDialog

            dialog = AgainDialog(self.workplace, self._found.hours, self.holidays, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.chosen.connect(lambda again: self._put_off_until(here, again))
            dialog.open()

    def _put_off_until(self, owed: Owed, again: Instant) -> None:
        said = _("Noted. Next try {moment}.")
        moment = words.moment_words(again, self.workplace.clock())
        self._note(owed, Deed.PUT_OFF, said.format(moment=moment), again)

    def _settle(self) -> None:
        if (here := self.current()) is not None:
            self._done = here
            self._note(here, Deed.DONE, _("Done. “Not done after all” takes it back."))

    def _unsettle(self) -> None:
        done, self._done = self._done, None
        if done is not None:
            self._note(done, Deed.NOT_DONE, _("It waits again."))

    def _note(self, owed: Owed, deed: Deed, said: str, again: Instant | None = None) -> None:
        store = self.workplace.store.call_backs
        self._do(lambda: store.note(owed, deed, again), lambda _none: self._ask(said))

    def _hours(self) -> None:
        from ui.follow_up.hours_dialog import HoursDialog

        dialog = HoursDialog(self.workplace, self._found.hours, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.kept.connect(lambda: self._ask(_("Hours for calls: saved.")))
        dialog.open()

    def _do(self, deed: Callable[[], object], done: Callable[..., object]) -> None:
        self.clear_problem()
        self.workplace.background.run(self, deed, done, self._failed)

    def _failed(self, error: IntakeError) -> None:
        self.show_problem(sentence(error), self.list)

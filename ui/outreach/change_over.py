"""Another member of staff sits down: who it is in two keys, and the open record is parked before."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.i18n import _
from intake_app.store.summaries import StaffMember
from intake_app.text import fsi
from ui.record.rows import Rows
from ui.rows import add_row, note
from ui.settings.asking_dialog import AskingDialog
from ui.workplace import Workplace

_LINES_OF_LIST = 6


@dataclass(frozen=True, slots=True)
class _Found:
    others: tuple[StaffMember, ...]
    current: StaffMember | None


class ChangeOverDialog(AskingDialog):
    """The one after the current one stands first: where two take turns, Enter is enough.

    Signals: ``chosen(StaffMember)``
    """

    chosen = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Who sits down to write?"), parent)
        self._found = _Found((), None)
        self.told = note(str)
        self.rows.addWidget(self.told)
        self.list = Rows("change_over_list")
        add_row(
            self.rows,
            self.list,
            lambda: _("Sits down to write"),
            "change_over_list",
            lambda: _("Enter changes over. The open record is parked, and stays its writer’s."),
        )
        self.list.setMinimumHeight(_LINES_OF_LIST * self.fontMetrics().lineSpacing())
        self.go = self.add_deed(lambda: _("Change over"), "change_over_go", self._choose, default=True)
        self.add_deed(lambda: _("Cancel"), "change_over_cancel", self.reject)
        self.list.chosen.connect(lambda _key: self._choose())
        staff = workplace.store.staff
        workplace.background.run(self, lambda: _look(staff.all(), staff.current), self._show, self._failed)

    def _show(self, found: _Found) -> None:
        self._found = found
        self.list.show_rows([(one.id, name_words(one)) for one in found.others])
        now = name_words(found.current) if found.current is not None else _("nobody yet")
        self.told.setText(_("At the keyboard: {name}").format(name=now))
        self.go.setEnabled(bool(found.others))
        if found.others:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            words = _("Nobody else writes on this computer yet. Add them first: Office, Who writes here.")
            self.show_problem(words, self.list)

    def _choose(self) -> None:
        key = self.list.current_key()
        member = next((one for one in self._found.others if one.id == key), None)
        if member is not None:
            self.accept()
            self.chosen.emit(member)

    def _failed(self, error: IntakeError) -> None:
        self.show_error(error, self.list)


def name_words(member: StaffMember) -> str:
    return fsi(member.name) or _("No name given")


def _look(everybody: tuple[StaffMember, ...], current: StaffMember | None) -> _Found:
    """The others in a ring: the one after the current one first."""
    ids = [one.id for one in everybody]
    place = ids.index(current.id) + 1 if current is not None and current.id in ids else 0
    ring = (*everybody[place:], *everybody[:place])
    return _Found(tuple(one for one in ring if current is None or one.id != current.id), current)

"""Who is at the keyboard: choose, add, and set a passphrase of one's own."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n import _
from intake_app.store.summaries import StaffMember
from intake_app.text import clean_text, fsi
from ui.first_run.first_run_page import SHORTEST_PASSPHRASE
from ui.password_line import PasswordLine
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace


class StaffDialog(AskingDialog):
    """Choosing somebody takes effect at once; what was written before keeps its writer."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Who is at the keyboard"), parent)
        self._box = QGroupBox()
        tr(self._box, self._box.setTitle, lambda: _("At the keyboard"))
        self._column = QVBoxLayout(self._box)
        self._group = QButtonGroup(self)
        self.rows.addWidget(self._box)
        self.name = QLineEdit()
        self.passphrase = PasswordLine()
        add_row(self.rows, self.name, lambda: _("Somebody else's name"), "staff_name")
        add_row(
            self.rows,
            self.passphrase,
            lambda: _("A passphrase of their own (optional)"),
            "staff_passphrase",
            lambda: _("At least {count} characters. It opens the records of this computer.").format(
                count=SHORTEST_PASSPHRASE
            ),
        )
        self.add = self.add_deed(lambda: _("Add"), "staff_add", self._add, default=True)
        self.add_deed(lambda: _("Close"), "staff_close", self.accept)
        self._ask()

    def _ask(self) -> None:
        staff = self.workplace.store.staff
        self.workplace.background.run(self, lambda: (staff.all(), staff.current), self._show)

    def _show(self, found: tuple[tuple[StaffMember, ...], StaffMember | None]) -> None:
        everybody, current = found
        known = {radio.accessibleIdentifier() for radio in self._group.buttons()}
        is_opening = not known
        for member in everybody:
            if f"staff_{member.id}" in known:
                continue
            radio = QRadioButton(fsi(member.name) or _("No name given"))
            radio.setAccessibleIdentifier(f"staff_{member.id}")
            radio.setChecked(current is not None and member.id == current.id)
            radio.toggled.connect(partial(self._switch, member))
            self._group.addButton(radio)
            self._column.addWidget(radio)
        # Made when the store had answered: they stand above the name, for Tab too.
        for before, after in pairwise([*self._group.buttons(), self.name]):
            QWidget.setTabOrder(before, after)
        chosen = self._group.checkedButton()
        if chosen is not None:
            chosen.show()  # its layout would show it later, and what is not shown takes no focus
        if is_opening and chosen is not None and self.focusWidget() in (None, self.name):
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _switch(self, member: StaffMember, chosen: bool) -> None:
        if not chosen:
            return
        staff = self.workplace.store.staff
        words = _("{name} is at the keyboard").format(name=fsi(member.name) or _("No name given"))
        self.workplace.background.run(
            self, lambda: staff.switch(member.id), lambda _member: self.workplace.announce(words)
        )

    def _add(self) -> None:
        self.clear_problem()
        name, passphrase = clean_text(self.name.text()).strip(), self.passphrase.text()
        if not name:
            self.show_problem(_("Write a name"), self.name)
            return
        if passphrase and len(passphrase) < SHORTEST_PASSPHRASE:
            words = _("The passphrase needs at least {count} characters").format(count=SHORTEST_PASSPHRASE)
            self.show_problem(words, self.passphrase)
            return
        staff = self.workplace.store.staff
        self.workplace.background.run(
            self, lambda: staff.add(name, passphrase), self._on_added, self._on_refused
        )

    def _on_added(self, member: StaffMember) -> None:
        self.name.clear()
        self.passphrase.clear()
        self.workplace.announce(_("{name} added").format(name=fsi(member.name)))
        self._ask()

    def _on_refused(self, error: IntakeError) -> None:
        self.show_error(error, self.name)

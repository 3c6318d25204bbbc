"""Shows a recovery code to be written down or printed, and asks for one group of it back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from intake_app.i18n import _
from ui.accessibility import heading, set_problem
from ui.rows import add_row, button
from ui.theme import em
from ui.translation import tr

TYPED_WIDTH_EM = 12
ASKED_GROUP = 3
"""Counted from one: a group in the middle is not left in the ear after reading."""


class _CodeLine(QLineEdit):
    """Entered with nothing selected: of a selection on entry Orca drops the last letter, here a digit."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.home(False)


class RecoveryCodeSheet(QWidget):
    """Signals: ``done(bool)`` with whether the code was confirmed."""

    done = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: list[str] = []
        outer = QVBoxLayout(self)
        self.heading = heading()
        tr(self.heading, self.heading.setText, lambda: _("Your recovery code"))
        outer.addWidget(self.heading)
        self.code = _CodeLine(readOnly=True)
        self.code.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        add_row(outer, self.code, lambda: _("Recovery code"), "recovery_code", self._why)
        self.typed = QLineEdit()
        self.typed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        add_row(
            outer,
            self.typed,
            lambda: _("Type group {number} of the code (optional)").format(number=ASKED_GROUP),
            "recovery_code_back",
            lambda: _("This shows that you have it on paper."),
        )
        self.typed.setMaximumWidth(em(self, TYPED_WIDTH_EM))
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.hide()
        outer.addWidget(self._problem)
        line = QHBoxLayout()
        outer.addLayout(line)
        self.confirm = button(lambda: _("Start"), "recovery_confirm", self._confirm)
        self.print = button(lambda: _("Print the code"), "recovery_print", self._print)
        self.later = button(lambda: _("Confirm it later"), "recovery_later", lambda: self.done.emit(False))
        for one in (self.confirm, self.print, self.later):
            line.addWidget(one)
        line.addStretch(1)
        outer.addStretch(1)
        self.typed.returnPressed.connect(self._confirm)

    def show_code(self, code: str) -> None:
        """``code`` is digits in groups, parted by spaces or hyphens."""
        self._groups = code.replace("-", " ").split()
        self.code.setText(" ".join(self._groups))
        self.code.setFixedWidth(self.code.fontMetrics().horizontalAdvance(self.code.text() + "000000"))
        self.typed.clear()
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _why() -> str:
        return _(
            "If this computer's password is reset, or the computer breaks, this code opens the records and "
            "their backups. Write it on paper and keep it away from the computer."
        )

    def _confirm(self) -> None:
        typed = "".join(character for character in self.typed.text() if character.isalnum())
        if typed == self._groups[ASKED_GROUP - 1]:
            self.done.emit(True)
            return
        words = _("That is not group {number} of the code. Look at your paper, or confirm it later").format(
            number=ASKED_GROUP
        )
        set_problem(self.typed, self._problem, words, _("This shows that you have it on paper."))
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        # Loaded when wanted: printing is rare, and its module costs time at the start.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            page = QTextDocument()
            page.setPlainText(f"{_('Your recovery code')}\n\n{self.code.text()}\n\n{self._why()}")
            page.print_(printer)

"""Restores a backup on a computer that holds no store yet."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from intake_app.i18n import _
from ui.accessibility import heading, set_problem
from ui.password_line import PasswordLine
from ui.rows import add_row, button
from ui.settings.dialog_area import DialogArea
from ui.theme import em
from ui.translation import tr

FIELD_WIDTH_EM = 34


class RestorePage(QWidget):
    """Signals: ``given(Path, passphrase, recovery_code)``, one of the two empty; ``back_wanted()``."""

    given = Signal(object, str, str)
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Not by disabling the button: the focus would jump to the next one.
        self._waiting = False
        area = DialogArea()
        QVBoxLayout(self).addWidget(area)
        outer = area.column
        self.heading = heading()
        tr(self.heading, self.heading.setText, lambda: _("Restore from a backup"))
        outer.addWidget(self.heading)
        self.file = QLineEdit()
        self.code = QLineEdit()
        self.passphrase = PasswordLine()
        self._row(outer, self.file, lambda: _("Backup file (required)"), "restore_file")
        self._row(outer, self.code, lambda: _("Recovery code"), "restore_code")
        self._row(
            outer,
            self.passphrase,
            lambda: _("or a passphrase of the computer that was backed up"),
            "restore_passphrase",
        )
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.hide()
        outer.addWidget(self._problem)
        line = QHBoxLayout()
        outer.addLayout(line)
        self.browse = button(lambda: _("Browse …"), "restore_browse", self._browse)
        self.restore = button(lambda: _("Restore"), "restore_go", self._give)
        self.back = button(lambda: _("Back"), "restore_back", self.back_wanted.emit)
        for one in (self.restore, self.browse, self.back):
            line.addWidget(one)
        line.addStretch(1)
        outer.addStretch(1)

    def enter(self) -> None:
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, words: str, field: QLineEdit | None = None) -> None:
        """What was typed stays; the focus goes to what has to be mended."""
        self._waiting = False
        target = field or (self.code if self.code.text().strip() else self.passphrase)
        set_problem(target, self._problem, words)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, outer: QVBoxLayout, edit: QLineEdit, label: Callable[[], str], identifier: str) -> None:
        edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        edit.setMaximumWidth(em(self, FIELD_WIDTH_EM))
        edit.returnPressed.connect(self._give)
        add_row(outer, edit, label, identifier)

    def _browse(self) -> None:
        found, _filter = QFileDialog.getOpenFileName(self, self.file.accessibleName(), self.file.text())
        if found:
            self.file.setText(found)
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if not self.file.text().strip():
            self.show_problem(_("Choose the backup file"), self.file)
        elif not self.code.text().strip() and not self.passphrase.text():
            self.show_problem(_("Type the recovery code, or a passphrase"), self.code)
        else:
            if self._waiting:
                return
            self._waiting = True
            package = Path(self.file.text().strip())
            self.given.emit(package, self.passphrase.text(), self.code.text().strip())

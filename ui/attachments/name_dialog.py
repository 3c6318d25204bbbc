"""Asks what a file is to be called; its ending stays, as it tells what it is."""

from pathlib import PurePosixPath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from intake_app.attachments import safe_name
from intake_app.i18n import _
from intake_app.text import ltr
from ui.accessibility import set_problem
from ui.rows import add_row, button


class NameDialog(QDialog):
    """Signals: ``named(str)`` the whole name"""

    named = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Rename the file"))
        self._ending = PurePosixPath(name).suffix
        outer = QVBoxLayout(self)
        self.edit = QLineEdit(name.removesuffix(self._ending))
        self.edit.setMinimumWidth(self.fontMetrics().averageCharWidth() * 40)
        add_row(outer, self.edit, lambda: _("Name"), "file_name", self._hint)
        self.edit.selectAll()
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.hide()
        outer.addWidget(self._problem)
        line = QHBoxLayout()
        outer.addLayout(line)
        line.addStretch(1)
        go = button(lambda: _("Rename"), "file_rename", self._accept)
        line.addWidget(button(lambda: _("Go back"), "file_rename_back", self.reject))
        line.addWidget(go)
        go.setDefault(True)

    def _hint(self) -> str:
        if not self._ending:
            return _("Letters and numbers; it is shown to everybody who may see the record.")
        return _("{ending} stays at its end. The name is shown to everybody who may see the record.").format(
            ending=ltr(self._ending)
        )

    def _accept(self) -> None:
        stem = self.edit.text().strip()
        name = safe_name(stem + self._ending)
        if not stem or not PurePosixPath(name).stem.strip("_"):
            set_problem(self.edit, self._problem, _("Write a name with letters or numbers"), self._hint())
            self.edit.setFocus()
            return
        self.named.emit(name)
        self.accept()

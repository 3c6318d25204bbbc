"""Asks for the reason of a deed that is kept with the record."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from intake_app.i18n import _
from intake_app.text import clean_text
from ui.accessibility import set_problem
from ui.rows import add_row, button


def ask_reason(parent: QWidget, title: str, question: str) -> str:
    """The reason as typed, or an empty text when the person turned back."""
    dialog = ReasonDialog(title, question, parent)
    return dialog.reason() if dialog.exec() == QDialog.DialogCode.Accepted else ""


class ReasonDialog(QDialog):
    """A reason is required, so that nothing happens by an Enter too many."""

    def __init__(self, title: str, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        outer = QVBoxLayout(self)
        self._question = question
        self.edit = QLineEdit()
        self.edit.setMinimumWidth(self.fontMetrics().averageCharWidth() * 50)
        add_row(outer, self.edit, lambda: _("Reason (required)"), "reason", lambda: question)
        self._problem = QLabel()
        self._problem.hide()
        outer.addWidget(self._problem)
        line = QHBoxLayout()
        outer.addLayout(line)
        line.addStretch(1)
        back = button(lambda: _("Go back"), "reason_back", self.reject)
        go = button(lambda: title, "reason_go", self._accept)
        line.addWidget(back)
        line.addWidget(go)
        go.setDefault(True)

    def reason(self) -> str:
        return clean_text(self.edit.text()).strip()

    def _accept(self) -> None:
        if self.reason():
            self.accept()
            return
        set_problem(self.edit, self._problem, _("Write the reason in a few words"), self._question)
        self.edit.setFocus()

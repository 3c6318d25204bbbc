"""The shape that the settings dialogs share: rows, one place for what is wrong, deeds at the foot."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from intake_app.errors import IntakeError
from ui.accessibility import set_problem
from ui.messages import sentence
from ui.record.flow import FlowLayout
from ui.rows import button
from ui.settings.dialog_area import DialogArea
from ui.theme import em
from ui.translation import tr
from ui.workplace import Workplace

_WIDTH_EM = 34
_MOST_OF_SCREEN = 0.9


class AskingDialog(QDialog):
    """``rows`` takes the questions, ``deeds`` the buttons; ``show_problem`` says what to mend and where."""

    def __init__(
        self,
        workplace: Workplace,
        title: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.workplace = workplace
        tr(self, self.setWindowTitle, title)
        self.setMinimumWidth(em(self, _WIDTH_EM))
        outer = QVBoxLayout(self)
        # At 200 % the rows of most dialogs are more than a small screen holds.
        self._area = DialogArea()
        self.rows = self._area.column
        outer.addWidget(self._area, 1)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        self._problem_at: QWidget | None = None
        outer.addWidget(self.problem)
        # Four buttons in a long language are wider than the dialog: the rest of them stand below.
        self.deeds = FlowLayout()
        outer.addLayout(self.deeds)

    def add_deed(
        self, text: Callable[[], str], identifier: str, act: Callable[[], object], default: bool = False
    ) -> QPushButton:
        made = button(text, identifier, act)
        made.setDefault(default)
        self.deeds.addWidget(made)
        return made

    def fit(self) -> None:
        """Takes the height that its scrolled rows need now; the width stays."""
        self.setMinimumWidth(em(self, _WIDTH_EM))
        self._area.updateGeometry()
        wanted = max(self.height(), self.sizeHint().height())
        self.resize(
            self.width(), min(wanted, round(self.screen().availableSize().height() * _MOST_OF_SCREEN))
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now is it known how its rows wrap.
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            # Another text size, once every row has it.
            QTimer.singleShot(0, self.fit)

    def show_problem(self, words: str, field: QWidget) -> None:
        """Shown under the rows, in the field's description, and the focus goes to the field."""
        self.clear_problem()
        self._problem_at = field
        set_problem(field, self.problem, words)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, error: IntakeError, field: QWidget) -> None:
        self.show_problem(sentence(error), field)

    def clear_problem(self) -> None:
        if self._problem_at is not None:
            set_problem(self._problem_at, self.problem, "")
            self._problem_at = None

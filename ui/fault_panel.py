"""Says above the story why the store did not open; what was typed stays in sight below it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from intake_app.i18n import _
from ui.rows import button


class FaultPanel(QFrame):
    """Signals: ``again()`` something outside was put right, try once more."""

    again = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        outer = QVBoxLayout(self)
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        # Reachable and selectable by keyboard: staff read it out to whoever helps them.
        label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer.addWidget(label)
        line = QHBoxLayout()
        outer.addLayout(line)
        self.try_again = button(lambda: _("Try again"), "try_again", self.again.emit)
        line.addWidget(self.try_again)
        line.addStretch(1)

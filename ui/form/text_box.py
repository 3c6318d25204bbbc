"""The box for an answer of several lines: plain words, exactly as typed."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QWidget

from ui.narrative import NarrativeBox

SHOWN_LINES = 4


class TextBox(NarrativeBox):
    """A narrative's box of four lines, for one question; Tab leaves it."""

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleIdentifier(identifier)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        around = round(2 * (self.document().documentMargin() + self.frameWidth()))
        self.setFixedHeight(SHOWN_LINES * self.fontMetrics().lineSpacing() + around)

    def minimumSizeHint(self) -> QSize:
        return QSize(12 * self.fontMetrics().averageCharWidth(), super().minimumSizeHint().height())

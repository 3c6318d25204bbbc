"""Rows that a digit chooses, all of them in sight."""

from PySide6.QtGui import QFocusEvent, QKeyEvent

from ui.record.rows import Rows
from ui.theme import show_row_by_focus


class Numbered(Rows):
    """Up to nine rows; arrow and Enter choose too."""

    def __init__(self, identifier: str) -> None:
        super().__init__(identifier)
        show_row_by_focus(self)

    def show_numbered(self, rows: list[tuple[str, str]]) -> None:
        """Key and words of each, with its digit before the words."""
        self.show_rows([(key, f"{number}  {words}") for number, (key, words) in enumerate(rows, 1)])
        self.fit()

    def fit(self) -> None:
        line = max(self.sizeHintForRow(0), self.fontMetrics().lineSpacing())
        self.setMinimumHeight(line * self.words.rowCount() + 2 * self.frameWidth() + 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        show_row_by_focus(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        show_row_by_focus(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        place = int(digit) - 1 if digit.isascii() and digit.isdigit() else -1
        if 0 <= place < self.words.rowCount():
            self.setCurrentIndex(self.words.index(place))
            self.chosen.emit(self.current_key())
            return
        super().keyPressEvent(event)

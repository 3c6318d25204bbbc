"""What was chosen so far, as rows that can be removed: two tab stops however many rows there are."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from intake_app.i18n import _
from ui.form.finder import ShortList
from ui.translation import tr

_REMOVES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class ChosenRows(QWidget):
    """A list of chosen rows and one Remove button for the current row; hidden while empty.

    Signals: ``removed(int)`` the row that staff removed (Delete key or button; the owner shows the rows
    anew), ``current(int)`` the current row changed.
    """

    removed = Signal(int)
    current = Signal(int)

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: tuple[str, ...] = ()
        self.rows = ShortList(self)
        self.rows.setAccessibleIdentifier(identifier)
        self.remove = QPushButton(self)
        self.remove.setAccessibleIdentifier(f"{identifier}.remove")
        self.remove.setMinimumHeight(24)
        bottom = QHBoxLayout()
        bottom.addWidget(self.remove)
        bottom.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)
        layout.addLayout(bottom)
        self.rows.installEventFilter(self)
        self.rows.currentRowChanged.connect(self._current_changed)
        self.remove.clicked.connect(self._remove)
        tr(self.remove, self._name_button, lambda: _("Remove"))
        self.hide()

    def _name_button(self, text: str) -> None:
        self.remove.setText(text)
        self._name_current()

    def show_rows(self, texts: Sequence[str], spoken: Sequence[str] = ()) -> None:
        """Shows the rows; the current one stays, or its neighbour where it was removed."""
        place = max(self.rows.currentRow(), 0)
        if tuple(texts) != self._texts:
            self._texts = tuple(texts)
            if len(texts) != self.rows.count():
                self.rows.blockSignals(True)
                self.rows.clear()
                for _text in texts:
                    QListWidgetItem("", self.rows)
                self.rows.blockSignals(False)
            for row, text in enumerate(texts):
                self.rows.item(row).setText(text)
        for row, words in enumerate(spoken or texts):
            self.rows.item(row).setData(Qt.ItemDataRole.AccessibleTextRole, words)
        self.setVisible(bool(texts))
        self.rows.fit()
        if texts and self.rows.currentRow() < 0:
            self.rows.setCurrentRow(min(place, len(texts) - 1))
        self._name_current()

    def _current_changed(self, row: int) -> None:
        self._name_current()
        self.current.emit(row)

    def _name_current(self) -> None:
        row = self.rows.currentRow()
        if 0 <= row < len(self._texts):
            self.remove.setAccessibleName(_("Remove {chosen}").format(chosen=self._texts[row]))

    def _remove(self) -> None:
        if 0 <= self.rows.currentRow() < len(self._texts):
            self.removed.emit(self.rows.currentRow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.rows
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _REMOVES
        ):
            self._remove()
            return True
        return super().eventFilter(watched, event)

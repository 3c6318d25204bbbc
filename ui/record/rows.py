"""A list of sentences that is read by the arrow keys; a row is chosen with Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.fonts import for_row

NOWHERE = QModelIndex()


class RowsModel(QAbstractListModel):
    """Key and words of each row, plain values.

    No QListWidget: its items are objects of their own that Python and Qt both hold, and emptying one was
    seen to end the program.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[tuple[str, str], ...] = ()

    def show(self, rows: Sequence[tuple[str, str]]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> str | QFont | None:
        if index.isValid() and role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()][1]
        if index.isValid() and role == Qt.ItemDataRole.FontRole:
            return for_row(self.rows[index.row()][1])
        return None


class Rows(QListView):
    """Signals: ``chosen(str)`` the key of the row · ``moved()`` another row is the current one."""

    chosen = Signal(str)
    moved = Signal()

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = RowsModel(self)
        self.setModel(self.words)
        self.setAccessibleIdentifier(identifier)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda _index: self._choose())
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.moved.emit())

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Key and words of each row; the row that was current stays so where it is still there."""
        before, row = self.current_key(), self.currentIndex().row()
        if tuple(rows) == self.words.rows:
            return
        self.words.show(rows)
        keys = [key for key, _words in rows]
        if keys:
            # A list without a current row says nothing when it is reached by Tab.
            place = keys.index(before) if before in keys else min(max(row, 0), len(keys) - 1)
            self.setCurrentIndex(self.words.index(place))

    def current_key(self) -> str:
        """Empty where the list is."""
        row = self.currentIndex().row()
        return self.words.rows[row][0] if 0 <= row < len(self.words.rows) else ""

    def go_to(self, key: str) -> None:
        """Makes this row the current one; a key that is not there is no error."""
        keys = [one for one, _words in self.words.rows]
        if key in keys:
            self.setCurrentIndex(self.words.index(keys.index(key)))

    def texts(self) -> list[str]:
        """The words of every row, in order."""
        return [words for _key, words in self.words.rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if key := self.current_key():
            self.chosen.emit(key)

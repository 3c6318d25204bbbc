"""What was chosen so far, as rows that can be removed: two tab stops however many rows there are."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from intake_app.i18n import _
from ui.form.control import describe
from ui.form.finder import ShortList
from ui.translation import tr

_REMOVES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class ChosenRows(QWidget):
    """A list of chosen rows and one Remove button for the current row; hidden while empty.

    Signals: ``removed(int)`` the row that staff removed (Delete key or button; the owner shows the rows
    anew); ``current(int)`` the current row changed; ``made(QWidget)`` the list exists from now on.
    """

    removed = Signal(int)
    current = Signal(int)
    made = Signal(object)

    def __init__(self, identifier: str, after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._identifier = identifier
        self._after = after
        self._texts: tuple[str, ...] = ()
        self._spoken: tuple[str, ...] = ()
        self._name = self._description = ""
        self.rows: ShortList | None = None
        self.remove: QPushButton | None = None
        self.hide()

    def _make(self) -> ShortList:
        # Made when the first row is chosen: most forms are opened with nothing chosen.
        rows, remove = ShortList(self), QPushButton(self)
        rows.setAccessibleIdentifier(self._identifier)
        remove.setAccessibleIdentifier(f"{self._identifier}.remove")
        remove.setMinimumHeight(24)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(rows, 1)
        layout.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        rows.installEventFilter(self)
        rows.currentRowChanged.connect(self._current_changed)
        remove.clicked.connect(self._remove)
        self.rows, self.remove = rows, remove
        QWidget.setTabOrder(self._after, rows)
        QWidget.setTabOrder(rows, remove)
        describe(rows, self._name, self._description)
        tr(remove, self._name_button, lambda: _("Remove"))
        self.made.emit(rows)
        return rows

    def stops(self) -> list[QWidget]:
        """The list and its button, once something was chosen."""
        return [self.rows, self.remove] if self.rows is not None and self.remove is not None else []

    def current_row(self) -> int:
        """-1 while nothing is chosen."""
        return self.rows.currentRow() if self.rows is not None and self._texts else -1

    def set_current_row(self, row: int) -> None:
        if self.rows is not None:
            self.rows.setCurrentRow(row)

    def describe(self, name: str, description: str) -> None:
        self._name, self._description = name, description
        if self.rows is not None:
            describe(self.rows, name, description)

    def _name_button(self, text: str) -> None:
        if self.remove is not None:
            self.remove.setText(text)
        self._name_current()

    def show_rows(self, texts: Sequence[str], spoken: Sequence[str] = ()) -> None:
        """Shows the rows; the current one stays, or its neighbour where it was removed."""
        rows = self.rows
        if rows is None:
            if not texts:
                return
            rows = self._make()
        place = max(rows.currentRow(), 0)
        if tuple(texts) != self._texts:
            self._texts = tuple(texts)
            if len(texts) != rows.count():
                rows.blockSignals(True)
                rows.clear()
                # Not as items made in Python: see SectionList.
                rows.addItems([""] * len(texts))
                rows.blockSignals(False)
            for row, text in enumerate(texts):
                rows.item(row).setText(text)
        self._spoken = tuple(spoken or texts)
        for row, words in enumerate(self._spoken):
            rows.item(row).setData(Qt.ItemDataRole.AccessibleTextRole, words)
        self.setVisible(bool(texts))
        rows.fit()
        if texts and rows.currentRow() < 0:
            rows.setCurrentRow(min(place, len(texts) - 1))
        self._name_current()

    def _current_changed(self, row: int) -> None:
        self._name_current()
        self.current.emit(row)

    def _name_current(self) -> None:
        row = self.current_row()
        if self.remove is not None and 0 <= row < len(self._spoken):
            self.remove.setAccessibleName(_("Remove {chosen}").format(chosen=self._spoken[row]))

    def _remove(self) -> None:
        if 0 <= self.current_row() < len(self._texts):
            self.removed.emit(self.current_row())

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

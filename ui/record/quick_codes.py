"""Quick codes: a few letters become a sentence in the story, chosen by keys from a list."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from intake_app.forms.model import Choice
from intake_app.i18n import _
from ui.record.rows import Rows
from ui.translation import tr


class QuickCodes(QWidget):
    """A filter field over a list, below the story; shown while it is used.

    Signals: ``chosen(str)`` the text to put in · ``left()`` Esc
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, codes: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes = tuple(codes)
        self.filter = QLineEdit(self)
        self.filter.setAccessibleIdentifier("quick_code")
        self.filter.textChanged.connect(self._show)
        self.filter.returnPressed.connect(self._choose)
        self.filter.installEventFilter(self)
        label = QLabel(self)
        label.setBuddy(self.filter)
        tr(label, label.setText, lambda: _("Quick code"))
        tr(
            self.filter,
            self.filter.setAccessibleDescription,
            lambda: _("Type its first letters, then Enter; Down for the list"),
        )
        self.rows = Rows("quick_code_rows", self)
        self.rows.chosen.connect(self._take)
        tr(self.rows, self.rows.setAccessibleName, lambda: _("Quick codes"))
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.filter, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(row)
        outer.addWidget(self.rows)
        self.rows.setMaximumHeight(6 * self.fontMetrics().lineSpacing())
        self.hide()

    def open(self) -> None:
        self.filter.clear()
        self._show()
        self.show()
        self.filter.setFocus()

    def _show(self, _text: str = "") -> None:
        wanted = self.filter.text().strip().casefold()
        fitting = [
            code
            for code in self._codes
            if not wanted
            or code.code.casefold().startswith(wanted)
            or any(word.startswith(wanted) for word in code.label.casefold().split())
        ]
        # A code typed whole comes first, whatever else begins with it.
        fitting.sort(key=lambda code: code.code.casefold() != wanted)
        self.rows.show_rows([(code.code, _row(code)) for code in fitting])
        if fitting:
            self.rows.setCurrentIndex(self.rows.words.index(0))

    def _choose(self) -> None:
        if key := self.rows.current_key():
            self._take(key)

    def _take(self, key: str) -> None:
        chosen = next(code for code in self._codes if code.code == key)
        self.hide()
        self.chosen.emit(chosen.filter.get("text") or chosen.label)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() != Qt.Key.Key_Down or not self.rows.words.rowCount():
            return False
        self.rows.setFocus()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _row(code: Choice) -> str:
    return f"{code.code}  {code.label}"

"""A panel that takes the place of the form for a while, without ever trapping anybody."""

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.accessibility import heading


class Panel(QWidget):
    """A heading that takes the focus, what is below it, scrolling where it is long, and a foot in sight.

    Signals: ``left()`` Esc was pressed: back to the exact place.
    """

    left = Signal()

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading: QLabel = heading(parent=self)
        self.heading.setAccessibleIdentifier(f"{identifier}_heading")
        self._whole: QWidget | None = None
        self.body = QVBoxLayout()
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.addWidget(self.heading)
        inner.addLayout(self.body, 1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A scroll area is a nameless tab stop otherwise.
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area, 1)
        self.foot = QHBoxLayout()
        outer.addLayout(self.foot)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._keep_focus_in_sight)

    def _keep_focus_in_sight(self, _before: QWidget | None, now: QWidget | None) -> None:
        # WCAG 2.4.11: what has the focus is wholly visible in its scroll area.
        if now is not None and self.isVisible() and self.area.isAncestorOf(now):
            self.area.ensureWidgetVisible(now, 8, 24)

    def take_focus(self) -> None:
        """Where the focus goes when the panel opens: the heading, whose text is read."""
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_whole(self, form: QWidget) -> None:
        """A form inside, with the height it needs: the panel scrolls, and nothing scrolls within it."""
        self._whole = form
        self._fit()

    def _fit(self) -> None:
        form = self._whole
        if form is None or not shiboken6.isValid(form):
            return
        area = form.findChild(QScrollArea)
        page = area.widget() if area is not None else None
        layout = page.layout() if page is not None else None
        if layout is not None:
            width = self.area.viewport().width()
            wraps = layout.hasHeightForWidth()
            form.setFixedHeight(layout.totalHeightForWidth(width) if wraps else layout.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Rows(QListWidget):
    """A list of sentences; Return and Enter choose the row.

    Signals: ``chosen(str)`` the key of the row.
    """

    chosen = Signal(str)

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleIdentifier(identifier)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(self._choose)

    def show_rows(self, rows: list[tuple[str, str]]) -> None:
        """Key and words of each row; the row that was current stays so where it is still there."""
        before = self.current_key()
        self.clear()
        # Not as items made in Python: see SectionList.
        self.addItems([words for _key, words in rows])
        for place, (key, _words) in enumerate(rows):
            self.item(place).setData(Qt.ItemDataRole.UserRole, key)
        keys = [key for key, _words in rows]
        if keys:
            # A list without a current row says nothing when it is reached by Tab.
            self.setCurrentRow(keys.index(before) if before in keys else 0)

    def current_key(self) -> str:
        """Empty where the list is."""
        row = self.currentItem()
        return "" if row is None else str(row.data(Qt.ItemDataRole.UserRole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self, _item: QListWidgetItem | None = None) -> None:
        if key := self.current_key():
            self.chosen.emit(key)

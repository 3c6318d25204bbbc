"""A panel that takes the place of the form for a while, without ever trapping anybody."""

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.accessibility import focus_heading, heading


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
        if now is None or not self.isVisible() or not self.area.isAncestorOf(now):
            return
        inside = self.area.widget()
        if isinstance(now, QAbstractItemView) and inside is not None:
            # Of a list that is higher than the room for it, the current row.
            row = now.visualRect(now.currentIndex())
            place = now.viewport().mapTo(inside, row.center())
            self.area.ensureVisible(place.x(), place.y(), 0, row.height() + 24)
        else:
            self.area.ensureWidgetVisible(now, 8, 24)

    def take_focus(self) -> None:
        """Where the focus goes when the panel opens: the heading, whose text is read."""
        focus_heading(self.heading)

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

"""The scrolled page of a form, on which the question in use is never out of sight (WCAG 2.2, 2.4.11)."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from ui import theme

_ABOVE_AND_BELOW_PX = 16
_BETWEEN_ROWS_EM = 1.2


class _Page(QWidget):
    """As high as its wrapped words need at this width: Qt would take the height of the narrowest width."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class PageArea(QScrollArea):
    """Scrolls one column of rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a scroll area is a nameless tab stop
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.page = _Page()
        self.column = QVBoxLayout(self.page)
        self.column.setSpacing(theme.em(self, _BETWEEN_ROWS_EM))
        self.setWidget(self.page)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(self._show_again)
        self.page.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """Two lines at least: Qt would ask for more than a small screen has left beside what is around it."""
        wanted = super().minimumSizeHint()
        return QSize(wanted.width(), min(wanted.height(), 2 * self.fontMetrics().lineSpacing()))

    def show_row(self, row: QWidget, control: QWidget) -> None:
        """Scrolls until the whole row is in sight, or at least its control where the row is too high.

        ``ensureWidgetVisible`` would be content with a text field's caret.
        """
        sight = self.viewport().height()
        target = row if row.height() <= sight else control
        top = target.mapTo(self.page, QPoint(0, 0)).y() - _ABOVE_AND_BELOW_PX
        bottom = top + target.height() + 2 * _ABOVE_AND_BELOW_PX
        bar = self.verticalScrollBar()
        if bottom > bar.value() + sight:
            bar.setValue(bottom - sight)
        if top < bar.value():
            bar.setValue(top)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.column.setSpacing(theme.em(self, _BETWEEN_ROWS_EM))

    def _show_again(self) -> None:
        control = QApplication.focusWidget()
        if control is None or not self.page.isAncestorOf(control):
            return
        row = control
        while (parent := row.parentWidget()) is not None and parent is not self.page:
            row = parent
        self.show_row(row, control)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.page and event.type() == QEvent.Type.Resize:
            # Rows came, went or took more lines: the one in use must not slip out of sight.
            self._settling.start()
        return super().eventFilter(watched, event)

"""A link among the widgets, such as one error of a summary."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QWidget

from ui import theme

SMALLEST_TARGET_PX = 24
_LINK_MARGIN_PX = 4


class LinkButton(QPushButton):
    """A flat button that is called a link, one for each error of a summary.

    A label with several links speaks only the first. Outside a dialog Qt's buttons ignore Return. Its words
    wrap, which Qt's buttons never do: a long one would push the page wider than the window (WCAG 1.4.10).
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFlat(True)
        font = self.font()
        font.setUnderline(True)
        self.setFont(font)
        theme.ink(self, "accent")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _words(self) -> str:
        return self.text().replace("&&", "&")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(width - 2 * _LINK_MARGIN_PX, 40), 100_000)
        wrapped = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._words())
        # Half a line above and below, so that the target grows with the text.
        return max(SMALLEST_TARGET_PX, wrapped.height() + self.fontMetrics().height() // 2)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._words()) + 2 * _LINK_MARGIN_PX + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(12 * metrics.averageCharWidth(), max(SMALLEST_TARGET_PX, metrics.height() * 3 // 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        flags = int(side) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        room = self.rect().adjusted(_LINK_MARGIN_PX, 0, -_LINK_MARGIN_PX, 0)
        role = QPalette.ColorRole.ButtonText
        self.style().drawItemText(painter, room, flags, self.palette(), self.isEnabled(), self._words(), role)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

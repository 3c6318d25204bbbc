"""A layout that begins another row where the width ends, as words do (WCAG 1.4.10)."""

from typing import cast

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget, QWidgetItem

GAP_PX = 8


class _Place:
    """An item of Qt's, which lives until ``takeAt`` hands it over, and Python's view of it, which may not.

    PySide6 6.11.3 takes that view apart when a panel elsewhere in the window is deleted (seen: the words of
    a change that came); asked through it, the item ended the program.
    """

    def __init__(self, item: QLayoutItem) -> None:
        self._view = item
        self._address: int = shiboken6.getCppPointer(item)[0]

    @property
    def item(self) -> QLayoutItem:
        if not shiboken6.isValid(self._view):
            self._view = cast(QLayoutItem, shiboken6.wrapInstance(self._address, QWidgetItem))
        return self._view


class FlowLayout(QLayout):
    """Rows of widgets in their natural width, mirrored from right to left; hidden ones take no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: list[_Place] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._places.append(_Place(item))

    def count(self) -> int:
        return len(self._places)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._places[index].item if 0 <= index < len(self._places) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._places.pop(index).item if 0 <= index < len(self._places) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._place(area, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """As wide as the widest widget alone."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [one.item for one in self._places if not one.item.isEmpty()]

    def _place(self, area: QRect, move: bool) -> int:
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        x, y, row = area.x(), area.y(), 0
        items = self._shown()
        tallest = max((item.sizeHint().height() for item in items), default=0)
        for item in items:
            hint = item.sizeHint()
            width = min(hint.width(), area.width())
            if x > area.x() and x + width > area.right() + 1:
                x, y = area.x(), y + row + GAP_PX
            if move:
                place = QRect(QPoint(x, y), QSize(width, tallest))
                item.setGeometry(QStyle.visualRect(direction, area, place))
            x += width + GAP_PX
            row = tallest
        return y + row - area.y()

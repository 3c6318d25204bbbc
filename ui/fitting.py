"""Whether everything on a window can be seen whole: words that need more room, controls cut off at a side.

Measured where things are shown and not by what they would like: a scroll area without a horizontal bar cuts
its children without any of them being too small itself.
"""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTextEdit,
    QWidget,
)

from ui.form.wrapped_buttons import WrappedCheck, WrappedRadio

_SHOWN = (QAbstractButton, QAbstractItemView, QComboBox, QGroupBox, QLabel, QLineEdit, QTextEdit)
_SLACK_PX = 1
_UNBOUNDED_PX = 100_000


def clipped(window: QWidget) -> list[str]:
    """One sentence for each thing that is not shown whole; empty where everything is."""
    found = []
    for widget in _visible(window):
        found += [f"cut: {_called(widget)} {lack}" for lack in _lacks(widget)]
        if isinstance(widget, _SHOWN):
            found += _outside(widget, window)
    return found


def _visible(root: QWidget) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and widget.window() is root.window() and not widget.size().isEmpty():
            yield widget


def _lacks(widget: QWidget) -> Iterator[str]:
    """What the words of a widget need beyond the room that it has."""
    if isinstance(widget, WrappedRadio | WrappedCheck) or (isinstance(widget, QLabel) and widget.wordWrap()):
        yield from _wrapped(widget)
    elif isinstance(widget, QLabel | QAbstractButton) and widget.text():
        yield from _line(widget.minimumSizeHint().width(), widget.width())
    elif isinstance(widget, QGroupBox) and widget.title():
        yield from _line(widget.fontMetrics().horizontalAdvance(_plain(widget.title())), widget.width())
    elif isinstance(widget, QComboBox):
        yield from _line(widget.fontMetrics().horizontalAdvance(widget.currentText()), _room_of(widget))
    elif isinstance(widget, QLineEdit) and not widget.text():
        words = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        yield from _line(words, widget.contentsRect().width())
    elif isinstance(widget, QHeaderView):
        for section in range(widget.count()):
            if not widget.isSectionHidden(section):
                needed = widget.sectionSizeFromContents(section).width()
                yield from _line(needed, widget.sectionSize(section), f"in column {section + 1} ")
    elif isinstance(widget, QMenuBar):
        for action in widget.actions():
            if not widget.rect().contains(widget.actionGeometry(action).adjusted(1, 1, -1, -1)):
                yield f"has no room for {action.text()!r}"


def _line(needed: int, room: int, where: str = "") -> Iterator[str]:
    if needed > room + _SLACK_PX:
        yield f"{where}lacks {needed - room} px in width"


def _wrapped(widget: QLabel | QAbstractButton) -> Iterator[str]:
    """A word that is wider than the line is cut at its side, a line too many at the foot."""
    if not widget.text():
        return
    room = widget.contentsRect().width()
    if isinstance(widget, WrappedRadio | WrappedCheck):
        room -= widget.minimumSizeHint().width() - 12 * widget.fontMetrics().averageCharWidth()
    elif isinstance(widget, QLabel):
        room -= 2 * widget.margin()
    area = QRect(0, 0, room, _UNBOUNDED_PX)
    words = widget.fontMetrics().boundingRect(area, int(Qt.TextFlag.TextWordWrap), _plain(widget.text()))
    yield from _line(words.width(), room)
    if words.height() > widget.height() + _SLACK_PX:
        yield f"lacks {words.height() - widget.height()} px in height"


def _room_of(combo: QComboBox) -> int:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    return combo.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, combo).width()


def _outside(widget: QWidget, window: QWidget) -> Iterator[str]:
    """Cut off at the left or right by the first of its parents that is narrower."""
    parent, left = widget.parentWidget(), widget.x()
    while parent is not None and widget is not window:
        if left < -_SLACK_PX or left + widget.width() > parent.width() + _SLACK_PX:
            reach = f"{left} to {left + widget.width()} of {parent.width()}"
            if not _scrolls_sideways(parent):
                yield f"outside: {_called(widget)} reaches {reach}"
            return
        if parent is window:
            return
        left = widget.mapTo(parent.parentWidget() or parent, QPoint(0, 0)).x()
        parent = parent.parentWidget()


def _scrolls_sideways(viewport: QWidget) -> bool:
    area = viewport.parentWidget()
    return isinstance(area, QScrollArea | QAbstractItemView) and area.horizontalScrollBar().isVisible()


def _plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _called(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return f"{type(widget).__name__} {widget.accessibleIdentifier() or text or widget.accessibleName()!r}"

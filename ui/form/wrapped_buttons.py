"""Radio buttons and check boxes whose words wrap, and the frameless group box that names them.

Qt's own never wrap: at 200 % text a long choice would push the form wider than the window (WCAG 1.4.10).
Only the words are painted here; indicator, state and role stay those of the style and of Qt.
"""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QGroupBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

SMALLEST_TARGET_PX = 24
"""WCAG 2.5.8; Fusion's radio buttons and check boxes are 19 pixels high (measured)."""


class _Wrapping:
    """Where the words go; shared by both buttons, which differ in the style's names only."""

    def __init__(self, button: QRadioButton | QCheckBox) -> None:
        self._button = button
        self._indent, self._indent_of = 0, ""
        radio = isinstance(button, QRadioButton)
        element = QStyle.SubElement
        self.contents = element.SE_RadioButtonContents if radio else element.SE_CheckBoxContents
        self.control = QStyle.ControlElement.CE_RadioButton if radio else QStyle.ControlElement.CE_CheckBox
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        button.setSizePolicy(policy)

    def option(self) -> QStyleOptionButton:
        option = QStyleOptionButton()
        self._button.initStyleOption(option)
        option.text = ""
        return option

    def indent(self) -> int:
        """Pixels that the indicator and its gap take; layouts ask often, so it is kept for each font."""
        font = self._button.font().key()
        if font != self._indent_of:
            option = self.option()
            option.rect = QRect(0, 0, 1000, 100)
            area = self._button.style().subElementRect(self.contents, option, self._button)
            self._indent, self._indent_of = 1000 - area.width(), font
        return self._indent

    def text_height(self, width: int) -> int:
        room = QRect(0, 0, max(width - self.indent(), 40), 100_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        return self._button.fontMetrics().boundingRect(room, flags, self._button.text()).height()

    def height_for(self, width: int) -> int:
        return max(SMALLEST_TARGET_PX, self.text_height(width) + 6)

    def hint(self) -> QSize:
        width = self.indent() + self._button.fontMetrics().horizontalAdvance(self._button.text()) + 4
        return QSize(width, max(SMALLEST_TARGET_PX, self._button.fontMetrics().height() + 6))

    def smallest(self) -> QSize:
        letters = self._button.fontMetrics().averageCharWidth()
        return QSize(self.indent() + 12 * letters, self.hint().height())

    def paint(self) -> None:
        button = self._button
        painter = QPainter(button)
        option = self.option()
        button.style().drawControl(self.control, option, painter, button)
        area = button.style().subElementRect(self.contents, option, button)
        side = QStyle.visualAlignment(button.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        flags = int(side) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        button.style().drawItemText(
            painter,
            area,
            flags,
            button.palette(),
            button.isEnabled(),
            button.text(),
            QPalette.ColorRole.WindowText,
        )
        painter.end()


class WrappedRadio(QRadioButton):
    """A radio button whose words wrap; the text is shown as it is, without Alt letters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wrapping = _Wrapping(self)

    def show_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._wrapping.height_for(width)

    def sizeHint(self) -> QSize:
        return self._wrapping.hint()

    def minimumSizeHint(self) -> QSize:
        return self._wrapping.smallest()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._wrapping.paint()


class WrappedCheck(QCheckBox):
    """A check box whose words wrap; never tristate, whose change a screen reader does not speak."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wrapping = _Wrapping(self)

    def show_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._wrapping.height_for(width)

    def sizeHint(self) -> QSize:
        return self._wrapping.hint()

    def minimumSizeHint(self) -> QSize:
        return self._wrapping.smallest()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._wrapping.paint()


class NamedBox(QGroupBox):
    """A group box that names its buttons to a screen reader and shows nothing itself.

    It has a name and no title: the question is shown by a label that wraps, and with a title Orca repeats
    the question at every arrow key (heard), because Qt then calls it the label of each button.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFlat(True)
        self.setContentsMargins(0, 0, 0, 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Qt makes room for a frame again whenever font or style change.
        self.setContentsMargins(0, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing: no frame is shown."""

"""Words of a label that is read from right to left, drawn as its readers expect them.

Qt looks at the first letter only: "Enter opens it" in Urdu is drawn from left to right, so that sentences
change places, and a label of Latin words stands at the left of an Arabic form. And where words wrap it moves
each line but the last by the space at its end (Qt 6.11; all three seen).
"""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QTextLayout, QTextOption

from intake_app.text import has_right_to_left

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_FROM_LEFT, _FROM_RIGHT = Qt.TextFlag.TextForceLeftToRight, Qt.TextFlag.TextForceRightToLeft
_WITH_ACCESS_KEY = int(Qt.TextFlag.TextShowMnemonic) | int(Qt.TextFlag.TextHideMnemonic)


def flags_for(flags: int, text: str) -> int:
    """What Qt would do with the text, put right for a widget that is laid out from right to left."""
    if not flags & int(_FROM_LEFT):
        return flags
    if flags & int(_LEFT):
        flags = flags & ~int(_LEFT) | int(_RIGHT)
    return flags & ~int(_FROM_LEFT) | int(_FROM_RIGHT) if has_right_to_left(text) else flags


def draw_wrapped(painter: QPainter, rect: QRect, flags: int, text: str) -> bool:
    """Draws the lines where Qt breaks them; False for what Qt draws rightly itself."""
    access_key = flags & _WITH_ACCESS_KEY and "&" in text
    if access_key or not flags & int(Qt.TextFlag.TextWordWrap) or not flags & int(_RIGHT):
        return False
    option = QTextOption(_RIGHT)
    from_left = flags & int(_FROM_LEFT) or not has_right_to_left(text)
    option.setTextDirection(Qt.LayoutDirection.LeftToRight if from_left else Qt.LayoutDirection.RightToLeft)
    layout = QTextLayout(text.replace("\n", "\u2028"), painter.font(), painter.device())
    layout.setTextOption(option)
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(rect.width())
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    if layout.lineCount() < 2:
        return False
    spare = rect.height() - height
    if flags & int(Qt.AlignmentFlag.AlignVCenter):
        spare /= 2
    elif not flags & int(Qt.AlignmentFlag.AlignBottom):
        spare = 0
    layout.draw(painter, QPointF(rect.x(), rect.y() + spare))
    return True

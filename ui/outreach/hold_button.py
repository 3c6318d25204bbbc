"""A button that acts when it is held: a touch in passing does nothing."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

HOLD_MS = 3_000


class HoldButton(QPushButton):
    """By mouse, by touch or by the space bar. Signals: ``held()``."""

    held = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.holding = QTimer(self, singleShot=True, interval=HOLD_MS)
        self.holding.timeout.connect(self.held)
        self.pressed.connect(self.holding.start)
        self.released.connect(self.holding.stop)

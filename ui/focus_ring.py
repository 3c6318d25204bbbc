"""One ring that shows where the focus is, the same round every control and in every theme."""

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFocusFrame, QWidget


class FocusRing(QObject):
    """Follows the focus with Qt's own frame; ``IntakeStyle`` draws it, and it takes no mouse and no focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame: QFocusFrame | None = None
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._frame is not None and not shiboken6.isValid(self._frame):
            self._frame = None  # it went with the window it was last shown in
        if now is None or now.isWindow():
            if self._frame is not None:
                self._frame.setWidget(None)  # type: ignore[arg-type]
            return
        if self._frame is None:
            self._frame = QFocusFrame()
        self._frame.setWidget(now)
        if now.isVisible() and not self._frame.isVisible():
            # Qt leaves it hidden where the widget was out of sight and is only scrolled to afterwards.
            self._frame.raise_()
            self._frame.show()

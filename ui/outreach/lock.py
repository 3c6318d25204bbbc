"""The window lent to somebody else: one page fills the screen, and nothing else of Intake can be reached."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.shell import ShellWindow

_DEEDS = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel)
)
_HELD = frozenset(
    (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
     Qt.Key.Key_CapsLock, Qt.Key.Key_Insert)
)  # fmt: skip
"""Keys that do nothing alone, and those that belong to a screen reader."""


class Lock(QObject):
    """A soft lock: whoever knows how can still change to another program of this computer.

    What the window held is taken out of it, hidden and whole, so that no menu, bar, key, list or status line
    is left to be found by eye, key or screen reader. The title tells nothing. Closing the window is put off,
    unless the computer is being shut down.

    Signals: ``used()`` a key, a touch or the mouse · ``close_wanted()`` · ``activated()`` the window came to
    the front
    """

    used = Signal()
    close_wanted = Signal()
    activated = Signal()

    def __init__(self, shell: ShellWindow) -> None:
        super().__init__(shell)
        self._shell = shell
        self._body: QWidget | None = None
        self._title = ""
        self._state = shell.windowState()
        self._switched_off: list[QAction] = []
        self.takes_deeds = False
        """While True a key or a touch is only noticed, and does nothing else."""

    @property
    def is_on(self) -> bool:
        return self._body is not None

    def put_on(self, page: QWidget, spared: str) -> None:
        """Shows nothing but ``page``; of all keys only the action named ``spared`` still acts."""
        shell = self._shell
        self._title, self._state = shell.windowTitle(), shell.windowState()
        self._switched_off = [
            one for one in shell.actions() if one.isEnabled() and one.objectName() != spared
        ]
        for one in self._switched_off:
            one.setEnabled(False)
        shell.menuBar().setEnabled(False)
        shell.menuBar().hide()
        body = shell.centralWidget()
        assert body is not None
        self._body = body
        shell.takeCentralWidget()
        body.hide()
        shell.setCentralWidget(page)
        shell.setWindowTitle("Intake")
        shell.showFullScreen()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def take_off(self) -> None:
        """Everything stands as before; ``page`` is gone."""
        shell, body = self._shell, self._body
        if body is None:
            return
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        self._body, self.takes_deeds = None, False
        page = shell.centralWidget()
        assert page is not None
        shell.takeCentralWidget()
        shell.setCentralWidget(body)
        body.show()
        page.hide()
        page.deleteLater()
        shell.menuBar().setEnabled(True)
        shell.menuBar().show()
        for one in self._switched_off:
            one.setEnabled(True)
        self._switched_off = []
        shell.setWindowTitle(self._title)
        shell.setWindowState(self._state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Close and watched is self._shell:
            if self._is_shutting_down():
                return False
            event.ignore()
            self.close_wanted.emit()
            return True
        if kind == QEvent.Type.WindowActivate and watched is self._shell:
            QTimer.singleShot(0, self, self.activated.emit)
        if kind not in _DEEDS or not isinstance(watched, QWidget) or watched.window() is not self._shell:
            return False
        if isinstance(event, QKeyEvent) and event.key() in _HELD:
            return False
        takes = self.takes_deeds
        self.used.emit()
        return takes

    @staticmethod
    def _is_shutting_down() -> bool:
        application = QApplication.instance()
        return isinstance(application, QApplication) and application.isSavingSession()

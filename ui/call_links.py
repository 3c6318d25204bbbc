"""Links to calls that the system hands to the running program by an event, as macOS does."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent

from intake_app.caller_number import is_link


class CallLinks(QObject):
    """Watches the application. Signals: ``rung(channel, number)`` as a second copy's would."""

    rung = Signal(str, str)

    def __init__(self, app: QObject, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and is_link(link := event.url().toString()):
            self.rung.emit("phone", link)
            return True
        return super().eventFilter(watched, event)

"""What happens on a bug: a log without anything personal, a word on where the draft is, and work goes on."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from intake_app import logs
from intake_app.i18n import _
from intake_app.text import ltr


class CrashScreen(QObject):
    """Shows one dialog at a time; further bugs meanwhile are logged only.

    ``log`` is where ``intake_app.logs`` writes. ``where_words_are`` says in a sentence what is saved and
    where, and is asked at the moment of showing.
    """

    _met = Signal()

    def __init__(self, window: QWidget, log: Path, where_words_are: Callable[[], str]) -> None:
        super().__init__(window)
        self._window = window
        self._log = log
        self._where_words_are = where_words_are
        self._box: QMessageBox | None = None
        # From whatever thread it comes, it is shown on this one.
        self._met.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Takes over the hooks of the interpreter for uncaught errors."""
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logs.fault("window.fault", error)
        self._met.emit()

    def _on_thread_error(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._on_error(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _show(self) -> None:
        if self._box is not None:
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(_("Something went wrong"))
        box.setText(_("Something went wrong in Intake. You can go on working."))
        told = [self._where_words_are()]
        told.append(
            _("The fault is noted in {path}, without anything that anybody said.").format(
                path=ltr(str(self._log))
            )
        )
        box.setInformativeText("\n\n".join(part for part in told if part))
        go_on = box.addButton(_("Go on"), QMessageBox.ButtonRole.AcceptRole)
        close = box.addButton(_("Close Intake"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(go_on)
        box.setEscapeButton(go_on)
        close.clicked.connect(self._window.close)
        box.setWindowModality(Qt.WindowModality.WindowModal)
        box.finished.connect(self._forget)
        self._box = box
        box.open()

    def _forget(self, _result: int) -> None:
        if self._box is not None:
            self._box.deleteLater()
        self._box = None

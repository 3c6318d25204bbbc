"""Rounds with the hub while the window is open: by timer, soon after a record is finished, or on request."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.i18n import _, ngettext, series
from ui.child_process import ChildProcess
from ui.workplace import Workplace

ROUND_EVERY_MS = 5 * 60_000
SOON_MS = 3_000


class SyncRounds(QObject):
    """Each round is a process of its own, so that ten thousand documents never slow a key press.

    Only a round that somebody asked for speaks; while a call is open the others are silent.

    Signals: ``finished()`` after every round, whatever came of it · ``words_changed(str)`` the state of
    the exchange with the hub, to be shown and not spoken.
    """

    finished = Signal()
    words_changed = Signal(str)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._child: ChildProcess | None = None
        self._asked_for = False
        self._again = False
        self._timer = QTimer(self, interval=ROUND_EVERY_MS)
        self._timer.timeout.connect(self._run)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._run)
        self.words = ""

    def begin(self) -> None:
        """From now on by timer, where this computer has joined a hub; alone is a full way of working."""
        self._timer.start()
        self._soon.start()

    def soon(self) -> None:
        """Something new waits; several finished records make one round."""
        self._soon.start()

    def run_now(self) -> None:
        """Somebody asked for it, so what comes of it is spoken."""
        self._asked_for = True
        if not self._enrolled():
            self._asked_for = False
            self._workplace.announce(
                _("This computer works alone: it has joined no hub. Everything is kept here, encrypted.")
            )
            return
        if self._running():
            self._workplace.announce(_("A round with the hub is under way"))
            return
        self._workplace.announce(_("Sending and receiving"))
        self._run()

    def end(self) -> None:
        """The window closes: what the round committed stays."""
        self._timer.stop()
        self._soon.stop()
        if self._child is not None:
            self._child.cancel()

    def _enrolled(self) -> bool:
        return self._workplace.store.sync.enrolment() is not None

    def _running(self) -> bool:
        return self._child is not None and self._child.running

    def _run(self) -> None:
        if not self._enrolled():
            return
        if self._running():
            self._again = True
            return
        self._child = ChildProcess(self)
        self._child.finished.connect(self._ended)
        self._child.start(
            ["sync", "--data-dir", str(self._workplace.folder), "--key-stdin", "--progress-json"],
            self._workplace.store.key_for_child(),
        )

    def _ended(self, code: int, report: dict[str, Any], complaint: str) -> None:
        self.words = _report_words(report) if code == 0 else complaint
        self.words_changed.emit(self.words)
        new_device = code == 0 and bool(report.get("new_device"))
        if new_device:
            # Another process changed it: new records are to bear the new id.
            self._workplace.background.run(self, self._workplace.store.sync.refresh, lambda _none: None)
        if self._asked_for or new_device:
            self._asked_for = False
            self._workplace.announce(self.words)
        self.finished.emit()
        if self._again:
            self._again = False
            self._soon.start()


def _report_words(report: dict[str, Any]) -> str:
    sent, received = int(report.get("pushed", 0)), int(report.get("pulled", 0))
    parts = [
        ngettext("{count} sent", "{count} sent", sent).format(count=sent),
        ngettext("{count} received", "{count} received", received).format(count=received),
    ]
    refused, conflicts = int(report.get("refused", 0)), int(report.get("conflicts", 0))
    if refused:
        parts.append(ngettext("{count} refused", "{count} refused", refused).format(count=refused))
    if conflicts:
        parts.append(
            ngettext("{count} with two versions", "{count} with two versions", conflicts).format(
                count=conflicts
            )
        )
    fetched, left = int(report.get("files_fetched", 0)), int(report.get("files_left", 0))
    if fetched:
        parts.append(
            ngettext("{count} attachment received", "{count} attachments received", fetched).format(
                count=fetched
            )
        )
    if left:
        parts.append(
            ngettext("{count} attachment still to send", "{count} attachments still to send", left).format(
                count=left
            )
        )
    joined = int(report.get("joined", 0))
    if joined:
        parts.append(ngettext("{count} joined", "{count} joined", joined).format(count=joined))
    words = _("Up to date with the hub: {parts}").format(parts=series(parts))
    if report.get("new_device"):
        words += " " + _(
            "This folder was a copy that another computer uses too, or an old copy brought back. "
            "This computer now has a number of its own; nothing is lost."
        )
    return words

"""What may be done with an attached file: looked at, opened outside, saved as a copy, got from the hub."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from intake_app.attachments import AttachedFile, safe_name
from intake_app.errors import IntakeError
from intake_app.i18n import _
from intake_app.text import fsi, ltr
from ui.attachments import outside, words
from ui.attachments.picture import read_picture
from ui.attachments.steps import Steps
from ui.messages import sentence
from ui.workplace import Workplace


class FileDeeds(QObject):
    """Nothing is opened, saved or fetched but by a person's act; nothing that may run is ever opened.

    Signals: ``changed()`` where the bytes of a file are may have changed · ``sync_wanted()``
    """

    changed = Signal()
    sync_wanted = Signal()

    def __init__(self, workplace: Workplace, window: QWidget) -> None:
        super().__init__(window)
        self._workplace = workplace
        self._window = window
        self.open_with_system: Callable[[Path], bool] = _open_with_system
        self.box: QMessageBox | None = None

    def look(self, file: AttachedFile, show: Callable[[QImage], object]) -> None:
        """A picture, read and made ready on the worker."""
        store = self._workplace.store
        self._workplace.background.run(
            self, lambda: read_picture(store.attachments.chunks(file.sha256), file.media_type), show,
            lambda error: self._say_error(file, error),
        )  # fmt: skip

    def open_outside(self, file: AttachedFile) -> None:
        """Asks first and tells of the copy that it needs."""
        if file.runs:
            self._workplace.announce(words.running_warning(file))
            return
        place = ltr(str(outside.folder_of(self._workplace.folder)))
        self._ask(
            words.outside_warning(file, place), _("Open it"), "open_outside", lambda: self._open_outside(file)
        )

    def save_copy(self, file: AttachedFile) -> None:
        """Where a person says; one that may run only after a warning."""
        if file.runs:
            warning = words.running_warning(file)
            self._ask(warning, _("Save it all the same"), "save_running", lambda: self._save(file))
        else:
            self._save(file)

    def fetch(self, record_id: str, file: AttachedFile) -> None:
        """Asks the hub for the bytes: now where there is one, else at the next round."""
        store = self._workplace.store

        def wanted(_none: None) -> None:
            self._workplace.announce(
                _("{name} comes from the hub with the next exchange").format(name=fsi(file.name))
            )
            self.changed.emit()
            self.sync_wanted.emit()

        self._workplace.background.run(self, lambda: store.attachments.want(record_id, file.sha256), wanted)

    def write_copy(self, file: AttachedFile, path: Path) -> None:
        """The bytes, not encrypted, into a file of the person's choice."""
        store = self._workplace.store.attachments
        self._in_steps(
            file, outside.write_copy(store, file, path),
            lambda _path: self._workplace.announce(words.saved_warning(file)),
        )  # fmt: skip

    def _save(self, file: AttachedFile) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self._window, _("Save a copy"), str(Path.home() / safe_name(file.name))
        )
        if chosen:
            self.write_copy(file, Path(chosen))

    def _open_outside(self, file: AttachedFile) -> None:
        def opened(path: Path) -> None:
            if self.open_with_system(path):
                said = _("{name} is opened by another program").format(name=fsi(file.name))
            else:
                said = _("No program on this computer opens {name}. Save a copy of it instead.").format(
                    name=fsi(file.name)
                )
            self._workplace.announce(said)

        store = self._workplace.store.attachments
        self._in_steps(file, outside.write_for_viewing(store, file, self._workplace.folder), opened)

    def _in_steps(
        self, file: AttachedFile, work: Generator[tuple[int, int], None, Path], done: Callable[[Path], object]
    ) -> None:
        Steps(
            self._workplace.background, work, self,
            lambda _done, _total: None, done, lambda error: self._say_error(file, error), lambda: None,
        )  # fmt: skip

    def _ask(self, question: str, yes: str, identifier: str, then: Callable[[], object]) -> None:
        box = self.box = QMessageBox(self._window)
        box.setWindowTitle(_("Attached files"))
        box.setText(question)
        go = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        back = box.addButton(_("Go back"), QMessageBox.ButtonRole.RejectRole)
        go.setAccessibleIdentifier(identifier)
        back.setAccessibleIdentifier(f"{identifier}_back")
        box.setDefaultButton(back)
        box.setEscapeButton(back)

        def finished(_result: Any) -> None:
            self.box = None
            if box.clickedButton() is go:
                then()
            box.deleteLater()

        box.finished.connect(finished)
        box.open()

    def _say_error(self, file: AttachedFile, error: IntakeError) -> None:
        error.details.setdefault("name", file.name)
        self._workplace.announce(sentence(error))


def _open_with_system(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

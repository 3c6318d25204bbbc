"""The files of a finished record that is read: what there is, looked at or got from the hub on request."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from intake_app.attachments import AttachedFile
from intake_app.i18n import _, ngettext
from intake_app.records import Record
from intake_app.store.attachments import FileState
from ui.attachments.deeds import FileDeeds
from ui.attachments.picture_panel import PictureDialog
from ui.attachments.words import file_words
from ui.record.rows import Rows
from ui.rows import button
from ui.translation import tr
from ui.workplace import Workplace

LINES = 3
"""Of text that the rows take at most: the record itself has the room."""
LEAST_PX = 24
"""Of a target (WCAG 2.5.8)."""


class FilesPart(QWidget):
    """Not there for a record without files.

    Signals: ``sync_wanted()`` somebody wants to see what only the hub has
    """

    sync_wanted = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._record: Record | None = None
        self._states: Mapping[str, FileState] = {}
        self.dialog: PictureDialog | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.caption = QLabel()
        self.caption.setWordWrap(True)
        self.rows = Rows("record_files")
        self.caption.setBuddy(self.rows)
        self.rows.chosen.connect(self._choose)
        self.rows.moved.connect(self._show_deeds)
        outer.addWidget(self.caption)
        outer.addWidget(self.rows, 1)
        self.look = button(lambda: _("Look at it"), "record_file_look", self._look)
        self.fetch = button(lambda: _("Get it from the hub"), "record_file_fetch", self._fetch)
        self.outside = button(
            lambda: _("Open it outside …"),
            "record_file_outside",
            lambda: self._with_current(self.files.open_outside),
        )
        self.copy = button(
            lambda: _("Save a copy …"), "record_file_copy", lambda: self._with_current(self.files.save_copy)
        )
        # They stand among the record's deeds, as those of related records do.
        self.deeds = (self.look, self.fetch, self.outside, self.copy)
        self.files = FileDeeds(workplace, self)
        self.files.changed.connect(self._ask_where)
        self.files.sync_wanted.connect(self.sync_wanted)
        tr(
            self.rows,
            self.rows.setAccessibleDescription,
            lambda: _("Enter looks at it, opens it outside after a question, or gets it from the hub."),
        )
        tr(self, lambda _words: self._show(), str)

    def show_record(self, record: Record) -> None:
        """What is known at once; where the bytes are follows from the worker."""
        self._record, self._states = record, {}
        self._show()
        self._ask_where()

    def _ask_where(self) -> None:
        record, store = self._record, self._workplace.store
        if record is None or not record.attachments:
            return
        hashes = [one.sha256 for one in record.attachments]

        def found(states: Mapping[str, FileState]) -> None:
            if self._record is record:
                self._states = states
                self._show()

        self._workplace.background.run(self, lambda: store.attachments.states(record.id, hashes), found)

    def _files(self) -> tuple[AttachedFile, ...]:
        return self._record.attachments if self._record is not None else ()

    def _current(self) -> AttachedFile | None:
        key = self.rows.current_key()
        return next((one for one in self._files() if one.id == key), None)

    def _show(self) -> None:
        files = self._files()
        title = ngettext("{count} attached file", "{count} attached files", len(files))
        self.caption.setText(title.format(count=len(files)))
        self.rows.setAccessibleName(self.caption.text())
        alone = self._workplace.store.sync.enrolment() is None
        shown = [
            (one.id, file_words(one, self._states[one.sha256], alone))
            for one in files
            if one.sha256 in self._states
        ]
        self.rows.show_rows(shown)
        self.setVisible(bool(files))
        self.rows.setMinimumHeight(max(LEAST_PX, self.fontMetrics().lineSpacing() + 8))
        self.rows.setMaximumHeight((LINES + 1) * self.fontMetrics().lineSpacing())
        self._show_deeds()

    def _show_deeds(self) -> None:
        file = self._current()
        here = file is not None and self._states[file.sha256].here
        self.look.setVisible(here and file is not None and file.is_picture)
        self.fetch.setVisible(file is not None and not here)
        self.outside.setVisible(here and file is not None and not file.runs)
        self.copy.setVisible(here)

    def _choose(self, _key: str) -> None:
        file = self._current()
        if file is None:
            return
        if not self._states[file.sha256].here:
            self._fetch()
        elif file.is_picture:
            self._look()
        else:
            self.files.open_outside(file)

    def _with_current(self, deed: Callable[[AttachedFile], object]) -> None:
        file = self._current()
        if file is not None:
            deed(file)

    def _fetch(self) -> None:
        record, file = self._record, self._current()
        if record is not None and file is not None:
            self.files.fetch(record.id, file)

    def _look(self) -> None:
        file = self._current()
        if file is not None:
            self._look_at(file)

    def _look_at(self, file: AttachedFile) -> None:
        self.files.look(file, partial(self._show_picture, file))

    def _show_picture(self, file: AttachedFile, image: QImage) -> None:
        pictures = [one for one in self._files() if one.is_picture]
        if file not in pictures:
            return  # another record has been opened meanwhile
        place = pictures.index(file)
        if self.dialog is None:
            self.dialog = PictureDialog(self)
            self.dialog.finished.connect(lambda _result: self._closed())
            self.dialog.part.before.clicked.connect(lambda _checked=False: self._turn_page(-1))
            self.dialog.part.after.clicked.connect(lambda _checked=False: self._turn_page(1))
            self.dialog.open()
            self.dialog.part.take_focus()
        self._place = place
        self.dialog.part.show_picture(file, image, place + 1, len(pictures))

    def _turn_page(self, by: int) -> None:
        pictures = [one for one in self._files() if one.is_picture]
        if pictures:
            self._look_at(pictures[(self._place + by) % len(pictures)])

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.part.clear()
            self.dialog.deleteLater()
            self.dialog = None

"""The files of the open record, in the form's place: what is attached, and what may be done with it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from intake_app.attachments import AttachedFile
from intake_app.i18n import _, ngettext
from intake_app.store.attachments import FileState
from intake_app.times import Instant
from ui.attachments.adding import holds_files, offered_by
from ui.attachments.received_line import ReceivedLine
from ui.attachments.words import file_words
from ui.form.ink import MUTED, InkLabel
from ui.record.flow import FlowLayout
from ui.record.panel import Panel
from ui.record.rows import Rows
from ui.rows import button
from ui.translation import tr

NOT_HERE = FileState()
_KEPT = FileState(here=True)


class FilesPanel(Panel):
    """Files come by the button, by drag and drop, and by paste; Delete takes one away, with a way back.

    Signals: ``offered(tuple[Offered])`` · ``choose_wanted()`` · ``act_wanted(str, str)`` what, and the file's
    id: look, outside, copy, rename, remove, fetch · ``put_back_wanted()`` · ``stop_wanted()`` ·
    ``received(date)``
    """

    offered = Signal(object)
    choose_wanted = Signal()
    act_wanted = Signal(str, str)
    put_back_wanted = Signal()
    stop_wanted = Signal()
    received = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("files", parent)
        self.setAcceptDrops(True)
        self._files: Sequence[AttachedFile] = ()
        self._states: Mapping[str, FileState] = {}
        self._alone = True
        self.received_line = ReceivedLine(today)
        self.received_line.received.connect(self.received)
        caption = QLabel()
        caption.setTextFormat(Qt.TextFormat.PlainText)
        caption.setWordWrap(True)
        self.rows = Rows("files_rows")
        caption.setBuddy(self.rows)
        self.rows.chosen.connect(self._choose)
        self.rows.moved.connect(self._show_deeds)
        tr(caption, caption.setText, lambda: _("Letters, photos and documents of this record"))
        tr(self.rows, self.rows.setAccessibleName, caption.text)
        tr(
            self.rows,
            self.rows.setAccessibleDescription,
            lambda: _("Enter looks at it; Delete takes it away; Ctrl+V attaches what was copied."),
        )
        self.reading = InkLabel(MUTED, self)
        self.add = button(lambda: _("Attach files …"), "files_add", self.choose_wanted.emit)
        self.paste = button(lambda: _("Paste"), "files_paste", self._paste)
        self.look = self._deed(lambda: _("Look at it here"), "look")
        self.outside = self._deed(lambda: _("Open it outside …"), "outside")
        self.copy = self._deed(lambda: _("Save a copy …"), "copy")
        self.rename = self._deed(lambda: _("Rename …"), "rename")
        self.remove = self._deed(lambda: _("Take it away"), "remove")
        self.fetch = self._deed(lambda: _("Get it from the hub"), "fetch")
        self.put_back = button(lambda: _("Put it back"), "files_put_back", self.put_back_wanted.emit)
        self.stop = button(lambda: _("Stop reading"), "files_stop", self.stop_wanted.emit)
        first, deeds = FlowLayout(), FlowLayout()
        for one in (self.add, self.paste, self.stop, self.put_back):
            first.addWidget(one)
        for one in (self.look, self.fetch, self.outside, self.copy, self.rename, self.remove):
            deeds.addWidget(one)
        self.body.addWidget(caption)
        self.body.addWidget(self.rows, 1)
        self.body.addLayout(deeds)
        self.body.addLayout(first)
        self.body.addWidget(self.reading)
        self.body.addWidget(self.received_line)
        back = button(lambda: _("Back to the form  Esc"), "files_back", self.left.emit)
        self.foot.addWidget(back)
        self.foot.addStretch(1)
        tr(self, lambda _words: self._show(), str)

    def show_files(
        self,
        files: Sequence[AttachedFile],
        states: Mapping[str, FileState],
        alone: bool,
        received: Instant,
        may_put_back: bool,
    ) -> None:
        """``states`` by hash; a file that is not among them was attached this moment."""
        self._files, self._states, self._alone = tuple(files), states, alone
        self.received_line.show_received(received)
        self.put_back.setVisible(may_put_back)
        self._show()

    def show_reading(self, words: str) -> None:
        """Seen, not spoken: percents would talk over everything else."""
        self.reading.show_words(words)
        self.stop.setVisible(bool(words))

    def current(self) -> AttachedFile | None:
        key = self.rows.current_key()
        return next((one for one in self._files if one.id == key), None)

    def take_focus(self) -> None:
        target: QWidget = self.rows if self._files else self.add
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.key() == Qt.Key.Key_Delete and (file := self.current()) is not None:
            self.act_wanted.emit("remove", file.id)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.offered.emit(offered_by(event.mimeData()))

    def _paste(self) -> None:
        self.offered.emit(offered_by(QApplication.clipboard().mimeData()))

    def _deed(self, words: Callable[[], str], act: str) -> QPushButton:
        def do() -> None:
            if (file := self.current()) is not None:
                self.act_wanted.emit(act, file.id)

        return button(words, f"files_{act}", do)

    def _choose(self, _key: str) -> None:
        file = self.current()
        if file is None:
            return
        if not self._state(file).here:
            self.act_wanted.emit("fetch", file.id)
        else:
            self.act_wanted.emit("look" if file.is_picture else "outside", file.id)

    def _state(self, file: AttachedFile) -> FileState:
        return self._states.get(file.sha256, _KEPT)

    def _show(self) -> None:
        count = len(self._files)
        title = ngettext("{count} attached file", "{count} attached files", count).format(count=count)
        self.heading.setText(title if count else _("No file is attached"))
        self.rows.show_rows(
            [(one.id, file_words(one, self._state(one), self._alone, in_draft=True)) for one in self._files]
        )
        self.rows.setVisible(bool(count))
        self.rows.setMinimumHeight(min(max(count, 1), 4) * 2 * self.fontMetrics().lineSpacing() + 8)
        self._show_deeds()

    def _show_deeds(self) -> None:
        file = self.current()
        here = file is not None and self._state(file).here
        self.look.setVisible(here and file is not None and file.is_picture)
        self.outside.setVisible(here and file is not None and not file.runs)
        self.copy.setVisible(here)
        self.fetch.setVisible(file is not None and not here)
        self.rename.setVisible(file is not None)
        self.remove.setVisible(file is not None)

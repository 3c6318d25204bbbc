"""The files of the open record: the panel is made when it is first asked for; all goes to the draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal

from intake_app import attaching
from intake_app.attachments import AttachedFile
from intake_app.drafting import Draft
from intake_app.i18n import _
from intake_app.text import fsi
from ui.record.display import Display
from ui.record.navigation import Navigation
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.workplace import Workplace

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from intake_app.store.attachments import FileState
    from ui.attachments.adding import Adding, Offered
    from ui.attachments.deeds import FileDeeds
    from ui.attachments.files_panel import FilesPanel
    from ui.attachments.name_dialog import NameDialog
    from ui.attachments.picture_panel import PicturePanel


class Files(QObject):
    """Ctrl+Shift+F, and files dropped on or pasted into the story.

    Signals: ``sync_wanted()`` somebody wants to see what only the hub has
    """

    sync_wanted = Signal()

    def __init__(
        self,
        parts: Parts,
        display: Display,
        navigation: Navigation,
        record: OpenRecord,
        workplace: Workplace,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._display = display
        self._navigation = navigation
        self._record = record
        self._workplace = workplace
        self._panel: FilesPanel | None = None
        self._picture: PicturePanel | None = None
        self._adding: Adding | None = None
        self._deeds: FileDeeds | None = None
        self._shown = ""
        self._removed: tuple[AttachedFile, int] | None = None
        self._states: Mapping[str, FileState] = {}
        self.dialog: NameDialog | None = None
        for box in parts.story.boxes():
            box.files_given.connect(self.take)
        parts.story.made.connect(lambda box: box.files_given.connect(self.take))
        record.changed.connect(self.refresh)
        parts.shell.closing.connect(self._end)
        self._remove_copies()

    # The panel

    def open(self) -> None:
        """In place of the form; again back to where the focus was."""
        panel = self.panel()
        if self._parts.centre.current() in (panel, self._picture):
            self._navigation.leave_panel()
            return
        self.refresh()
        self._navigation.open_panel(panel)
        panel.take_focus()

    def panel(self) -> FilesPanel:
        if self._panel is None:
            from ui.attachments.files_panel import FilesPanel

            panel = self._panel = FilesPanel(lambda: self._workplace.clock().civil)
            self._parts.centre.add(panel)
            panel.left.connect(self._navigation.leave_panel)
            panel.offered.connect(self._add)
            panel.choose_wanted.connect(self._choose)
            panel.act_wanted.connect(self._act)
            panel.put_back_wanted.connect(self.put_back)
            panel.stop_wanted.connect(lambda: self.adding().cancel())
            panel.received.connect(self._on_received)
            panel.show_reading("")
        return self._panel

    def adding(self) -> Adding:
        if self._adding is None:
            from ui.attachments.adding import Adding

            adding = self._adding = Adding(self._record, self._workplace, self)
            adding.changed.connect(self._on_adding)
        return self._adding

    def deeds(self) -> FileDeeds:
        if self._deeds is None:
            from ui.attachments.deeds import FileDeeds

            deeds = self._deeds = FileDeeds(self._workplace, self._parts.shell)
            deeds.changed.connect(self._look_where)
            deeds.sync_wanted.connect(self.sync_wanted)
        return self._deeds

    def refresh(self) -> None:
        """What the panel shows follows from the draft."""
        record = self._record.draft.record
        if record.id != self._shown:
            self._shown, self._removed, self._states = record.id, None, {}
            if self._panel is not None:
                self._panel.received_line.clear()
            if self._picture is not None:
                self._picture.part.clear()
        if self._panel is not None:
            self._panel.show_files(
                record.attachments, self._states, self._alone(), record.received, self._removed is not None
            )
            self._look_where()

    def _alone(self) -> bool:
        return self._workplace.store.sync.enrolment() is None

    def _look_where(self) -> None:
        """Where the bytes are is asked of the store, off the UI thread."""
        record, store = self._record.draft.record, self._workplace.store
        hashes = [one.sha256 for one in record.attachments]
        if not hashes:
            return

        def found(states: Mapping[str, FileState]) -> None:
            if record.id == self._shown and states != self._states and self._panel is not None:
                self._states = states
                self.refresh()

        self._workplace.background.run(self, lambda: store.attachments.states(record.id, hashes), found)

    # Attaching

    def take(self, data: QMimeData) -> None:
        """Dropped on or pasted into the story."""
        from ui.attachments.adding import offered_by

        self._add(offered_by(data))

    def _choose(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        found, _filter = QFileDialog.getOpenFileNames(self._parts.shell, _("Attach files"))
        self.add_paths(*(Path(one) for one in found))

    def add_paths(self, *paths: Path) -> None:
        from intake_app.attachments import Origin
        from ui.attachments.adding import Offered

        self._add(tuple(Offered(one.name, Origin.FILE, one) for one in paths))

    def _add(self, offered: tuple[Offered, ...]) -> None:
        if offered:
            self.adding().add(offered)
        else:
            self._workplace.announce(_("There is no file or picture to attach. Copy one first."))

    def _on_adding(self) -> None:
        if self._panel is not None:
            self._panel.show_reading(self.adding().words())
            self.refresh()

    # Deeds

    def _act(self, act: str, file_id: str) -> None:
        file = attaching.attached(self._record.draft, file_id)
        deeds: Mapping[str, Callable[[AttachedFile], None]] = {
            "look": self._look,
            "outside": self.deeds().open_outside,
            "copy": self.deeds().save_copy,
            "rename": self._rename,
            "remove": self._remove,
            "fetch": lambda one: self.deeds().fetch(self._record.draft.id, one),
        }
        deeds[act](file)

    def _rename(self, file: AttachedFile) -> None:
        from ui.attachments.name_dialog import NameDialog

        def named(name: str) -> None:
            self._record.apply(attaching.rename(self._record.current(), file.id, name))
            self._workplace.announce(_("Renamed: {name}").format(name=fsi(name)))

        self.dialog = NameDialog(file.name, self._parts.shell)
        self.dialog.named.connect(named)
        self.dialog.finished.connect(lambda _result: self._forget_dialog())
        self.dialog.open()

    def _forget_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _remove(self, file: AttachedFile) -> None:
        """With a way back until another record is opened."""
        draft = self._record.current()
        self._removed = (file, [one.id for one in draft.record.attachments].index(file.id))
        self._record.apply(attaching.remove(draft, file.id))
        self._workplace.announce(
            _("Taken away: {name}. “Put it back” undoes it.").format(name=fsi(file.name))
        )
        if self._panel is not None:
            self._panel.take_focus()

    def put_back(self) -> None:
        if self._removed is None:
            return
        file, position = self._removed
        self._removed = None
        self._record.apply(attaching.put_back(self._record.current(), file, position))
        self._workplace.announce(_("{name} is back").format(name=fsi(file.name)))
        if self._panel is not None:
            self._panel.take_focus()

    def _on_received(self, day: date) -> None:
        from intake_app import formats

        draft: Draft = self._record.current()
        self._record.apply(attaching.received_on(draft, day))
        said = _("Received: {day}").format(day=formats.full_date(day))
        # After the field that the focus went to: a screen reader drops what comes just before it (heard).
        QTimer.singleShot(0, self, lambda: self._workplace.announce(said))

    # Pictures

    def _look(self, file: AttachedFile) -> None:
        pictures = [one for one in self._record.draft.record.attachments if one.is_picture]
        place = next((number for number, one in enumerate(pictures, 1) if one.id == file.id), 1)
        self.deeds().look(file, lambda image: self._show(file, image, place, len(pictures)))

    def _show(self, file: AttachedFile, image: QImage, page: int, pages: int) -> None:
        if file not in self._record.draft.record.attachments:
            return  # another record has been opened meanwhile
        if self._picture is None:
            from ui.attachments.picture_panel import PicturePanel

            picture = self._picture = PicturePanel()
            self._parts.centre.add(picture)
            picture.left.connect(self._leave_picture)
            picture.part.before.clicked.connect(lambda _checked=False: self._turn_page(-1))
            picture.part.after.clicked.connect(lambda _checked=False: self._turn_page(1))
            picture.part.view.zoomed.connect(self._say_zoom)
        self._page = page - 1
        self._picture.part.show_picture(file, image, page, pages)
        if self._parts.centre.current() is not self._picture:
            self._navigation.open_panel(self._picture)
            self._picture.take_focus()
        else:
            from ui.attachments.words import picture_words

            self._workplace.announce(picture_words(file, page, pages))

    def _turn_page(self, by: int) -> None:
        pictures = [one for one in self._record.draft.record.attachments if one.is_picture]
        if pictures:
            self._look(pictures[(self._page + by) % len(pictures)])

    def _leave_picture(self) -> None:
        self._navigation.leave_panel()
        if self._picture is not None:
            self._picture.part.clear()

    def _say_zoom(self, percent: int) -> None:
        from intake_app import formats

        self._workplace.announce(formats.percent(percent / 100))

    # Copies for other programs

    def _end(self) -> None:
        if self._adding is not None:
            self._adding.cancel()
        self._remove_copies()

    def _remove_copies(self) -> None:
        """When the window opens and when it closes."""
        folder = self._workplace.folder

        def remove() -> bool:
            from ui.attachments.outside import remove_all

            return remove_all(folder)

        self._workplace.background.run(self, remove, lambda _gone: None)

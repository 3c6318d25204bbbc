"""Tells whoever changes a record that another change of it came, and offers it; open words stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from intake_app import formats
from intake_app.drafting import Draft
from intake_app.errors import IntakeError
from intake_app.i18n import _
from intake_app.text import fsi
from ui.messages import sentence
from ui.record.calls import Calls
from ui.record.open_record import OpenRecord
from ui.rows import button
from ui.shell import ShellWindow
from ui.translation import tr
from ui.workplace import Workplace

if TYPE_CHECKING:
    from intake_app.store.meanwhile import Newer


class Meanwhile(QObject):
    """Looks after every round with the hub; each change is told once."""

    def __init__(
        self, shell: ShellWindow, record: OpenRecord, calls: Calls, workplace: Workplace, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._record = record
        self._calls = calls
        self._workplace = workplace
        self._told = ""
        self.panel: MeanwhilePanel | None = None
        calls.another.connect(self._forget_other)

    def look(self) -> None:
        """Is what the open record began with still the newest?"""
        draft = self._record.draft
        if not draft.based_on:
            return
        store = self._workplace.store
        self._workplace.background.run(
            self, lambda: store.meanwhile.newer(draft), lambda found: self._tell(draft.id, found)
        )

    def take_in(self) -> None:
        """Both changes in one draft, where they do not meet; else the open words stay as they are."""
        draft, store = self._record.current(), self._workplace.store
        library = self._workplace.library

        def work() -> Draft | None:
            taken = store.meanwhile.take_in(draft, library)
            return None if taken is None else store.drafts.keep(taken)

        def done(taken: Draft | None) -> None:
            self._close()
            if taken is None:
                self._workplace.announce(
                    _(
                        "The same was changed here and there. Go on: when you finish, both versions "
                        "are kept, and you can settle them in the list."
                    )
                )
            elif self._record.draft.id == taken.id:
                self._calls.reload(taken)
                self._workplace.announce(_("Taken in: both changes are in the record now"))

        # What was typed is on the disk before anything takes its place on the screen.
        self._record.keep(lambda: self._workplace.background.run(self, work, done, self._say_error))

    def _tell(self, record_id: str, newer: Newer | None) -> None:
        if newer is None or newer.mutation == self._told or self._record.draft.id != record_id:
            return
        self._told = newer.mutation
        self._close()
        self.panel = MeanwhilePanel(newer, self._shell.record_area)
        self.panel.take.clicked.connect(lambda _checked=False: self.take_in())
        self.panel.leave.clicked.connect(lambda _checked=False: self._close())
        self.panel.record_id = record_id
        self._shell.put_above(self.panel)
        self._workplace.announce(self.panel.words())

    def _forget_other(self) -> None:
        if self.panel is not None and self.panel.record_id != self._record.draft.id:
            self._close()

    def _close(self) -> None:
        if self.panel is None:
            return
        held = self.panel.isAncestorOf(self._shell.focusWidget() or self._shell)
        self.panel = None
        self._shell.put_above(None)
        if held:
            self._shell.narrative.setFocus()

    def _say_error(self, error: IntakeError) -> None:
        self._workplace.announce(sentence(error))


class MeanwhilePanel(QFrame):
    """Above the open record: who changed it elsewhere, and two ways to go on."""

    def __init__(self, newer: Newer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._newer = newer
        self.record_id = ""
        self.setFrameShape(QFrame.Shape.StyledPanel)
        line = QHBoxLayout(self)
        self._label = QLabel()
        self._label.setWordWrap(True)
        tr(self._label, self._label.setText, self.words)
        line.addWidget(self._label, 1)
        self.take = button(lambda: _("Take the change in"), "meanwhile_take", lambda: None)
        self.leave = button(lambda: _("Go on with mine"), "meanwhile_leave", lambda: None)
        line.addWidget(self.take)
        line.addWidget(self.leave)

    def words(self) -> str:
        name = fsi(self._newer.name) or _("Somebody else")
        moment = formats.long_moment(self._newer.at) if self._newer.at is not None else ""
        return _(
            "{name} changed this record meanwhile, {moment}. Your words are untouched. You can take the "
            "change in."
        ).format(name=name, moment=moment)

"""Builds forms before they are wanted, while nobody presses a key: F7 and sections then open at once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from intake_app import drafting, taking_down
from intake_app.drafting import DANGER
from intake_app.records import ENQUIRY, Sheet
from ui.accessibility import in_silence
from ui.fonts import show_any_script
from ui.record.display import Display
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.workplace import Workplace

QUIET_MS = 2000
SHORT_QUIET_MS = 300
"""Enough for the danger card: whoever needs it in the first seconds must not wait for it to be built."""


class Warming(QObject):
    """One form at each beat at which nothing was typed and the focus stayed; the danger card's first.

    ``later`` holds what else is built in quiet moments, after the danger card; others may add to it.
    """

    def __init__(
        self, parts: Parts, display: Display, record: OpenRecord, workplace: Workplace, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._display = display
        self._record = record
        self._library = workplace.library
        self._seen: tuple[int, object] = (-1, None)
        self._danger_done = False
        # No computer is sure to have fonts for what people say; ours are read when nobody types. In two
        # beats, since laying out the whole page at once would hold up a key.
        self.later: list[Callable[[], object]] = [
            lambda: show_any_script(parts.shell.narrative_pane),
            lambda: show_any_script(parts.centre),
        ]
        self._beat = QTimer(self)
        self._beat.setInterval(SHORT_QUIET_MS)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()

    def _on_beat(self) -> None:
        now = (self._record.changes, QApplication.focusWidget())
        quiet, self._seen = now == self._seen, now
        if quiet:
            with in_silence():
                more = self.build_one()
            if not more:
                self._beat.stop()
            elif self._beat.interval() != QUIET_MS:
                self._beat.setInterval(QUIET_MS)

    def build_one(self) -> bool:
        """Builds the next form; False when all are built."""
        if not self._danger_done:
            self._danger_done = True
            danger = self._library.latest(DANGER)
            self._parts.danger_card.drawer.prepare(danger, "", Sheet(question_set=danger.ref()))
            return True
        if self.later:
            self.later.pop(0)()
            return True
        drawer = self._parts.form_pane.drawer
        # One key turns a piece into an enquiry at any moment, and what they ask then stands there at once.
        enquiry = self._library.latest(ENQUIRY)
        empty = Sheet(question_set=enquiry.ref())
        if drawer.prepare(enquiry, enquiry.groups[0].id, empty):
            return True
        for section in self._display.sections():
            sheet = taking_down.settled_sheet(self._record.draft, section)
            outside = drafting.shared_values(self._record.draft, section.sheet_key)
            if drawer.prepare(section.question_set, section.group, sheet, outside):
                return True
        return any(drawer.prepare(enquiry, group.id, empty) for group in enquiry.groups)

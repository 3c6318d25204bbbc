"""Danger and confidentiality: always one key away, never in the way."""

from PySide6.QtCore import QObject

from intake_app import drafting, taking_down
from intake_app.drafting import DANGER, FRAME
from intake_app.forms.model import ACKNOWLEDGED
from intake_app.i18n import _
from intake_app.records import Answer
from ui.record import words
from ui.record.display import CONFIDENTIALITY, Display
from ui.record.navigation import Navigation
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.workplace import Workplace


class Safety(QObject):
    """F7 and F11."""

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
        card = parts.danger_card
        card.edited.connect(lambda question, answer: record.answer(DANGER, question, answer))
        card.unmark_wanted.connect(self._unmark)
        card.close_wanted.connect(self._close)
        record.danger_said.connect(self._say_marked)

    def danger(self) -> None:
        """Marks and opens the card; from the card, back to the exact place. The mark stays."""
        card = self._parts.danger_card
        if self._parts.centre.current() is card:
            self._navigation.leave_panel()
            return
        draft = self._record.current()
        if draft.record.danger is None:
            now, library = self._workplace.clock(), self._workplace.library
            self._record.apply(taking_down.mark_danger(draft, library, now))
            # On disk at once: a mark of danger does not wait for a pause in the typing.
            self._record.keep()
        marked = self._record.draft
        if marked.record.danger is None:
            return
        question_set = taking_down.question_set_of(marked.record.danger, self._workplace.library)
        self._navigation.open_panel(card)
        if question_set is not None:
            outside = drafting.shared_values(marked, DANGER)
            card.show_card(marked.record.danger, question_set, outside)
        self._parts.panes.arrange_tab_order()
        card.take_focus()

    def _say_marked(self) -> None:
        self._workplace.announce(_("Danger is marked. F7 opens the danger card."))

    def _unmark(self) -> None:
        self._record.apply(drafting.unmark_danger(self._record.current()))
        self._record.keep()
        self._navigation.leave_panel()
        self._workplace.announce(_("The mark is taken away. Danger has not been asked about."))

    def _close(self) -> None:
        closed = drafting.close_danger(self._record.current(), self._workplace.clock(), self._record.by)
        self._record.apply(closed)
        self._navigation.leave_panel()
        self._workplace.announce(_("Danger card closed: dealt with"))

    def confidentiality(self) -> None:
        """Said, or not said after all. The words are spoken for whoever cannot see them."""
        frame_set = taking_down.question_set_of(self._record.draft.record.frame, self._workplace.library)
        if frame_set is None or CONFIDENTIALITY not in frame_set.by_id:
            return
        if self._display.is_said():
            self._record.answer(FRAME, CONFIDENTIALITY, None)
            self._workplace.announce(_("Confidentiality: not said"))
            return
        wording = frame_set.wording("en")
        said = Answer(value=ACKNOWLEDGED, language=wording.language, wording=wording.sha256)
        self._record.answer(FRAME, CONFIDENTIALITY, said)
        prompt = words.text_of(frame_set, CONFIDENTIALITY, "say_short")
        prompt = prompt or words.text_of(frame_set, CONFIDENTIALITY, "say")
        self._workplace.announce(_("Confidentiality: said. {words}").format(words=prompt))

"""What is asked in a relay call: in short words, only what is essential; the rest is put off."""

from PySide6.QtWidgets import QApplication

from intake_app import drafting, taking_down
from intake_app.channels.relay.essential import essential, is_essential
from intake_app.channels.relay.session import is_on
from intake_app.i18n import _
from ui.form.context import SayLevel
from ui.record.display import Display
from ui.record.navigation import Navigation
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.workplace import Workplace

_FILLED_IN = frozenset({"channel", "support", "mode", "care", "outcome", "heard_via"})
"""What staff fill in by themselves is no question to put off."""


class RelayAsking:
    """Costs the person as few minutes of typing as can be; every question can still be gone to."""

    def __init__(
        self,
        parts: Parts,
        display: Display,
        navigation: Navigation,
        record: OpenRecord,
        workplace: Workplace,
    ) -> None:
        self._parts, self._display, self._navigation = parts, display, navigation
        self._record, self._workplace = record, workplace

    def show_form(self) -> None:
        """Short words to read out; what is not essential is marked as for later."""
        pane = self._parts.form_pane
        form, section, on = pane.form, pane.section, is_on(self._record.draft.record)
        if form is None or section is None:
            return
        form.show_say(self._level(on))
        question_set = section.question_set
        later = {
            one.id
            for one in question_set.in_group(section.group)
            if on and one.kind.asks and not question_set.staff_only and one.id not in _FILLED_IN
            if not is_essential(question_set.id, one.id)
        }  # fmt: skip
        form.show_later(later, _("Later, by the person’s own channel"))

    def _level(self, on: bool) -> SayLevel:
        """From paper nothing is read out: whoever keys three hundred forms would hear it at each question."""
        if drafting.is_keyed_from_paper(self._record.draft):
            return SayLevel.NONE
        return SayLevel.SHORT if on else SayLevel.FULL

    def next_unanswered(self) -> None:
        """Ctrl+Enter: in a relay call the next essential question; every other is reached as always."""
        if not is_on(self._record.draft.record):
            self._navigation.next_unanswered()
            return
        draft, library = self._record.current(), self._workplace.library
        for set_id, question_id in essential():
            for section in self._display.sections():
                if section.question_set.id != set_id or question_id not in {
                    one.id for one in section.question_set.in_group(section.group)
                }:
                    continue
                if question_id in taking_down.open_questions(draft, library, section):
                    self._navigation.go_to_question(section.key, question_id)
                    return
        self._workplace.announce(
            _("Nothing essential is left to ask. The rest comes later, by the person’s own channel.")
        )

    def prompt(self) -> str:
        """The question that has the focus, as ``set.question``; empty where none does that is put to them."""
        pane, focus = self._parts.form_pane, QApplication.focusWidget()
        form = pane.form
        if form is None or pane.section is None or focus is None or not form.isAncestorOf(focus):
            return ""
        question_set, current = pane.section.question_set, form.current_question()
        return f"{question_set.id}.{current}" if current and not question_set.staff_only else ""

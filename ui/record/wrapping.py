"""Reading back and wrapping up, from the keys F8 and F12."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from intake_app import taking_down
from intake_app.i18n import _, language
from intake_app.records import Answer
from ui.form.words import in_language
from ui.messages import problem_words
from ui.record.display import Display
from ui.record.navigation import Navigation
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.workplace import Workplace


class Wrapping(QObject):
    """Shows the panel; finishing is ``Calls.finish``."""

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
        parts.wrap_up.edited.connect(self._on_edited)
        parts.wrap_up.change_wanted.connect(navigation.change_row)

    @property
    def is_wrapping_up(self) -> bool:
        """The panel is open because of F12, so that F12 finishes now."""
        return self._parts.centre.current() is self._parts.wrap_up and self._parts.wrap_up.is_wrapping_up

    def read_back(self) -> None:
        """F8, and F8 again back to the call."""
        panel = self._parts.wrap_up
        if self._parts.centre.current() is panel and not panel.is_wrapping_up:
            self._navigation.leave_panel()
            return
        self._show(wrapping_up=False)
        self._workplace.announce(_("Read back: {summary}").format(summary=panel.spoken()))

    def wrap_up(self) -> None:
        self._display.tells_problems = True
        self._show(wrapping_up=True)

    def back(self) -> None:
        """To the panel as it was, after a row was changed."""
        self._show(self._parts.wrap_up.is_wrapping_up)

    def _show(self, wrapping_up: bool) -> None:
        panel = self._parts.wrap_up
        self._record.draft = self._record.current()
        self._navigation.open_panel(panel)
        self._parts.form_pane.take_out()
        panel.show_draft(self._record.draft, self._workplace.library, wrapping_up, self._problems())
        self._display.refresh()
        self._parts.panes.arrange_tab_order()
        panel.take_focus()

    def _problems(self) -> list[tuple[str, Callable[[], object]]]:
        found: list[tuple[str, Callable[[], object]]] = []
        for key, problem in taking_down.finish_problems(self._record.draft, self._workplace.library):
            section = self._display.section(key)
            if section is None:
                continue
            question = in_language(
                section.question_set, section.question_set.question(problem.question_id), language()
            )
            found.append((problem_words(problem, question), self._go(key, problem.question_id)))
        return found

    def _go(self, section_key: str, question_id: str) -> Callable[[], object]:
        def go() -> None:
            if not self._parts.wrap_up.ask(question_id):
                self._navigation.change_row(section_key, question_id)

        return go

    def _on_edited(self, sheet_key: str, question_id: str, answer: Answer | None) -> None:
        self._record.answer(sheet_key, question_id, answer)
        self._parts.wrap_up.show_rows(self._record.draft, self._workplace.library)

"""Ways through the page by key: sections, panes, panels, what is left to ask, and back to the exact place."""

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from intake_app import drafting, taking_down
from intake_app.forms.model import Kind
from intake_app.i18n import _
from intake_app.records import ENQUIRY, FEEDBACK
from intake_app.taking_down import Section
from ui.help.guidance import guidance_here
from ui.narrative import NarrativeBox
from ui.record import words
from ui.record.display import Display
from ui.record.open_record import OpenRecord
from ui.record.panel import Panel
from ui.record.parts import Parts
from ui.record.read_back import BESIDE
from ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Here:
    """Where the focus is: the widget, and the section and question that it may be built anew for."""

    widget: QWidget | None
    section: str
    question: str


class Navigation(QObject):
    """Moves the focus; changes no answer.

    Signals: ``row_changed()`` Esc after a row of the read-back was gone to: back to the read-back.
    """

    row_changed = Signal()

    def __init__(
        self, parts: Parts, display: Display, record: OpenRecord, workplace: Workplace, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._display = display
        self._record = record
        self._workplace = workplace
        self._before_panel: list[tuple[QWidget | None, QWidget | None]] = []
        self._before_narrative: QWidget | None = None
        self._changing_row = False
        self._aside: tuple[str, Here] | None = None
        self._guidance_told = ""
        parts.centre.escaped.connect(self._escape)
        parts.quick_codes.left.connect(self.to_narrative)
        parts.form_pane.section_chosen.connect(self.go_to_section)
        parts.section_list.chosen.connect(self.go_to_section)
        for panel in parts.panels:
            panel.left.connect(self.leave_panel)

    def reset(self) -> None:
        """Another record is on the page: no way leads back into the one before."""
        self._before_panel.clear()
        self._before_narrative = None
        self._changing_row = False
        self._aside = None

    # Panels

    def open_panel(self, panel: Panel) -> None:
        """In place of the form; ``leave_panel`` comes back to the widget, caret and all."""
        here = self._parts.centre.current()
        if here is not panel:
            self._before_panel.append((here, QApplication.focusWidget()))
        self._parts.centre.show_page(panel)
        self._parts.panes.arrange_tab_order()

    def leave_panel(self) -> None:
        page, focus = self._before_panel.pop() if self._before_panel else (self._parts.form_pane, None)
        page = page or self._parts.form_pane
        self._parts.centre.show_page(page)
        if page is self._parts.form_pane:
            self._parts.wrap_up.clear()
            self._parts.form_pane.put_back_form()
        if page is not self._parts.danger_card:
            self._parts.danger_card.clear()
        self._display.refresh()
        self._parts.panes.arrange_tab_order()
        self.focus(focus)

    def leave_all_panels(self) -> None:
        """Back to the form without moving the focus."""
        self._before_panel.clear()
        self._parts.centre.show_page(self._parts.form_pane)
        self._parts.wrap_up.clear()
        self._parts.danger_card.clear()
        self._parts.form_pane.put_back_form()

    def focus(self, widget: QWidget | None) -> None:
        """To this widget if it is still there to be seen, else to the story."""
        if isinstance(widget, NarrativeBox) and widget in self._parts.story.boxes():
            self._parts.story.focus(widget)
            return
        alive = widget is not None and shiboken6.isValid(widget) and widget.isVisible()
        target = widget if alive and widget is not None else self._parts.narrative
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _escape(self) -> None:
        # Esc never leaves the call; it only goes back to what the form was left for.
        if self._changing_row:
            self._changing_row = False
            self.row_changed.emit()
            return
        shown = self._parts.form_pane.section
        if self._aside is not None and shown is not None and shown.sheet_key == self._aside[0]:
            self.come_back(self._aside[1])

    def here(self) -> Here:
        """To come back to, whatever is built anew meanwhile."""
        form, section = self._parts.form_pane.form, self._parts.form_pane.section
        focus = QApplication.focusWidget()
        inside = form is not None and focus is not None and form.isAncestorOf(focus)
        question = (form.current_question() or "") if form is not None and inside else ""
        return Here(focus, section.key if section is not None else "", question)

    def go_aside(self, section_key: str, here: Here) -> None:
        """To a section that was just added; Esc in it leads back."""
        self.go_to_section(section_key)
        shown = self._parts.form_pane.section
        self._aside = (shown.sheet_key, here) if shown is not None else None

    def come_back(self, here: Here) -> None:
        """To where the focus was, whatever was built anew meanwhile."""
        self._aside = None
        if here.question:
            self.go_to_question(here.section, here.question)
            return
        if self._display.show_section(here.section):
            self._display.refresh()
        self.focus(here.widget)

    # Sections and questions

    def go_to_section(self, key: str) -> None:
        """The section's first open question, or its heading where everything is answered."""
        self.leave_all_panels()
        if self._display.show_section(key):
            self._display.refresh()
            form = self._parts.form_pane.form
            if form is not None:
                form.focus_first()

    def section_number(self, number: int) -> None:
        sections = self._display.sections()
        if number <= len(sections):
            self.go_to_section(sections[number - 1].key)
        else:
            self._workplace.announce(_("There is no section {number}").format(number=number))

    def go_to_question(self, section_key: str, question_id: str) -> None:
        """A question of any section; the stories for the section keys of the read-back."""
        self.leave_all_panels()
        section = self._display.section(section_key)
        if section is None:
            boxes = self._parts.story.boxes()
            self._parts.story.focus(boxes[-1] if section_key == BESIDE else boxes[0])
            return
        shown = self._parts.form_pane.section
        if shown is None or shown.key != section_key:
            self._display.show_section(section_key)
            self._display.refresh()
        form = self._parts.form_pane.form
        if form is not None and not form.focus_question(question_id):
            form.focus_first()

    def change_row(self, section_key: str, question_id: str) -> None:
        """From the read-back to the answer; Esc or F8 comes back to the row."""
        self.go_to_question(section_key, question_id)
        self._changing_row = True

    def find_service(self) -> None:
        """The service search of the piece that is shown."""
        key = drafting.item_key(self._record.item_id)
        for section in self._display.sections():
            for question in section.question_set.in_group(section.group):
                if section.sheet_key == key and question.kind is Kind.SERVICES:
                    self.go_to_question(section.key, question.id)
                    return

    def next_unanswered(self) -> None:
        """The next open question below, then in the sections after, then from the first again."""
        form, focus = self._parts.form_pane.form, QApplication.focusWidget()
        inside = form is not None and focus is not None and form.isAncestorOf(focus)
        if inside and form is not None and form.focus_next_unanswered():
            return
        sections, shown = self._display.sections(), self._parts.form_pane.section
        keys = [one.key for one in sections]
        start = keys.index(shown.key) if shown is not None and shown.key in keys else 0
        first = start + 1 if inside else start
        for section in (*sections[first:], *sections[:first]):
            if self._left(section):
                self.go_to_section(section.key)
                return
        self._workplace.announce(_("Nothing is left to ask. F12 wraps up."))

    def _left(self, section: Section) -> tuple[str, ...]:
        return taking_down.open_questions(self._record.draft, self._workplace.library, section)

    # Story and panes

    def to_narrative(self) -> None:
        """To the story, or to the text beside it where that was typed in last."""
        self._parts.story.focus(self._parts.story.current)

    def to_narrative_and_back(self) -> None:
        """F4: to the story, to the text beside it, and from there back to where the focus was."""
        focus, boxes = QApplication.focusWidget(), self._parts.story.boxes()
        if focus not in boxes:
            self._before_narrative = focus
            self._parts.story.focus(boxes[0])
            return
        if focus is not boxes[-1]:
            self._parts.story.focus(boxes[-1])
            return
        before = self._before_narrative
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._parts.panes.enter(self._parts.centre)

    def next_pane(self) -> None:
        self._parts.panes.move(1)

    def previous_pane(self) -> None:
        self._parts.panes.move(-1)

    # Pieces

    def next_item(self) -> None:
        count = len(self._record.draft.record.items)
        if count == 1:
            self._workplace.announce(_("There is one piece in this record"))
            return
        self.leave_all_panels()
        number = self._record.next_item()
        kind = words.kind_words(drafting.item(self._record.draft, self._record.item_id).kind)
        self._show_piece(_("Piece {number} of {count}, {kind}").format(number=number, count=count, kind=kind))

    def add_item(self) -> None:
        self.leave_all_panels()
        self._record.add_item(FEEDBACK)
        count = len(self._record.draft.record.items)
        self._show_piece(_("Piece {number} added. Which service is it about?").format(number=count))

    def add_enquiry(self) -> None:
        """An enquiry beside what is there: one record may hold both."""
        self.leave_all_panels()
        self._record.add_item(ENQUIRY)
        count = len(self._record.draft.record.items)
        self._show_piece(_("Piece {number} added, an enquiry. What do they ask for?").format(number=count))

    def turn_item(self) -> None:
        """The piece that is shown becomes an enquiry, or feedback again; not a word is lost."""
        try:
            kind = self._record.turn_item()
        except ValueError:
            self._workplace.announce(
                _("This piece has answers of its own already. Ctrl+Shift+I adds an enquiry, "
                  "Ctrl+Shift+N a piece of feedback.")
            )  # fmt: skip
            return
        self.leave_all_panels()
        self._show_piece(
            _("This piece is an enquiry now. What do they ask for?")
            if kind == ENQUIRY
            else _("This piece is feedback now. Which service is it about?")
        )

    def remove_item(self) -> None:
        """With undo: the button that puts the piece back stays until another record is opened."""
        if len(self._record.draft.record.items) == 1:
            self._workplace.announce(_("The only piece of a record stays"))
            return
        self._record.remove_item()
        self._show_piece(_("Piece removed. “Put the piece back” undoes it."))

    def put_back_item(self) -> None:
        if self._record.put_back_item():
            self._show_piece(_("The piece is back"))

    def _show_piece(self, said: str) -> None:
        self._workplace.announce(said)
        self._display.show_section(self._display.first_of_item(self._display.sections()))
        self._display.refresh()
        form = self._parts.form_pane.form
        if form is not None:
            form.focus_first()

    # Help

    def help(self) -> None:
        """Guidance for the question or the story first; at once again, or where there is none, the keys."""
        told = guidance_here(self._parts.story.current)
        if told and told != self._guidance_told:
            self._guidance_told = told
            self._workplace.announce(told)
            return
        self._guidance_told = ""
        self.open_panel(self._parts.key_list)
        self._parts.key_list.take_focus()

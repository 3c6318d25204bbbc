"""Shows the open record: what is on the page follows from the draft, and the focus stays where it is."""

from PySide6.QtCore import QObject

from intake_app import drafting, taking_down
from intake_app.drafting import Draft, Place
from intake_app.i18n import _, language, ngettext
from intake_app.taking_down import Section
from ui.form.person_language import PersonLanguage
from ui.form.section_list import SectionState
from ui.form.words import in_language
from ui.interpreter.words import needs_words
from ui.messages import problem_words
from ui.record import words
from ui.record.open_record import OpenRecord, Saved
from ui.record.parts import Parts
from ui.translation import tr
from ui.workplace import Workplace

CONFIDENTIALITY = "confidentiality_said"


class Display(QObject):
    """Reads ``OpenRecord``, writes ``Parts``; asks nothing and keeps nothing."""

    def __init__(
        self, parts: Parts, record: OpenRecord, workplace: Workplace, person: PersonLanguage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._person = person
        self._record = record
        self._library = workplace.library
        self._clock = workplace.clock
        self.tells_problems = False
        self._waiting = 0
        tr(parts.waiting, parts.waiting.setText, self._waiting_words)
        record.place = self.place
        self.show_section(self.first_of_item(self.sections()))
        record.changed.connect(self.refresh)
        record.saved_changed.connect(self.show_saved)
        tr(self, lambda _words: self.refresh(), str)

    # The whole

    def show_record(self, place: Place | None = None) -> None:
        """The open record from its start, or at the place where it was left."""
        self.tells_problems = False
        self._parts.story.show_draft(self._record.draft, place)
        self._parts.centre.show_page(self._parts.form_pane)
        sections = self.sections()
        keys = [one.key for one in sections]
        chosen = (
            place.section if place is not None and place.section in keys else self.first_of_item(sections)
        )
        self.show_section(chosen)
        self.refresh()
        form = self._parts.form_pane.form
        story = self._parts.story
        if place is not None and place.in_beside and story.second is not None:
            story.focus(story.boxes()[-1])
        elif place is None or place.in_narrative or form is None:
            story.focus(story.story)
        elif place.question:
            form.focus_question(place.question)
        else:
            form.focus_first()

    def refresh(self) -> None:
        """Everything that follows from the draft; no widget with the focus is built anew."""
        draft, pane = self._record.draft, self._parts.form_pane
        self._person.use(draft.record.asked_in)
        sections = self.sections()
        if pane.section is None or pane.section.key not in {one.key for one in sections}:
            self.show_section(self.first_of_item(sections))
        elif pane.form is not None:
            outside = drafting.shared_values(draft, pane.section.sheet_key)
            pane.form.show_sheet(taking_down.settled_sheet(draft, pane.section), outside)
        pane.show_sections(sections)
        places = [one.id for one in draft.record.items]
        place = places.index(self._record.item_id)
        pane.show_pieces(place + 1, len(places), self._record.can_put_back, draft.record.items[place].kind)
        if draft.record.danger is not None and self._parts.centre.current() is self._parts.danger_card:
            self._parts.danger_card.show_sheet(draft.record.danger)
        self._show_sections(sections)
        self._show_facts(draft)
        self.show_saved()

    def _show_sections(self, sections: tuple[Section, ...]) -> None:
        draft = self._record.draft
        problems = taking_down.finish_problems(draft, self._library) if self.tells_problems else ()
        states = [
            SectionState(
                one.key,
                words.section_title(one),
                len(taking_down.open_questions(draft, self._library, one)),
                sum(1 for key, _problem in problems if key == one.key),
            )
            for one in sections
        ]
        self._parts.section_list.set_sections(states)
        if self._parts.form_pane.section is not None:
            self._parts.section_list.set_current(self._parts.form_pane.section.key)

    # Sections

    def sections(self) -> tuple[Section, ...]:
        return taking_down.sections(self._record.draft, self._library, self._record.item_id)

    def section(self, key: str) -> Section | None:
        """Also of another item than the one shown; None where there is none of this key."""
        found = taking_down.all_sections(self._record.draft, self._library)
        return next((one for one in found if one.key == key), None)

    @staticmethod
    def first_of_item(sections: tuple[Section, ...]) -> str:
        """Callers begin with the story, so the form begins with what the story is about."""
        of_items = (one.key for one in sections if one.sheet_key.startswith(drafting.ITEM_PREFIX))
        return next(of_items, sections[0].key if sections else "")

    def show_section(self, key: str) -> bool:
        """Builds the section's form without moving the focus; False where there is none of this key."""
        section = self.section(key)
        if section is None:
            return False
        if section.sheet_key.startswith(drafting.ITEM_PREFIX):
            self._record.item_id = section.sheet_key.removeprefix(drafting.ITEM_PREFIX)
        sheet = taking_down.settled_sheet(self._record.draft, section)
        outside = drafting.shared_values(self._record.draft, section.sheet_key)
        self._parts.form_pane.show_section(section, sheet, outside, self._problems_in(section))
        self._parts.section_list.set_current(key)
        self._parts.panes.arrange_tab_order()
        return True

    def _problems_in(self, section: Section) -> dict[str, str]:
        if not self.tells_problems:
            return {}
        return {
            problem.question_id: problem_words(
                problem,
                in_language(
                    section.question_set, section.question_set.question(problem.question_id), language()
                ),
            )
            for key, problem in taking_down.finish_problems(self._record.draft, self._library)
            if key == section.key
        }

    def place(self) -> Place:
        """Where the operator is, to come back to."""
        parts, form = self._parts, self._parts.form_pane.form
        in_story, second = parts.panes.was_in(parts.shell.narrative_pane), parts.story.second
        return Place(
            section=parts.form_pane.section.key if parts.form_pane.section is not None else "",
            item=self._record.item_id,
            question=(form.current_question() or "") if form is not None else "",
            caret=parts.narrative.textCursor().position(),
            in_narrative=in_story,
            caret_beside=second.textCursor().position() if second is not None else 0,
            in_beside=in_story and parts.story.current is second,
        )

    # Facts in words

    def show_saved(self) -> None:
        state = self._record.state
        ink = {Saved.SAVED: "ok", Saved.FAILED: "danger", Saved.ERASED: "danger"}.get(state, "muted")
        self._parts.bar.show_saved(self.saved_words, ink)

    def saved_words(self) -> str:
        match self._record.state:
            case Saved.SAVED if self._record.saved_at is not None:
                return _("✓ Saved {time}").format(time=words.clock_time(self._record.saved_at))
            case Saved.NOT_YET:
                return _("Not saved yet")
            case Saved.FAILED:
                return _("! NOT SAVED. Your words are still on the screen")
            case Saved.ERASED:
                return _("! NOT KEPT. This record was erased")
        return _("Nothing to save yet")

    def _show_facts(self, draft: Draft) -> None:
        parts = self._parts
        parts.bar.show_state(lambda: state_words(self._record.draft))
        parts.bar.show_reference(
            lambda: _("Ref {digits}").format(digits=words.reference(draft.record.reference))
        )
        frame_set = taking_down.question_set_of(draft.record.frame, self._library)
        if frame_set is not None and CONFIDENTIALITY in frame_set.by_id:
            parts.strip.show_said(
                self._said_words,
                words.text_of(frame_set, CONFIDENTIALITY, "say_short")
                or words.text_of(frame_set, CONFIDENTIALITY, "say"),
            )
        parts.needs.show_words(self.needs())
        parts.strip.show_danger(lambda: danger_words(self._record.draft), draft.record.in_danger)
        number = self._record.number
        kept = bool(number) and draft.person is not None and draft.person.number == number
        parts.strip.show_number(number, self._record.earlier, kept)

    def needs(self) -> str:
        """How this person can be spoken to; empty where nothing is known."""
        draft, today = self._record.draft, self._clock().civil
        return needs_words(draft.record, draft.person, self._library, today)

    def _said_words(self) -> str:
        return _("Confidentiality: said  F11") if self.is_said() else _("Confidentiality: not said  F11")

    def is_said(self) -> bool:
        return bool(self._record.draft.record.frame.value(CONFIDENTIALITY))

    def show_waiting(self, count: int) -> None:
        """How many records wait; shown, never spoken."""
        self._waiting = count
        self._parts.waiting.setText(self._waiting_words())

    def _waiting_words(self) -> str:
        if not self._waiting:
            return _("No record is waiting.  Shift+F9")
        words = ngettext("{count} record waits.  Shift+F9", "{count} records wait.  Shift+F9", self._waiting)
        return words.format(count=self._waiting)


def state_words(draft: Draft) -> str:
    """What is on the page, in words with a mark, so that no colour has to say it."""
    if draft.based_on:
        return _("● Editing a finished record")
    if draft.record.online is not None:
        count = len(draft.record.online.unread)
        if not count:
            return _("● Came by a web form")
        return ngettext(
            "● Came by a web form: {count} answer to check, F8",
            "● Came by a web form: {count} answers to check, F8",
            count,
        ).format(count=count)
    if draft.record.rang_off:
        return _("○ Caller rang off")
    return _("● On call") if draft.record.channel == "phone" else _("● Taking down")


def danger_words(draft: Draft) -> str:
    """Never "no risk": without a mark it is only said what was asked."""
    danger = draft.record.danger
    if danger is not None:
        marked = (
            _("! DANGER marked {time}  F7")
            if danger.closed is None
            else _("Danger of {time}, dealt with  F7")
        )
        return marked.format(time=words.clock_time(danger.marked))
    answer = draft.record.frame.answers.get("danger_asked")
    if answer is None or draft.record.frame.value("danger_asked") is None:
        return _("Danger: not asked  F7")
    return _("Danger: asked, none said  F7")

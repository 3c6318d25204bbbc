"""The phone screen: a whole conversation taken down on one page, by keys alone, with nothing in the way."""

from collections.abc import Callable, Generator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from intake_app import taking_down
from intake_app.drafting import FRAME, ITEM_PREFIX, Draft, shared_values
from intake_app.i18n import _
from intake_app.records import Answer
from intake_app.services.history import Remark
from intake_app.services.model import ServiceHit
from ui.actions import SECTION_KEYS
from ui.attachments.files import Files
from ui.form.context import FormContext
from ui.form.person_language import PersonLanguage
from ui.interpreter.helpers import Helpers
from ui.record import words
from ui.record.calls import Calls
from ui.record.display import Display
from ui.record.meanwhile import Meanwhile
from ui.record.message_beside import MessageBeside
from ui.record.navigation import Navigation
from ui.record.not_feedback import NotFeedback
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts, build_parts
from ui.record.person_words import PersonWords
from ui.record.relay_call import RelayCall
from ui.record.safety import Safety
from ui.record.stories import Stories
from ui.record.using import Using
from ui.record.warming import Warming
from ui.record.wrapping import Wrapping
from ui.shell import ShellWindow
from ui.workplace import Workplace

MAY_CONTACT = "may_contact"
LANGUAGES_OF_THE_PERSON = ("spoken_language", "written_language", "language")
YES = "yes"


class RecordPage(QObject):
    """Built around the story box of the shell, which keeps its text, caret and focus.

    While a call is open the page speaks only what the operator's key caused, danger, and "not saved".

    Signals: ``finished(record id)``
    """

    finished = Signal(str)

    def __init__(
        self,
        parts: Parts,
        display: Display,
        record: OpenRecord,
        workplace: Workplace,
        person: PersonLanguage,
    ) -> None:
        super().__init__(parts.shell)
        self._workplace = workplace
        self.narrative = parts.narrative
        self.open_record, self.parts, self.display = record, parts, display
        self.navigation = Navigation(parts, display, record, workplace, self)
        all_of_it = (parts, display, self.navigation, record, workplace, self)
        self.safety, self.wrapping, self.calls = Safety(*all_of_it), Wrapping(*all_of_it), Calls(*all_of_it)
        self.stories, self.helpers = Stories(*all_of_it), Helpers(*all_of_it)
        self.files = Files(*all_of_it)
        self.not_feedback = NotFeedback(parts, record, self.calls, self.wrapping, workplace, self)
        self.using = Using(parts, display, self.navigation, record, workplace, self)
        with_calls = (parts, display, self.navigation, record, self.calls, self.using, workplace, self)
        self.relay, self.message = RelayCall(*with_calls), MessageBeside(*with_calls)
        self.warming = Warming(parts, display, record, workplace, self)
        self.person_words = PersonWords(parts, record, workplace, person, self)
        self.meanwhile = Meanwhile(parts.shell, record, self.calls, workplace, self)
        self.helpers.language_known.connect(self.person_words.offer)
        self.helpers.relay_wanted.connect(self.relay.switch_on)
        self.finishes_at_once: Callable[[], bool] = bool
        self.acts = self._acts()
        self.calls.finished.connect(self.finished)
        self.navigation.row_changed.connect(self.wrapping.back)
        parts.story.edited.connect(record.touched)
        parts.quick_codes.chosen.connect(self._insert)
        parts.wrap_up.finish_wanted.connect(self.calls.finish)
        parts.wrap_up.other_wanted.connect(self.not_feedback.choose)
        parts.form_pane.edited.connect(self.take_answer)
        parts.form_pane.question_left.connect(record.autosave.flush)
        parts.shell.closing.connect(record.flush)
        parts.shell.unsaved = record.is_unsaved
        parts.shell.new_wanted.connect(self.calls.another_call)
        self.calls.count_waiting()
        if self.narrative.words():
            # Typed while all this was being built.
            record.touched()

    def act(self, name: str) -> None:
        """Does what the key of this name does (``ui/actions.py``)."""
        self.acts[name]()

    def new_record(self, channel: str = "phone", number: str = "") -> None:
        self.calls.new_record(channel, number)

    def open_draft(self, draft: Draft) -> None:
        self.calls.open_draft(draft)

    def _acts(self) -> dict[str, Callable[[], object]]:
        go, calls = self.navigation, self.calls
        return {
            "help": go.help,
            "service": go.find_service,
            "narrative": go.to_narrative_and_back,
            "story_language": self.stories.language,
            "beside": self.stories.beside,
            "support": self.helpers.choose,
            "files": self.files.open,
            "person_language": self.person_words.choose,
            "enlarge": self.person_words.enlarge,
            "next_pane": go.next_pane,
            "previous_pane": go.previous_pane,
            "danger": self.safety.danger,
            "read_back": self.wrapping.read_back,
            "park": calls.park,
            "parked_list": calls.show_waiting,
            "confidentiality": self.safety.confidentiality,
            "wrap_up": self._wrap_up,
            "not_feedback": self.not_feedback.choose,
            "reopen": calls.reopen,
            "new_record": calls.new_record,
            "rang_off": calls.rang_off,
            "turn_item": go.turn_item,
            "add_item": go.add_item,
            "add_enquiry": go.add_enquiry,
            "next_item": go.next_item,
            "remove_item": go.remove_item,
            "put_back_item": go.put_back_item,
            **self.relay.acts(),
            "use_selection": self.using.use_as_answer,
            "source": self.using.go_to_source,
            "quick_codes": self.parts.quick_codes.open,
            "time_stamp": self._time_stamp,
            "call_time": calls.say_call_time,
            "saved": calls.say_saved,
            "keep_number": calls.keep_number,
            "show_earlier": calls.show_earlier,
            **{f"section_{one}": partial(go.section_number, one) for one in range(1, SECTION_KEYS + 1)},
        }

    def _wrap_up(self) -> None:
        if self.wrapping.is_wrapping_up or self.finishes_at_once():
            self.calls.finish()
        elif self.open_record.is_untouched():
            self._workplace.announce(_("There is nothing to wrap up yet"))
        else:
            self.wrapping.wrap_up()

    def take_answer(self, sheet_key: str, question_id: str, answer: Answer | None) -> None:
        """From the form, or from the person themselves."""
        self.open_record.answer(sheet_key, question_id, answer)
        agreed = answer is not None and answer.value == YES
        if sheet_key == FRAME and question_id == MAY_CONTACT and agreed and self.open_record.number:
            # Asking to be called back is agreeing that the number is kept.
            self.calls.keep_number()
        if question_id in LANGUAGES_OF_THE_PERSON and answer is not None and answer.value:
            self.person_words.offer(str(answer.value))

    def _insert(self, text: str) -> None:
        self.parts.story.current.textCursor().insertText(text)
        self.navigation.to_narrative()

    def _time_stamp(self) -> None:
        now = self._workplace.clock()
        self.parts.story.current.textCursor().insertText(f"[{now.london:%H:%M}] ")
        self._workplace.announce(words.clock_time(now))


def build_record_page(shell: ShellWindow, workplace: Workplace) -> Generator[None, None, RecordPage]:
    """In slices of a few milliseconds: the story is typed into meanwhile."""
    pages: list[RecordPage] = []
    record = OpenRecord(workplace, shell.narrative.words, shell)
    person = PersonLanguage(workplace.library, shell, workplace.folder / "recordings")
    yield
    parts = yield from build_parts(
        shell, _context(shell, workplace, person), workplace.library, lambda name: pages[0].act(name)
    )
    yield
    for section in taking_down.sections(record.draft, workplace.library):
        if section.sheet_key.startswith(ITEM_PREFIX):
            sheet = taking_down.settled_sheet(record.draft, section)
            outside = shared_values(record.draft, section.sheet_key)
            parts.form_pane.drawer.prepare(section.question_set, section.group, sheet, outside)
            break
    yield
    display = Display(parts, record, workplace, person, shell)
    yield
    pages.append(RecordPage(parts, display, record, workplace, person))
    return pages[0]


def _context(shell: ShellWindow, workplace: Workplace, person: PersonLanguage) -> FormContext:
    def search(text: str, give: Callable[[tuple[ServiceHit, ...]], None]) -> None:
        directory = workplace.store.directory
        workplace.background.run(shell, lambda: tuple(directory.search(text)), give)

    def tell_remarks(
        mentions: Sequence[tuple[str, str]], when: str, give: Callable[[Mapping[str, Remark]], None]
    ) -> None:
        directory = workplace.store.directory
        workplace.background.run(shell, lambda: directory.remarks(mentions, when), give)

    def open_service(service_id: str) -> None:
        # Loaded when it is opened, as the office's dialogs are.
        from ui.record.about_service import AboutServiceDialog

        AboutServiceDialog(workplace, service_id, shell).open()

    return FormContext(
        library=workplace.library,
        search_services=search,
        tell_remarks=tell_remarks,
        open_service=open_service,
        say=workplace.announce,
        person=person,
        today=lambda: workplace.clock().civil,
    )

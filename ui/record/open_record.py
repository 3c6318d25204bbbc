"""The record on the screen: every change goes through here, onto the disk, and into the saved state."""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app import drafting, taking_down
from intake_app.drafting import Draft, Place
from intake_app.errors import IntakeError, RecordErased
from intake_app.records import ENQUIRY, FEEDBACK, Answer, Item, Record, Source
from intake_app.store.summaries import StaffMember
from intake_app.times import Instant
from ui.form.autosave import Autosave
from ui.workplace import Workplace

RETRY_MS = 5000
ASKS_PART = "service_asks_part"
"""What the feedback set takes from the directory: ``no`` where no part is asked for."""


class Saved(Enum):
    """What is true of the words on the screen. ``ERASED``: their record was, so they go nowhere else."""

    NOTHING_YET = auto()
    NOT_YET = auto()
    SAVED = auto()
    FAILED = auto()
    ERASED = auto()


class OpenRecord(QObject):
    """Holds one draft, changes it by the operations of ``drafting`` and ``taking_down``, and keeps it.

    Signals: ``changed()`` after every change but those of the story · ``saved_changed()`` when ``state`` or
    ``saved_at`` changed · ``failed(IntakeError)`` once, when keeping fails after it had worked ·
    ``danger_said()`` an answer marked danger
    """

    changed = Signal()
    saved_changed = Signal()
    failed = Signal(object)
    danger_said = Signal()

    def __init__(self, workplace: Workplace, story: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._story = story
        self.place: Callable[[], Place] = Place
        self.second: Callable[[], str] = str
        self.typing: Callable[[], str] = lambda: self.draft.typing
        self.dress: Callable[[Draft], Draft] = _as_it_is
        self._numbers: dict[str, str] = {}
        self.changes = 0
        self._kept_before = False
        self._starts_with_first_key = True
        self._removed: tuple[Item, int] | None = None
        self.state = Saved.NOTHING_YET
        self.saved_at: Instant | None = None
        self.began = workplace.clock()
        self.item_id = ""
        self.earlier = 0
        self.by = ""
        self.autosave = Autosave(self.keep, self)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self.keep)
        self.draft = self._fresh("phone")
        self.item_id = self.draft.record.items[0].id
        self.look_who_writes()

    # What is open

    def begin(self, channel: str = "phone", number: str = "", waits: bool = False) -> None:
        """A new record instead of the one on the screen, which must have been kept or parked before.

        ``waits``: nobody is on the line yet. Then the conversation starts with the first key, be it hours
        later, and not when the page was made ready.
        """
        fresh = self._fresh(channel)
        # A call that the telephone system brings is no conversation at an event.
        called = bool(number) or channel != "phone"
        self._show(fresh if called else self.dress(fresh), kept_before=False)
        self._starts_with_first_key = waits
        if number:
            self._numbers[self.draft.id] = number

    def dress_anew(self) -> None:
        """What new records are given is another thing now; a record that nobody has kept yet is new."""
        if not self._kept_before and not self.number:
            self.draft = self.dress(self.current())
            self.changed.emit()

    def open(self, draft: Draft) -> None:
        """A draft from the store, taken up again."""
        self._show(drafting.resumed(draft), kept_before=True)
        if draft.place.item in {one.id for one in draft.record.items}:
            self.item_id = draft.place.item

    def is_untouched(self) -> bool:
        return not self._kept_before and taking_down.is_untouched(self.current(), self._workplace.library)

    def current(self) -> Draft:
        """The draft with the story, the text beside it and half a relay turn, as they stand on the screen."""
        draft, words = self.draft, self._story()
        story, beside = drafting.story(draft), drafting.beside(draft)
        if words != (story.text if story else ""):
            draft = drafting.with_narrative(draft, words, self._workplace.ids, self.by)
        if beside is not None and (second := self.second()) != beside.text:
            draft = drafting.with_words(draft, beside.id, second, self.by)
        if (typing := self.typing()) != draft.typing:
            draft = draft.model_copy(update={"typing": typing})
        return draft

    def is_unsaved(self) -> bool:
        """Words that only the window holds."""
        return self.state in (Saved.NOT_YET, Saved.FAILED)

    @property
    def number(self) -> str:
        """The caller's number, held in memory only until the person agrees that it is kept."""
        return self._numbers.get(self.draft.id, "")

    # What changes it

    def touched(self) -> None:
        """The story was typed in."""
        self.changes += 1
        if self.state is Saved.ERASED:
            return
        if self._starts_with_first_key and self.state is Saved.NOTHING_YET:
            self._starts_now()
        self._say_state(Saved.NOT_YET)
        self.autosave.touched()

    def apply(self, changed: Draft) -> None:
        """Another state of the same draft, settled and kept soon."""
        self.draft = taking_down.settled(changed, self._workplace.library)
        self.touched()
        self.changed.emit()

    def answer(self, sheet_key: str, question_id: str, answer: Answer | None) -> None:
        library, ids = self._workplace.library, self._workplace.ids
        draft = taking_down.opened(self.current(), sheet_key, library, ids)
        if answer is not None and drafting.is_keyed_from_paper(draft):
            answer = answer.model_copy(update={"source": Source.PAPER})
        if answer is not None and (sheet := drafting.sheet(draft, sheet_key)) is not None:
            answer = drafting.carried_on(sheet.answers.get(question_id), answer)
        draft = drafting.with_answer(draft, sheet_key, question_id, answer)
        said = sheet_key == drafting.FRAME and question_id == "danger_asked" and answer is not None
        if said and answer is not None and answer.value == "danger_said" and draft.record.danger is None:
            draft = taking_down.mark_danger(draft, library, self._workplace.clock())
            self.danger_said.emit()
        self.apply(draft)
        if question_id == "services" and sheet_key.startswith(drafting.ITEM_PREFIX):
            self._look_up_parts(sheet_key.removeprefix(drafting.ITEM_PREFIX))

    def _look_up_parts(self, item_id: str) -> None:
        """Whether the chosen services are of a type whose part, such as a ward, is asked for."""
        ids = [one.id for one in drafting.item(self.draft, item_id).services if one.id]
        directory, types = self._workplace.store.directory, self._workplace.library.code_list("service_types")

        def look() -> str:
            found = [service.type for one in ids if (service := directory.get(one)) is not None]
            codes = [types.by_code[one] for one in found if one in types.by_code]
            return "no" if codes and all(one.filter.get("asks_part") == "no" for one in codes) else "yes"

        def done(asks: str) -> None:
            here = next((one for one in self.draft.record.items if one.id == item_id), None)
            if here is not None and here.outside.get(ASKS_PART, "yes") != asks:
                self.apply(drafting.with_outside(self.current(), item_id, ASKS_PART, asks))

        self._workplace.background.run(self, look, done)

    def add_item(self, kind: str) -> None:
        draft = taking_down.add_item(self.current(), self._workplace.library, self._workplace.ids, kind)
        self.item_id = draft.record.items[-1].id
        self.apply(draft)

    def turn_item(self) -> str:
        """Feedback becomes an enquiry and an enquiry feedback; returns what the piece is now.

        Raises ValueError where the piece has an answer that only its present questions ask.
        """
        draft = self.current()
        kind = FEEDBACK if drafting.item(draft, self.item_id).kind == ENQUIRY else ENQUIRY
        self.apply(taking_down.turn_item(draft, self._workplace.library, self.item_id, kind))
        return kind

    def remove_item(self) -> None:
        """The item that is shown; ``put_back_item`` undoes it. The last item stays: raises ValueError."""
        draft = self.current()
        places = [one.id for one in draft.record.items]
        position = places.index(self.item_id)
        shorter = drafting.remove_item(draft, self.item_id)
        self._removed = (draft.record.items[position], position)
        self.item_id = shorter.record.items[max(0, position - 1)].id
        self.apply(shorter)

    def put_back_item(self) -> bool:
        """False where nothing was removed since the record was opened."""
        if self._removed is None:
            return False
        removed, position = self._removed
        self._removed = None
        self.item_id = removed.id
        self.apply(drafting.put_back_item(self.current(), removed, position))
        return True

    @property
    def can_put_back(self) -> bool:
        return self._removed is not None

    def next_item(self) -> int:
        """Shows the next item, after the last the first, and returns its place, 1 being the first."""
        places = [one.id for one in self.draft.record.items]
        position = (places.index(self.item_id) + 1) % len(places)
        self.item_id = places[position]
        self.changed.emit()
        return position + 1

    def keep_number(self) -> None:
        """The person agreed: the number becomes part of their details, under seal."""
        if self.number:
            draft = taking_down.opened(
                self.current(), drafting.PERSON, self._workplace.library, self._workplace.ids
            )
            if draft.person is not None:
                person = draft.person.model_copy(update={"number": self.number})
                draft = draft.model_copy(update={"person": person})
                self.apply(drafting.with_answer(draft, drafting.PERSON, "phone", Answer(value=self.number)))

    def drop_number(self) -> None:
        self._numbers.pop(self.draft.id, None)
        self.changed.emit()

    # Onto the disk

    def keep(
        self, then: Callable[[], object] | None = None, otherwise: Callable[[], object] | None = None
    ) -> None:
        """Keeps the draft as it is now; ``then`` runs when it is on disk, ``otherwise`` when that failed.

        An untouched record is not kept, and nothing runs. One that was erased is never tried again.
        """
        self.draft = self.current()
        if self.state is Saved.ERASED:
            if otherwise is not None:
                otherwise()
            return
        if self.is_untouched():
            self._say_state(Saved.NOTHING_YET)
            return
        self.autosave.forget()
        self._kept_before = True
        draft, change, store = self.draft, self.changes, self._workplace.store
        draft = draft.model_copy(update={"updated": self._workplace.clock(), "place": self.place()})

        def done(_kept: object) -> None:
            self._on_kept(draft.id, change)
            if then is not None and change != self.changes:
                # Something changed meanwhile: nobody leaves this record before it is on disk too.
                self.keep(then, otherwise)
            elif then is not None:
                then()

        def failed(error: IntakeError) -> None:
            self._on_failed(error)
            if otherwise is not None:
                otherwise()

        self._workplace.background.run(self, lambda: store.drafts.keep(draft), done, failed)

    def flush(self) -> None:
        """Keeps now what waits for the pause after the last key."""
        if self.is_unsaved():
            self.keep()

    def park(self, then: Callable[[], object], otherwise: Callable[[], object]) -> None:
        """Sets the record aside at its place; ``then`` runs when it is on disk, ``otherwise`` if not.

        One that was erased, as its operator was told, has no place: it is closed.
        """
        if self.state is Saved.ERASED:
            then()
            return
        self.draft = drafting.parked(self.current(), self._workplace.clock(), self.place())
        self.keep(then, otherwise)

    def finish(self, then: Callable[[Record], object], otherwise: Callable[[IntakeError], object]) -> None:
        """Saves the record in one transaction; the draft goes with it. Nothing changes here if that fails."""
        workplace, draft = self._workplace, self.current()
        now, store = workplace.clock(), workplace.store

        def save() -> Record:
            member = store.staff.current
            by = member.id if member is not None else ""
            record = store.records.save(taking_down.finish(draft, workplace.library, now, by))
            for service in {one.id for item in record.items for one in item.services if one.id}:
                store.directory.note_use(service)
            return record

        def failed(error: IntakeError) -> None:
            self._on_failed(error)
            otherwise(error)

        self.autosave.forget()
        workplace.background.run(self, save, then, failed)

    def look_who_writes(self) -> None:
        """Who is at the keyboard now; asked of the store off the UI thread."""

        def done(member: StaffMember | None) -> None:
            self.by = member.id if member is not None else ""
            if not self.draft.record.written_by and not self.draft.based_on:
                self.draft = drafting.with_record(self.draft, written_by=self.by)

        store = self._workplace.store
        self._workplace.background.run(self, lambda: store.staff.current, done)

    def _on_kept(self, draft_id: str, change: int) -> None:
        if draft_id != self.draft.id:
            return
        self._retry.stop()
        self.saved_at = self._workplace.clock()
        self._say_state(Saved.SAVED if change == self.changes else Saved.NOT_YET)

    def _on_failed(self, error: IntakeError) -> None:
        state = Saved.ERASED if isinstance(error, RecordErased) else Saved.FAILED
        first = self.state is not state
        self.draft = drafting.resumed(self.draft)
        if state is Saved.FAILED:
            self._retry.start()
        self._say_state(state)
        if first:
            self.failed.emit(error)

    def _say_state(self, state: Saved) -> None:
        # A failure stays said until something was saved: typing on does not mend it.
        if self.state is Saved.FAILED and state is Saved.NOT_YET:
            return
        if state is not self.state or state is Saved.SAVED:
            self.state = state
            self.saved_changed.emit()

    def _starts_now(self) -> None:
        self.began = self._workplace.clock()
        record = self.draft.record
        # A letter's day that somebody gave stays, whenever the first key comes.
        received = self.began if record.received == record.started else record.received
        self.draft = drafting.with_record(self.draft, started=self.began, received=received)

    def _show(self, draft: Draft, kept_before: bool) -> None:
        self._retry.stop()
        self.draft = draft
        self.item_id = draft.record.items[0].id
        self.began = self._workplace.clock()
        self._kept_before = kept_before
        self._starts_with_first_key = False
        self._removed = None
        self.earlier = 0
        self.saved_at = draft.updated
        self.look_who_writes()
        self.state = Saved.SAVED if kept_before else Saved.NOTHING_YET

    def _fresh(self, channel: str) -> Draft:
        workplace = self._workplace
        return taking_down.new_draft(
            workplace.library, workplace.ids, workplace.clock(), workplace.store.device, self.by, channel
        )


def _as_it_is(draft: Draft) -> Draft:
    return draft

"""One call after another: new, parked, rung off, finished, reopened; none is left before it is on disk."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from intake_app import taking_down
from intake_app.channels.outreach.take_away import NO_RECORD, SlipFor, slip_for
from intake_app.channels.relay.session import is_on
from intake_app.drafting import Draft
from intake_app.errors import DraftMissing, IntakeError, RecordErased
from intake_app.i18n import _, ngettext
from intake_app.records import Record
from intake_app.relay_prefixes import split_prefix
from intake_app.store.summaries import DraftSummary, StaffMember
from ui.messages import sentence
from ui.record import words
from ui.record.call_queue import CallQueue, came_words, taken_words
from ui.record.display import Display
from ui.record.navigation import Navigation
from ui.record.open_record import OpenRecord, Saved
from ui.record.parts import Parts
from ui.workplace import Workplace

T = TypeVar("T")


class Calls(QObject):
    """What changes which record is on the page. What is typed meanwhile waits for the one that comes.

    ``ready_words`` makes what is said when a new record stands ready; ``instead_of_finish`` is asked first,
    and True where something else was done.

    Signals: ``finished(record id)`` · ``finishing()`` the record on the page is about to be saved ·
    ``by_relay(str)`` the number came with this prefix of text relay · ``another()`` the page shows another
    record, or this one anew
    """

    finished = Signal(str)
    finishing = Signal()
    by_relay = Signal(str)
    another = Signal()

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
        self._queue = CallQueue()
        self._last_finished = ""
        self._last_slip = NO_RECORD
        self._busy = False
        self.refusal: Callable[[], str] = str
        """Why the record on the page may not be set aside now; empty where it may."""
        self.is_lent: Callable[[], bool] = bool
        """The person has the screen, and answers in the record on the page."""
        self.ready_words: Callable[[str], str] = str
        self.instead_of_finish: Callable[[], bool] = bool
        parts.parked_list.chosen.connect(self.open_waiting)
        parts.parked_list.discard_wanted.connect(self._discard)
        parts.parked_list.asked.connect(workplace.announce)
        parts.earlier.chosen.connect(self.open_waiting)
        parts.earlier.finished_chosen.connect(self._say_finished)
        record.failed.connect(self._on_not_saved)

    # From one record to the next

    def new_record(self, channel: str = "", number: str = "", said: str = "") -> None:
        """Ctrl+N: a new record at once; the open one is parked and comes back with Shift+F9.

        ``said`` is told in place of the usual words.
        """
        if self.stays():
            return
        taken = None if channel or number else self._queue.take()
        if taken is not None:
            channel, number = taken.channel, taken.number
        nothing_kept = self._record.is_untouched() or self._record.state is Saved.ERASED

        def begin() -> None:
            self._begin(channel or "phone", number)
            usual = _("New record.") if nothing_kept else _("Parked and saved. New record.")
            if taken is not None:
                usual = f"{usual} {taken_words(taken, len(self._queue), self._workplace.clock())}"
            self._workplace.announce(said or self.ready_words(usual))

        self._leave(begin)

    def another_call(self, channel: str, given: str) -> None:
        """The telephone system has a call, with a number as it says it. It takes nobody's place."""
        call, number = self._queue.read(channel, given, self._workplace), self._record.number
        if call.number and call.number in (number, *self._queue.numbers()):
            # It rang on several phones, or was handed over twice: it is the same call.
            return
        if self.is_lent():
            # Whoever answers alone on this screen neither sees nor hears of anybody else: staff do, later.
            self._queue.add(call)
            return
        if self._record.is_untouched() and not number and not self._queue:
            self._begin(call.channel, call.number)
            here = self._parts.shell.pages.currentWidget() is self._parts.shell.record_area
            self._workplace.announce(came_words(call, here))
            return
        self._queue.add(call)
        self._workplace.announce(self._queue.words())

    def waiting_words(self) -> str:
        """Of calls that the telephone system announced; empty where none waits."""
        return self._queue.words()

    def forget_number(self) -> None:
        """Another than the one on the line: it, and the calls that still wait, are let go."""
        had = bool(self._record.number or self._queue)
        self._queue.clear()
        self._record.drop_number()
        self._workplace.announce(
            _("Forgotten: the number, and the calls that waited.")
            if had
            else _("No number is shown, and no call waits.")
        )

    def park(self) -> None:
        """F9."""
        if self._record.is_untouched():
            self._workplace.announce(_("There is nothing to park"))
            return
        if self.says_erased():
            return
        digits = self._record.draft.record.reference

        def parked() -> None:
            self._begin("phone", "", waits=True)
            said = _("Parked and saved, {reference}. Ready for a new record.")
            self._workplace.announce(self.ready_words(said.format(reference=words.reference(digits))))

        self._leave(parked)

    def open_draft(self, draft: Draft) -> None:
        """A draft from the list; the record on the page is parked."""
        self._leave(lambda: self._open(draft))

    def open_waiting(self, draft_id: str) -> None:
        """A parked or waiting draft, at the very place where it was left."""
        store = self._workplace.store
        self._leave(lambda: self._fetch(lambda: store.drafts.load(draft_id)))

    def edit(self, record_id: str) -> None:
        """A finished record, to make a new version of it; its history is kept."""
        store = self._workplace.store
        self._leave(lambda: self._fetch(lambda: store.records.draft_for_edit(record_id)))

    def open_either(self, record_id: str, told: str = "") -> None:
        """Whether it is finished or still a draft; ``told`` is said once it is open."""
        store = self._workplace.store

        def load() -> Draft:
            try:
                return store.drafts.load(record_id)
            except DraftMissing:
                return store.records.draft_for_edit(record_id)

        self._leave(lambda: self._fetch(load, told))

    def reload(self, draft: Draft) -> None:
        """The open record as it has become, at the very place where the operator is."""
        here = draft.model_copy(update={"place": self._record.place()})
        self._record.open(here)
        self._shown(here)

    def for_slip(self) -> SlipFor:
        """Of the record on the page; where that is untouched, of the one just finished."""
        if self._record.is_untouched():
            return self._last_slip
        draft = self._record.current()
        return slip_for(draft.record, draft.person, self._workplace.store.practice)

    def reopen(self) -> None:
        """Shift+F12: the one just finished, however long ago."""
        if self._last_finished:
            self.edit(self._last_finished)
        else:
            self._workplace.announce(_("No record was finished since Intake was opened"))

    def sit_down(self, member: StaffMember, said: Callable[[str, int], str]) -> None:
        """Somebody else writes from now on, in a new record; the open one is parked, as its writer's.

        ``said`` makes what is told of the reference that was parked, empty for none, and of how many records
        wait that this member of staff began.
        """
        parked = "" if self._record.is_untouched() else self._record.draft.record.reference
        store = self._workplace.store

        def work() -> int:
            store.staff.switch(member.id)
            return store.drafts.begun_by(member.id)

        def seated(waiting: int) -> None:
            self._record.by = member.id
            self._begin("phone", "", waits=True)
            self._workplace.announce(self.ready_words(said(parked, waiting)))

        def switch() -> None:
            release = self._parts.keys.hold()
            self._workplace.background.run(
                self, work, _and_then(release, seated), _and_then(release, self._say_error)
            )

        self._leave(switch)

    def rang_off(self) -> None:
        """Ctrl+R: what has no answer was not asked. The page stays, for the last words; again undoes it."""
        if self.says_erased():
            return
        draft, library = self._record.current(), self._workplace.library
        if draft.record.rang_off:
            self._record.apply(taking_down.rang_back(draft, library))
            self._workplace.announce(_("The caller is back. What was not asked is open again."))
            return
        self._record.apply(taking_down.rang_off(draft, library))
        self._record.keep()
        said = _(
            "Caller rang off. What has no answer is kept as not asked. It waits in the list, {reference}."
        ).format(reference=words.reference(draft.record.reference))
        self._workplace.announce(said)

    def finish(self, noted: str = "") -> None:
        """Always possible. The page goes on to a new record when this one is on disk.

        ``noted`` is said before that it is finished.
        """
        if self._busy or self.says_erased() or self.instead_of_finish():
            return
        self.finishing.emit()
        self._busy = True
        self._parts.story.set_read_only(True)
        release = self._parts.keys.hold()
        done = partial(self._on_finished, noted)
        self._record.finish(_and_then(release, done), _and_then(release, self._on_not_finished))

    def _on_finished(self, noted: str, record: Record) -> None:
        self._busy = False
        self._parts.story.set_read_only(False)
        self._last_finished = record.id
        # With the details that are under seal from now on: they may say that no message is safe.
        self._last_slip = slip_for(record, self._record.draft.person, self._workplace.store.practice)
        self._begin("phone", "", waits=True)
        said = _("Finished, {reference}. Ready for a new record.")
        reference = words.reference(record.reference)
        ready = self.ready_words(said.format(reference=reference))
        self._workplace.announce(f"{noted} {ready}".strip())
        self.finished.emit(record.id)

    def _on_not_finished(self, _error: IntakeError) -> None:
        self._busy = False
        self._parts.story.set_read_only(False)

    def _leave(self, then: Callable[[], object]) -> None:
        if self.stays():
            return
        # What was never touched needs no place in any list.
        if self._record.is_untouched():
            then()
            return
        release = self._parts.keys.hold()

        def left() -> None:
            try:
                then()
            finally:
                release()

        self._record.park(left, release)

    def stays(self) -> bool:
        """Somebody would wait at the other end without a word: says so."""
        refusal = "" if self._record.is_untouched() else self.refusal()
        if refusal:
            self._workplace.announce(refusal)
        return bool(refusal)

    def _fetch(self, load: Callable[[], Draft], told: str = "") -> None:
        release = self._parts.keys.hold()
        opened = partial(self._open, told=told)
        self._workplace.background.run(
            self, load, _and_then(release, opened), _and_then(release, self._say_error)
        )

    def _begin(self, channel: str, number: str, waits: bool = False) -> None:
        # A relay prefix is no part of the number: it says that the person types.
        dialled = split_prefix(number)
        number = dialled.number
        self._record.begin(channel, number, waits)
        self._shown(None)
        if dialled.by_relay:
            self.by_relay.emit(dialled.prefix)
        if number:
            store = self._workplace.store
            self._workplace.background.run(
                self, lambda: store.people.matches(number), self._show_earlier_count
            )

    def _open(self, draft: Draft, told: str = "") -> None:
        self._record.open(draft)
        self._shown(draft)
        said = _("Back in {reference}") if not draft.based_on else _("Editing {reference}")
        said = said.format(reference=words.reference(draft.record.reference))
        # Once on opening, and in sight from then on.
        besides = " ".join(one for one in (told, self._display.needs()) if one)
        self._workplace.announce(f"{said}. {besides}" if besides else said)

    def _shown(self, draft: Draft | None) -> None:
        self._navigation.reset()
        self._navigation.leave_all_panels()
        self._parts.form_pane.forget_record()
        self._parts.danger_card.forget_record()
        self._display.show_record(draft.place if draft is not None else None)
        self.another.emit()
        self.count_waiting()

    def start_afresh(self) -> None:
        """A new record in place of the one on the page, which is not kept: practice was emptied."""
        self._record.autosave.forget()
        self._last_finished = ""
        self._begin("phone", "", waits=True)

    # What waits

    def count_waiting(self) -> None:
        store = self._workplace.store
        self._workplace.background.run(self, store.drafts.all, self._show_count)

    def _show_count(self, waiting: tuple[DraftSummary, ...]) -> None:
        self._display.show_waiting(sum(1 for one in waiting if one.id != self._record.draft.id))

    def show_waiting(self) -> None:
        """Shift+F9, and again back to the call."""
        if self._parts.centre.current() is self._parts.parked_list:
            self._navigation.leave_panel()
            return
        store = self._workplace.store
        self._workplace.background.run(self, store.drafts.all, self._list_waiting, self._say_error)

    def _list_waiting(self, waiting: tuple[DraftSummary, ...]) -> None:
        others = [one for one in waiting if one.id != self._record.draft.id]
        self._parts.parked_list.show_waiting(others, self._workplace.clock())
        self._navigation.open_panel(self._parts.parked_list)
        self._parts.parked_list.take_focus()
        count = ngettext("{count} record parked or waiting", "{count} records parked or waiting", len(others))
        self._workplace.announce(
            count.format(count=len(others)) if others else _("No record is parked or waiting")
        )

    def _discard(self, draft_id: str) -> None:
        store = self._workplace.store

        def discard() -> tuple[DraftSummary, ...]:
            store.drafts.discard(draft_id)
            return store.drafts.all()

        def done(waiting: tuple[DraftSummary, ...]) -> None:
            others = [one for one in waiting if one.id != self._record.draft.id]
            self._parts.parked_list.show_waiting(others, self._workplace.clock())
            self._parts.parked_list.take_focus()
            self._display.show_waiting(len(others))
            self._workplace.announce(_("Thrown away"))

        self._workplace.background.run(self, discard, done, self._say_error)

    # The caller's number

    def keep_number(self) -> None:
        """They agree that it is kept: it goes to their details, under seal."""
        if self._parts.strip.keep.hasFocus():
            # The button goes: the focus goes on with the story, not wherever Qt would put it.
            self._navigation.to_narrative()
        self._record.keep_number()
        self._workplace.announce(_("The number is kept with their details"))

    def _show_earlier_count(self, count: int) -> None:
        # Shown, not spoken: nobody pressed a key for it.
        self._record.earlier = count
        self._display.refresh()

    def show_earlier(self) -> None:
        """The person confirmed that the number is theirs; looking is written down with this reason."""
        number, store, here = self._record.number, self._workplace.store, self._record.draft.id

        def look() -> tuple[tuple[DraftSummary, ...], tuple[Record, ...]]:
            member = store.staff.current
            by = member.id if member is not None else ""
            found = store.people.matching(number, "confirmed by the person", by)
            begun = tuple(one for one in store.drafts.all() if one.id in found.drafts and one.id != here)
            return begun, tuple(store.records.get(one) for one in found.records)

        self._workplace.background.run(self, look, lambda found: self._list_earlier(*found), self._say_error)

    def _list_earlier(self, begun: tuple[DraftSummary, ...], records: tuple[Record, ...]) -> None:
        self._parts.earlier.show_records(begun, records, self._workplace.clock())
        self._navigation.open_panel(self._parts.earlier)
        self._parts.earlier.take_focus()

    def _say_finished(self) -> None:
        self._workplace.announce(_("This one is finished. Ctrl+F finds it by its reference."))

    # Saved or not

    def say_saved(self) -> None:
        """Ctrl+S: everything is saved by itself; this says so."""
        record = self._record
        if self.says_erased():
            return
        if record.state is Saved.SAVED and record.saved_at is not None:
            said = _("Already saved {time}").format(time=words.clock_time(record.saved_at))
            self._workplace.announce(said)
        elif record.is_untouched():
            self._workplace.announce(_("There is nothing to save yet"))
        else:
            record.keep(self._say_saved_now)

    def _say_saved_now(self) -> None:
        if self._record.saved_at is not None:
            said = _("Saved {time}").format(time=words.clock_time(self._record.saved_at))
            self._workplace.announce(said)

    def say_call_time(self) -> None:
        """Ctrl+T: only when asked for."""
        took = self._workplace.clock().utc_ms - self._record.began.utc_ms
        said = words.how_long(took)
        if is_on(self._record.draft.record):
            # Every turn is typed by somebody: the length of such a call says nothing of anybody's work.
            said = _("{time}. The time of a relay call is counted nowhere.").format(time=said)
        self._workplace.announce(said)

    def says_erased(self) -> bool:
        """Whoever asks for what cannot be done with an erased record is told why, each time."""
        erased = self._record.state is Saved.ERASED
        if erased:
            self._on_not_saved(RecordErased(id=self._record.draft.id))
        return erased

    def _on_not_saved(self, error: IntakeError) -> None:
        self._workplace.announce(_("Not saved. {reason}").format(reason=sentence(error)))

    def _say_error(self, error: IntakeError) -> None:
        self._workplace.announce(sentence(error))


def _and_then(release: Callable[[], None], act: Callable[[T], object]) -> Callable[[T], None]:
    """``act``, and after it, whatever came of it, what was typed meanwhile."""

    def both(result: T) -> None:
        try:
            act(result)
        finally:
            release()

    return both

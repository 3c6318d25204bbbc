"""One call after another: new, parked, rung off, finished, reopened; none is left before it is on disk."""

from collections.abc import Callable
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
from intake_app.store.summaries import DraftSummary
from ui.messages import sentence
from ui.record import words
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
        self._next_call = ("phone", "")
        self._last_finished = ""
        self._last_slip = NO_RECORD
        self._busy = False
        self.refusal: Callable[[], str] = str
        """Why the record on the page may not be set aside now; empty where it may."""
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
        waiting_channel, waiting_number = self._next_call
        self._next_call = ("phone", "")
        wanted = (channel or waiting_channel, number or waiting_number)
        nothing_kept = self._record.is_untouched() or self._record.state is Saved.ERASED

        def begin() -> None:
            self._begin(*wanted)
            usual = _("New record.") if nothing_kept else _("Parked and saved. New record.")
            self._workplace.announce(said or self.ready_words(usual))

        self._leave(begin)

    def another_call(self, channel: str, number: str) -> None:
        """The telephone system has a call. It takes nobody's place: Ctrl+N takes it down."""
        if self._record.is_untouched() and not self._record.number:
            self._begin(channel or "phone", number)
        else:
            self._next_call = (channel or "phone", number)
            self._parts.shell.status.show_quietly(_("Another call: Ctrl+N takes it down"))

    def park(self) -> None:
        """F9."""
        if self._record.is_untouched():
            self._workplace.announce(_("There is nothing to park"))
            return
        if self._says_erased():
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

    def open_either(self, record_id: str) -> None:
        """Whether it is finished or still a draft."""
        store = self._workplace.store

        def load() -> Draft:
            try:
                return store.drafts.load(record_id)
            except DraftMissing:
                return store.records.draft_for_edit(record_id)

        self._leave(lambda: self._fetch(load))

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

    def rang_off(self) -> None:
        """Ctrl+R: what has no answer was not asked. The page stays, for the last words; again undoes it."""
        if self._says_erased():
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

    def finish(self) -> None:
        """Always possible. The page goes on to a new record when this one is on disk."""
        if self._busy or self._says_erased() or self.instead_of_finish():
            return
        self.finishing.emit()
        self._busy = True
        self._parts.story.set_read_only(True)
        release = self._parts.keys.hold()
        self._record.finish(_and_then(release, self._on_finished), _and_then(release, self._on_not_finished))

    def _on_finished(self, record: Record) -> None:
        self._busy = False
        self._parts.story.set_read_only(False)
        self._last_finished = record.id
        # With the details that are under seal from now on: they may say that no message is safe.
        self._last_slip = slip_for(record, self._record.draft.person, self._workplace.store.practice)
        self._begin("phone", "", waits=True)
        said = _("Finished, {reference}. Ready for a new record.")
        reference = words.reference(record.reference)
        self._workplace.announce(self.ready_words(said.format(reference=reference)))
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

    def _fetch(self, load: Callable[[], Draft]) -> None:
        release = self._parts.keys.hold()
        self._workplace.background.run(
            self, load, _and_then(release, self._open), _and_then(release, self._say_error)
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

    def _open(self, draft: Draft) -> None:
        self._record.open(draft)
        self._shown(draft)
        said = _("Back in {reference}") if not draft.based_on else _("Editing {reference}")
        said = said.format(reference=words.reference(draft.record.reference))
        # Once on opening, and in sight from then on.
        self._workplace.announce(f"{said}. {needs}" if (needs := self._display.needs()) else said)

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
        if self._says_erased():
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

    def _says_erased(self) -> bool:
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

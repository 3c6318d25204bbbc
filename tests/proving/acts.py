"""What a script can do on a computer: each act chooses with the dice of its step."""

import random
from collections.abc import Callable

from intake_app import drafting, taking_down
from intake_app.drafting import EQUALITY, PERSON, Draft
from intake_app.errors import RecordMissing
from intake_app.forms.library import Library
from intake_app.people import PersonDetails
from intake_app.records import Answer, RecordState
from tests.proving.computers import Computer

MOST_CLOCK_SECONDS = 40 * 86_400
CHANNELS = ("phone", "email", "drop_in", "outreach", "post", "web_form")


class Acts:
    """Of whoever sits at one computer; what they typed is given back to be remembered."""

    def __init__(self, library: Library, typed: Callable[[str, str], None]) -> None:
        """``typed`` is told of every word typed for a record, saved or not."""
        self._library = library
        self._typed = typed

    def take_down(self, computer: Computer, dice: random.Random, token: str) -> None:
        """A whole conversation; some tell who they are, some are in danger."""
        now = computer.clock()
        channel = dice.choice(CHANNELS)
        draft = taking_down.new_draft(
            self._library, computer.ids, now, computer.store.device, channel=channel
        )
        draft = self._told(computer, draft, f"{token} was said first")
        if dice.random() < 0.3:
            draft = self._with_person(computer, draft, token)
        if dice.random() < 0.1:
            draft = taking_down.opened(draft, EQUALITY, self._library, computer.ids)
            draft = drafting.with_answer(draft, EQUALITY, "age_band", Answer(value="25_49"))
        if dice.random() < 0.05:
            draft = taking_down.mark_danger(draft, self._library, now)
        computer.store.drafts.keep(draft)
        self._finish(computer, draft)

    def edit(self, computer: Computer, dice: random.Random, token: str) -> None:
        """Opens a finished record, writes on, finishes."""
        if record := self._some_record(computer, dice):
            draft = self._opened(computer, record)
            self._finish(computer, self._told(computer, draft, f"{token} came later"))

    def open(self, computer: Computer, dice: random.Random, token: str) -> None:
        """Opens a finished record, or begins one, and leaves it open in the window."""
        record = self._some_record(computer, dice)
        if record and dice.random() < 0.6:
            draft = self._opened(computer, record)
        else:
            now = computer.clock()
            draft = taking_down.new_draft(self._library, computer.ids, now, computer.store.device)
        computer.editing[draft.id] = self._told(computer, draft, f"{token} is still being typed")

    def type(self, computer: Computer, dice: random.Random, token: str) -> None:
        """Writes on in what is open, or in a draft of the list; it is kept as typed."""
        draft = self._some_draft(computer, dice)
        if draft is None:
            return
        draft = self._told(computer, draft, f"{token} typed on")
        computer.editing[draft.id] = draft
        try:
            computer.store.drafts.keep(draft)
        except RecordMissing:
            computer.editing.pop(draft.id)

    def finish(self, computer: Computer, dice: random.Random, token: str) -> None:
        """Finishes what is open, or a draft of the list."""
        draft = self._some_draft(computer, dice)
        if draft is not None:
            self._finish(computer, self._told(computer, draft, f"{token} said last"))

    def person(self, computer: Computer, dice: random.Random, token: str) -> None:
        """Who told it is written down, or mended."""
        record = self._some_record(computer, dice)
        if record:
            draft = self._with_person(computer, self._opened(computer, record), token)
            self._finish(computer, draft)

    def withdraw(self, computer: Computer, dice: random.Random, _token: str) -> None:
        record = self._some_record(computer, dice)
        if record and computer.store.records.get(record).state is not RecordState.WITHDRAWN:
            computer.store.records.withdraw(record, "asked")

    def erase(self, computer: Computer, dice: random.Random, _token: str) -> None:
        record = self._some_record(computer, dice)
        if record:
            computer.store.erase(record, "asked")

    def clock(self, computer: Computer, dice: random.Random, _token: str) -> None:
        """Somebody sets the clock, forward or back."""
        computer.clock.set_by(dice.randint(-MOST_CLOCK_SECONDS, MOST_CLOCK_SECONDS))

    def _finish(self, computer: Computer, draft: Draft) -> None:
        computer.editing.pop(draft.id, None)
        finished = taking_down.finish(draft, self._library, computer.clock())
        try:
            computer.store.records.save(finished)
        except RecordMissing:
            # Erased meanwhile, here or elsewhere: only then may the store say so.
            if not computer.rows("SELECT 1 FROM erased WHERE document = ?", draft.id):
                raise

    def _told(self, computer: Computer, draft: Draft, words: str) -> Draft:
        token = words.split()[0]
        self._typed(draft.id, token)
        # Some people say the same thing again and again: long lists of places in the search index.
        words += " again" * (int(token[1:-1], 16) % 1_000 if token[1] in "0123" else 0)
        story = drafting.story(draft)
        earlier = story.text if story is not None else ""
        return drafting.with_narrative(draft, f"{earlier} {words}".strip(), computer.ids)

    def _with_person(self, computer: Computer, draft: Draft, token: str) -> Draft:
        known = draft.record.person
        if known and draft.person is None:
            if not computer.rows("SELECT 1 FROM document WHERE id = ? AND kind = 'person'", known):
                return draft
            draft = draft.model_copy(update={"person": self._details(computer, known)})
        draft = taking_down.opened(draft, PERSON, self._library, computer.ids)
        return drafting.with_answer(draft, PERSON, "person_name", Answer(value=f"Name {token}"))

    def _details(self, computer: Computer, person: str) -> PersonDetails:
        return computer.store.people.open_person(person, "to ring back")

    def _opened(self, computer: Computer, record: str) -> Draft:
        return computer.editing.get(record) or computer.store.records.draft_for_edit(record)

    def _some_record(self, computer: Computer, dice: random.Random) -> str:
        """Rather one of the last, as those are worked on; empty where there is none."""
        ids = [row.id for row in computer.rows("SELECT id FROM projected_record ORDER BY id")]
        if not ids:
            return ""
        return str(dice.choice(ids[-8:] if dice.random() < 0.7 else ids))

    def _some_draft(self, computer: Computer, dice: random.Random) -> Draft | None:
        kept = [row.id for row in computer.rows("SELECT id FROM draft ORDER BY id")]
        ids = sorted({*kept, *computer.editing})
        if not ids:
            return None
        chosen = dice.choice(ids)
        return computer.editing.get(chosen) or computer.store.drafts.load(chosen)

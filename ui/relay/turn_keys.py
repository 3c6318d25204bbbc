"""The keys that note a turn: theirs as it is heard, ours without a word typed, and a correction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from intake_app.channels.relay import log
from intake_app.channels.relay.log import New, Whose
from intake_app.channels.relay.session import is_on
from intake_app.i18n import _
from intake_app.relay_turns import TurnBy
from intake_app.text import fsi
from ui.record.open_record import OpenRecord
from ui.relay.turn_words import prompt_words, whose_words
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.relay.turn_pane import TurnPane


class TurnKeys:
    """Speaks only what a key caused, and nothing is timed. ``prompt`` tells which question has the focus."""

    def __init__(
        self,
        record: OpenRecord,
        workplace: Workplace,
        pane: Callable[[], TurnPane | None],
        prompt: Callable[[], str],
    ) -> None:
        self._record, self._workplace = record, workplace
        self._pane, self._prompt, self._say = pane, prompt, workplace.announce
        self.correcting = ""
        """The id of the turn whose words are in the box; empty for none."""

    # Theirs

    def ended(self) -> None:
        """Enter in the box."""
        pane = self._pane()
        if pane is None:
            return
        if self.correcting:
            self._keep_correction(pane)
            return
        try:
            draft = log.heard(self._record.current(), pane.box.words(), self._new(), pane.direct.isChecked())
        except ValueError:
            self._say_nothing_typed()
            return
        pane.show_typing("")
        self._record.apply(draft)
        self._record.autosave.flush()
        if log.whose(draft.record.turns) is Whose.OVER:
            self._say(_("They said goodbye: SK. Say “goodbye, SK SK”."))
        else:
            self._say(_("Your turn."))

    def assistant_said(self) -> None:
        """What is in the box came from the assistant, in that role, and not from the person."""
        pane = self._pane()
        if pane is None:
            return
        if self.correcting:
            self._keep_correction(pane, TurnBy.RELAY_ASSISTANT)
            return
        try:
            draft = log.assistant_said(self._record.current(), pane.box.words(), self._new())
        except ValueError:
            self._say_nothing_typed()
            pane.box.setFocus()
            return
        pane.show_typing("")
        self._record.apply(draft)
        pane.box.setFocus()
        self._say(_("Noted as said by the relay assistant."))

    # Ours

    def say_whose(self) -> None:
        """F3: only when asked for."""
        if not self._off():
            self._say(whose_words(log.whose(self._record.draft.record.turns)))

    def said(self) -> None:
        """Staff read out the question that has the focus, or spoke, and said go ahead. Nothing is typed."""
        if self._off():
            return
        prompt = self._prompt()
        draft = log.said(self._record.current(), self._new(), prompt, self._direct())
        self._record.apply(draft)
        if prompt:
            question = fsi(prompt_words(prompt, self._workplace.library))
            self._say(_("Noted: you asked “{question}”. Their turn.").format(question=question))
        else:
            self._say(_("Noted: you spoke. Their turn."))

    def hold(self) -> None:
        """Staff said "please hold, GA": now the call may be set aside."""
        if not self._off():
            self._record.apply(log.asked_to_hold(self._record.current(), self._new()))
            self._say(_("Noted: please hold, GA. F9 parks now."))

    def end(self) -> None:
        """Staff said goodbye, SK SK."""
        if not self._off():
            self._record.apply(log.ended(self._record.current(), self._new()))
            self._say(_("Noted: goodbye, SK SK. Let them hang up first. F12 wraps up."))

    def keep_what_is_typed(self) -> None:
        """The record is about to be finished: half a turn is kept as it is, without a mark."""
        pane, draft = self._pane(), self._record.current()
        if draft.typing.strip() and pane is not None:
            changed = log.broken_off(draft, draft.typing, self._new(), self._direct())
            self.correcting = ""
            pane.show_typing("")
            self._record.apply(changed)

    # Corrections

    def correct(self) -> None:
        """The turn's words come into the box; the turn itself stays as it was heard."""
        pane = self._pane()
        chosen = pane.selected() if pane is not None else ()
        turns = self._record.draft.record.turns
        said = [one for one in log.shown(turns) if one.words]
        # The chosen one; while a turn of staff is current, the last that was heard.
        turn = next((one for one in said if chosen and one.id == chosen[-1]), said[-1] if said else None)
        if pane is None or turn is None:
            self._say(_("There is no turn with words to correct yet."))
            return
        # Half a turn waits until the correction is kept or left.
        self._record.draft = self._record.current()
        self.correcting = turn.id
        pane.show_typing(log.current_words(turns, turn), correcting=True)
        pane.box.setFocus()

    def leave_correction(self) -> None:
        """Esc: the turn stays as it was, and half a turn comes back."""
        pane = self._pane()
        if self.correcting and pane is not None:
            self.correcting = ""
            pane.show_typing(self._record.draft.typing)
            self._say(_("Left as it was."))

    def _keep_correction(self, pane: TurnPane, by: str = "") -> None:
        try:
            draft = log.corrected(self._record.current(), self.correcting, pane.box.words(), self._new(), by)
        except ValueError:
            self._say(_("A correction needs words. Esc leaves the turn as it was."))
            return
        self.correcting = ""
        pane.show_typing(draft.typing)
        self._record.apply(draft)
        self._record.autosave.flush()
        pane.box.setFocus()
        if by:
            self._say(_("Corrected: the relay assistant said it. What was heard first is kept too."))
        else:
            self._say(_("Corrected. What was heard first is kept too."))

    def _say_nothing_typed(self) -> None:
        self._say(_("Nothing is typed yet. Type as you hear it; GA alone gives you the turn."))

    def _off(self) -> bool:
        if is_on(self._record.draft.record):
            return False
        self._say(_("No text relay in this call. F5 adds it."))
        return True

    def _direct(self) -> bool:
        pane = self._pane()
        return pane is not None and pane.direct.isChecked()

    def _new(self) -> New:
        return New(self._workplace.ids(), self._workplace.clock())

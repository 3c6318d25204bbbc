"""A text relay call on the record page: how it begins, its pane, and when it may be left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from intake_app.channels.relay import log, session
from intake_app.i18n import _
from ui.accessibility import in_silence
from ui.record.calls import Calls
from ui.record.display import Display
from ui.record.navigation import Navigation
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.record.using import Using
from ui.relay.asking import RelayAsking
from ui.relay.turn_keys import TurnKeys
from ui.relay.turn_words import turn_words, whose_words
from ui.relay.using_turns import UsingTurns
from ui.translation import tr
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.relay.turn_pane import TurnPane


class RelayCall(QObject):
    """Speaks only what a key caused, and nothing is timed. The pane is made when first needed."""

    def __init__(
        self,
        parts: Parts,
        display: Display,
        navigation: Navigation,
        record: OpenRecord,
        calls: Calls,
        using: Using,
        workplace: Workplace,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts, self._navigation = parts, navigation
        self._record, self._workplace = record, workplace
        self.pane: TurnPane | None = None
        self._shown_id = ""
        self._was_on = False
        self.asking = RelayAsking(parts, display, navigation, record, workplace)
        self._keys = TurnKeys(record, workplace, lambda: self.pane, self.asking.prompt)
        self._turns = UsingTurns(navigation, record, using, workplace, lambda: self.pane)
        record.typing = self._typing
        calls.refusal = self._refusal
        calls.finishing.connect(self._keys.keep_what_is_typed)
        record.changed.connect(self.refresh)
        calls.another.connect(self._another)
        calls.by_relay.connect(self._dialled_by_relay)
        parts.form_pane.form_shown.connect(self.asking.show_form)
        parts.panes.stacked_changed.connect(lambda _stacked: self._arrange())
        parts.panes.entered.connect(lambda _pane: self._arrange())
        tr(self, lambda _words: self.refresh(), str)

    @property
    def is_on(self) -> bool:
        return session.is_on(self._record.draft.record)

    def acts(self) -> dict[str, Callable[[], object]]:
        """What the keys, the menu and the buttons do."""
        return {
            "whose_turn": self._keys.say_whose,
            "relay_said": self._keys.said,
            "relay_hold": self._keys.hold,
            "relay_end": self._keys.end,
            "next_unanswered": self.asking.next_unanswered,
        }

    # How it begins

    def switch_on(self) -> None:
        """F5, at any moment: nothing is retyped, and what the assistant says can be typed at once."""
        was_on = self.is_on
        self._begin()
        self._navigation.leave_all_panels()
        if self.pane is not None:
            self.pane.box.setFocus()
        self._workplace.announce(_("Text relay was on already.") if was_on else _("Text relay is on."))

    def _dialled_by_relay(self, prefix: str) -> None:
        """Shown, not spoken: nobody pressed a key for it."""
        self._begin(prefix)

    def _chosen_in_the_form(self) -> None:
        """Among the supports: said in one go with what the list has to say of the choice."""
        self._begin()
        said = _("Text relay is on. Shift+F6 goes to the turns; F3 says whose turn it is.")
        form = self._parts.form_pane.form
        if form is not None:
            form.say_too(said)
        else:
            self._workplace.announce(said)

    def _begin(self, prefix: str = "") -> None:
        self._was_on = True
        workplace = self._workplace
        draft = session.switched_on(
            self._record.current(), workplace.library, workplace.ids, workplace.clock(), prefix
        )
        self._record.apply(draft)
        self.asking.show_form()

    # What is shown

    def refresh(self) -> None:
        """What follows from the draft; the focus and half a turn stay where they are."""
        draft, on = self._record.draft, self.is_on
        wanted = on or bool(draft.record.turns) or bool(draft.typing)
        if wanted and self.pane is None:
            self._make()
        if self.pane is not None:
            self._show(self.pane, wanted)
        if on is not self._was_on:
            self._was_on = on
            if on:
                self._chosen_in_the_form()
            else:
                self.asking.show_form()

    def _show(self, pane: TurnPane, wanted: bool) -> None:
        draft, turns = self._record.draft, self._record.draft.record.turns
        direct = session.types_directly(draft.record)
        if self._shown_id != draft.id:
            self._shown_id, self._keys.correcting = draft.id, ""
            pane.show_typing(draft.typing)
            heard = [one for one in turns if not one.corrects]
            pane.show_direct(bool(heard) and heard[-1].direct)
        if direct is not None:
            pane.show_direct(direct)
        if pane.isHidden() is wanted:
            with in_silence():
                pane.setVisible(wanted)
            self._parts.panes.arrange_tab_order()
        library = self._workplace.library
        rows = [(one.id, turn_words(one, turns, library)) for one in log.shown(turns)]
        pane.show_turns(rows, whose_words(log.whose(turns)))
        number = self._record.number or session.number_of(draft.person)
        pane.show_call_back(session.dial(draft.record, number))

    def _another(self) -> None:
        # As it is: a draft from before there were sessions opens unchanged.
        self._was_on = self.is_on
        self.refresh()
        self.asking.show_form()

    def _make(self) -> None:
        from ui.relay.turn_pane import TurnPane

        parts, area = self._parts, self._parts.shell.record_area
        with in_silence():
            self.pane = pane = TurnPane(lambda name: self.acts()[name](), area)
            layout = area.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(layout.indexOf(parts.shell.columns) + 1, pane)
        parts.panes.add(pane, always=pane.box)
        parts.keys.watch(pane.box)
        pane.edited.connect(self._record.touched)
        pane.ended.connect(self._keys.ended)
        pane.correct_wanted.connect(self._keys.correct)
        pane.correction_left.connect(self._keys.leave_correction)
        pane.assistant_wanted.connect(self._keys.assistant_said)
        pane.story_wanted.connect(self._turns.into_story)
        pane.direct_changed.connect(self._direct_changed)
        self._arrange()

    def _arrange(self) -> None:
        if self.pane is not None:
            panes = self._parts.panes
            inside = panes.latest() is self.pane
            self._parts.strip.give_room(panes.stacked and inside)
            self.pane.arrange(panes.stacked, inside)

    def _direct_changed(self, direct: bool) -> None:
        """How they type is one fact: the session holds it, and each turn as it was then."""
        draft = self._record.current()
        self._record.apply(session.with_direct(draft, self._workplace.library, direct))

    def _typing(self) -> str:
        """What stands in the box of the record that is shown; a correction is no turn of its own."""
        draft = self._record.draft
        if self.pane is None or self._shown_id != draft.id or self._keys.correcting:
            return draft.typing
        return self.pane.box.words()

    # Leaving

    def _refusal(self) -> str:
        """Why this call may not be set aside yet; empty where it may. Who edits a record has nobody there."""
        draft = self._record.current()
        if draft.based_on or log.may_leave(draft.record):
            return ""
        return _("Not parked: they would wait without a word. Say “please hold, GA”, note it with "
                 "Ctrl+Shift+H, then park.")  # fmt: skip

"""Words of turns as story and as answers (``Using``); the turns stay what they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from intake_app import formats
from intake_app.channels.relay import log
from intake_app.i18n import _, ngettext
from intake_app.passages import Passage
from intake_app.relay_turns import TurnBy
from ui.record.navigation import Navigation
from ui.record.open_record import OpenRecord
from ui.record.using import Taken, Using
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.relay.turn_pane import TurnPane


class UsingTurns:
    """Any words can become the story in one key, or an answer in two."""

    def __init__(
        self,
        navigation: Navigation,
        record: OpenRecord,
        using: Using,
        workplace: Workplace,
        pane: Callable[[], TurnPane | None],
    ) -> None:
        self._navigation, self._record, self._using = navigation, record, using
        self._pane, self._say = pane, workplace.announce
        using.origins.append(self)

    def into_story(self) -> None:
        """Enter on turns: their words are copied to the end of what they said."""
        taken = self.taken()
        if taken.words:
            self._using.add_to_story(taken)
        else:
            self._say(taken.why)

    def pane_of(self) -> TurnPane | None:
        """Where the turns are shown; None where there is none."""
        pane = self._pane()
        return pane if pane is not None and not pane.isHidden() else None

    def taken(self) -> Taken:
        """Selected words of the box, else the words of the turns that are chosen in the list."""
        pane = self._pane()
        if pane is None:
            return Taken()
        marked = pane.box.textCursor().selectedText().replace("\u2029", "\n")
        if pane.box.hasFocus() and marked:
            return Taken(marked)
        turns, chosen = self._record.draft.record.turns, pane.selected()
        found = log.words_of(turns, chosen)
        if not found:
            return Taken(why=_("Choose a turn of theirs in the list first."))
        theirs = [one for one in log.shown(turns) if one.id in chosen and one.by != TurnBy.STAFF]
        lengths = [(one.id, len(log.current_words(turns, one))) for one in theirs]
        return Taken(found, tuple(Passage(turn=turn, end=end) for turn, end in lengths if end))

    def show_passages(self, passages: Sequence[Passage]) -> str:
        """The turns that words were taken from, chosen in the list."""
        turns, pane = [one.turn for one in passages if one.turn], self._pane()
        if pane is None or not turns:
            return ""
        self._navigation.leave_all_panels()
        pane.choose(turns)
        return ngettext("Taken from this turn.", "Taken from these {count} turns.", len(turns)).format(
            count=formats.number(len(turns))
        )

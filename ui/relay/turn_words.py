"""Turns in words, for the pane of a call and for a record that is read."""

from collections.abc import Sequence

from intake_app.channels.relay import log
from intake_app.channels.relay.log import Whose
from intake_app.forms.library import Library
from intake_app.i18n import _
from intake_app.relay_turns import Turn, TurnBy
from intake_app.text import fsi, ltr
from ui.record import words


def turn_words(turn: Turn, turns: Sequence[Turn], library: Library) -> str:
    """``10:02 They: HELLO, I WANT TO TELL ABOUT MY GP. GA``, with its words as they were last corrected."""
    said = log.current_words(turns, turn)
    if turn.hold:
        said = _("please hold")
    elif turn.by == TurnBy.STAFF and turn.prompt:
        said = _("read out “{question}”").format(question=fsi(prompt_words(turn.prompt, library)))
    elif turn.by == TurnBy.STAFF and not said:
        said = _("goodbye") if turn.ends else _("spoke")
    marks = " ".join(mark for mark, is_set in (("GA", turn.go_ahead), ("SK", turn.ends)) if is_set)
    line = _who(log.said_by(turns, turn)).format(words=f"{fsi(said)} {marks}".strip())
    if turn.at is not None:
        line = f"{words.clock_time(turn.at)} {line}"
    if log.is_corrected(turns, turn):
        return _("{turn}. Corrected; it was first heard as “{words}”").format(
            turn=line, words=fsi(turn.words)
        )
    return line


def _who(by: str) -> str:
    if by == TurnBy.STAFF:
        return _("You: {words}")
    if by == TurnBy.RELAY_ASSISTANT:
        return _("Relay assistant: {words}")
    return _("They: {words}")


def prompt_words(prompt: str, library: Library) -> str:
    """A question by its set and id, ``feedback.experience_kind``; of one that is not known its id."""
    set_id, _dot, question_id = prompt.partition(".")
    if set_id in library.ids():
        question_set = library.latest(set_id)
        if question_id in question_set.by_id:
            return words.short_name(question_set, question_set.question(question_id))
    return question_id


def whose_words(whose: Whose) -> str:
    """Whose turn it is, and what there is to do."""
    return {
        Whose.THEIRS: _("Their turn. Type as you hear it; Enter ends their turn."),
        Whose.OURS: _("Your turn. End with “go ahead”; Ctrl+Shift+Y notes that you spoke."),
        Whose.OVER: _("Goodbye was said: SK. Do not hang up before they do."),
    }[whose]


def call_back_words(number: str) -> str:
    """A number with the prefix that reaches them by relay."""
    return _("To call back by relay: {number}").format(number=ltr(number)) if number else ""

"""Whose turn it is, what may come next, and how a log grows. Nothing is ever taken out of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from intake_app.channels.relay.marks import Marked, read_marks
from intake_app.channels.relay.session import is_on
from intake_app.drafting import Draft, with_record
from intake_app.i18n import _
from intake_app.records import Record
from intake_app.relay_turns import Turn, TurnBy
from intake_app.text import clean_text
from intake_app.times import Instant


class Whose(StrEnum):
    """THEIRS: the person types. OURS: they said go ahead. OVER: somebody said SK and nobody went on."""

    THEIRS = "theirs"
    OURS = "ours"
    OVER = "over"


def whose(turns: Sequence[Turn]) -> Whose:
    """By the last turn that gave it away; before any, the person has it: they rang us."""
    for one in reversed(turns):
        if one.corrects:
            continue
        if one.ends:
            return Whose.OVER
        if one.go_ahead:
            return Whose.THEIRS if one.by == TurnBy.STAFF else Whose.OURS
        return Whose.OURS if one.by == TurnBy.STAFF else Whose.THEIRS
    return Whose.THEIRS


def may_leave(record: Record) -> bool:
    """Whether the call may be set aside: nobody is left waiting without a word.

    The last that staff said was "please hold, GA"; or the call is over. A form on paper is no call.
    """
    if not is_on(record) or record.sequence or record.rang_off or whose(record.turns) is Whose.OVER:
        return True
    ours = [one for one in record.turns if one.by == TurnBy.STAFF and not one.corrects]
    return bool(ours) and ours[-1].hold


@dataclass(frozen=True, slots=True)
class New:
    """What every new turn needs from outside."""

    id: str
    at: Instant


def heard(draft: Draft, typed: str, new: New, direct: bool = False) -> Draft:
    """The draft with what the person said, through the relay assistant or typed by themselves.

    The turn is over with it: GA unless they ended the call. Words that begin with a greeting of the relay
    service are the person's too, as far as anybody can tell; ``assistant_said`` is for what the assistant
    says of their own. Raises ValueError where nothing was typed.
    """
    marked = _read(typed)
    return _with(
        draft,
        Turn(
            id=new.id, at=new.at, words=marked.words, go_ahead=marked.go_ahead or not marked.ends,
            ends=marked.ends, direct=direct,
        ),
    )  # fmt: skip


def corrected(draft: Draft, turn_id: str, typed: str, new: New, by: str = "") -> Draft:
    """The draft with how this turn should read; the turn stays as it was heard.

    ``by`` is who said it where that was wrong too: the relay assistant, not the person. Half a turn stays.
    Raises ValueError where nothing was typed.
    """
    before = next(one for one in draft.record.turns if one.id == turn_id)
    marked = _read(typed)
    turn = Turn(id=new.id, at=new.at, by=by or said_by(draft.record.turns, before), words=marked.words,
                corrects=turn_id, direct=before.direct)  # fmt: skip
    return _with(draft, turn).model_copy(update={"typing": draft.typing})


def assistant_said(draft: Draft, typed: str, new: New) -> Draft:
    """The draft with what the relay assistant said of their own, such as "this is Relay UK".

    It gives nobody the turn. Raises ValueError where nothing was typed.
    """
    marked = read_marks(clean_text(typed))
    if not marked.words:
        raise ValueError("nothing typed")
    turn = Turn(id=new.id, at=new.at, by=TurnBy.RELAY_ASSISTANT, words=marked.words, go_ahead=marked.go_ahead)
    return _with(draft, turn)


def broken_off(draft: Draft, typed: str, new: New, direct: bool = False) -> Draft:
    """What was typed of a turn that never ended, kept as it is: without a mark."""
    marked = read_marks(clean_text(typed))
    turn = Turn(id=new.id, at=new.at, words=marked.words, go_ahead=marked.go_ahead, ends=marked.ends,
                direct=direct)  # fmt: skip
    return _with(draft, turn)


def said(draft: Draft, new: New, prompt: str = "", direct: bool = False) -> Draft:
    """Staff read out this question, or spoke, and said go ahead."""
    return _with(
        draft,
        Turn(id=new.id, at=new.at, by=TurnBy.STAFF, prompt=prompt, go_ahead=True, direct=direct),
    )


def asked_to_hold(draft: Draft, new: New) -> Draft:
    """Staff said "please hold, GA"."""
    return _with(draft, Turn(id=new.id, at=new.at, by=TurnBy.STAFF, go_ahead=True, hold=True))


def ended(draft: Draft, new: New) -> Draft:
    """Staff said goodbye, SK SK."""
    return _with(draft, Turn(id=new.id, at=new.at, by=TurnBy.STAFF, ends=True))


def _read(typed: str) -> Marked:
    marked = read_marks(clean_text(typed))
    if not (marked.words or marked.go_ahead or marked.ends):
        raise ValueError("nothing typed")
    return marked


def _with(draft: Draft, turn: Turn) -> Draft:
    return with_record(draft, turns=(*draft.record.turns, turn)).model_copy(update={"typing": ""})


def current_words(turns: Sequence[Turn], turn: Turn) -> str:
    """The words of a turn as they were last corrected."""
    found = [one.words for one in turns if one.corrects == turn.id]
    return found[-1] if found else turn.words


def said_by(turns: Sequence[Turn], turn: Turn) -> str:
    """Whose words they are, as it was last corrected."""
    found = [one.by for one in turns if one.corrects == turn.id]
    return found[-1] if found else turn.by


def shown(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns in order, each once: corrections stand with what they correct."""
    known = {one.id for one in turns}
    return tuple(one for one in turns if not one.corrects or one.corrects not in known)


def is_corrected(turns: Sequence[Turn], turn: Turn) -> bool:
    return any(one.corrects == turn.id for one in turns)


def words_of(turns: Sequence[Turn], ids: Sequence[str]) -> str:
    """The words of these turns, in the order of the log, a line each; staff's own are left out.

    What the relay assistant said of their own says so: it is not the person's story.
    """
    wanted = set(ids)
    lines = []
    for one in shown(turns):
        words = current_words(turns, one)
        by = said_by(turns, one)
        if one.id not in wanted or not words or by == TurnBy.STAFF:
            continue
        assistant = _("[Relay assistant: {words}]").format(words=words)
        lines.append(assistant if by == TurnBy.RELAY_ASSISTANT else words)
    return "\n".join(lines)

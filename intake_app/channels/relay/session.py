"""Text relay in a record: whether it is used, and the session that says with which prefix and how they type.

The one place where it is switched on: F5, the list of supports and a number with a prefix all come here.
"""

from collections.abc import Callable

from intake_app import drafting, taking_down
from intake_app.drafting import Draft, session_key
from intake_app.forms.library import Library
from intake_app.people import PersonDetails
from intake_app.records import Answer, Record, Session
from intake_app.relay_prefixes import call_back
from intake_app.times import Instant

TEXT_RELAY = "text_relay"
"""The code in ``supports.csv``."""
PREFIX, TYPING, OUTCOME, BY_RELAY = "prefix", "typing", "outcome", "call_back_by_relay"
"""Questions of the set ``relay``."""
_DIRECT, _ASSISTANT, _NO = "direct", "assistant", "no"


def is_on(record: Record) -> bool:
    """Text relay is one of the supports of this record."""
    used = record.frame.value(drafting.SUPPORT)
    return isinstance(used, list | tuple) and TEXT_RELAY in used


def session_of(record: Record) -> Session | None:
    """The last session of text relay; None in records that were made without."""
    return next((one for one in reversed(record.sessions) if one.support == TEXT_RELAY), None)


def switched_on(
    draft: Draft, library: Library, ids: Callable[[], str], now: Instant, prefix: str = ""
) -> Draft:
    """The draft of a call by text relay; nothing that was written or used before goes.

    There is one session at a time: another one begins after the one before has come to something.
    """
    there = session_of(draft.record)
    if not is_on(draft.record) or there is None or there.value(OUTCOME) is not None:
        draft = taking_down.add_session(draft, library, ids, TEXT_RELAY, now)
        there = session_of(draft.record)
    if prefix and there is not None:
        draft = _answered(draft, library, there, PREFIX, prefix)
    return draft


def types_directly(record: Record) -> bool | None:
    """Whether they type to us with no assistant between; None where nobody has said."""
    there = session_of(record)
    said = there.value(TYPING) if there is not None else None
    return None if said is None else said == _DIRECT


def with_direct(draft: Draft, library: Library, direct: bool) -> Draft:
    """How they type, as the session holds it; a record without a session is returned as it is."""
    there = session_of(draft.record)
    if there is None:
        return draft
    return _answered(draft, library, there, TYPING, _DIRECT if direct else _ASSISTANT)


def dial(record: Record, number: str) -> str:
    """What is dialled to call them back by relay; empty without a number, or where they do not want it."""
    there = session_of(record)
    if not is_on(record) or (there is not None and there.value(BY_RELAY) == _NO):
        return ""
    return call_back(number, str(there.value(PREFIX) or "") if there is not None else "")


def number_of(person: PersonDetails | None) -> str:
    """The number that they left, as far as the seal is open; empty for none."""
    if person is None:
        return ""
    return str(person.value("phone") or person.number or "")


def _answered(draft: Draft, library: Library, there: Session, question_id: str, code: str) -> Draft:
    """Nothing changes where the session's version of the set does not ask this."""
    question_set = library.get(there.question_set)
    if question_set is None or question_id not in question_set.by_id:
        return draft
    choice = question_set.question(question_id).choice(code)
    answer = Answer(value=code, label=choice.label if choice is not None else "")
    return drafting.with_answer(draft, session_key(there.id), question_id, answer)

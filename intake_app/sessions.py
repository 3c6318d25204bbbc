"""What a record's sessions come to: which need was not met, what everybody must see, what search may read."""

from collections.abc import Iterable, Iterator

from intake_app.records import Record, Session

INTERPRETER = "interpreter"
"""The question set of spoken-language interpreters."""
NOT_MET = ("not_available", "wrong_language")
"""Outcomes with which the person went without what they asked for."""
FOR_WANT_OF_ONE = ("none", "not_offered")
"""Why family interpreted, where it was not the person's wish."""
_ENDED = (*NOT_MET, "dropped", "declined", "stopped")
_SEARCHED = ("dialect", "note")


def is_unmet(session: Session) -> bool:
    """Somebody asked for help to be heard, or needed it, and did not get it, whatever there was instead.

    Family who interpret for want of anybody else are no interpreter.
    """
    outcome = session.value("outcome")
    instead = outcome == "family" and session.value("family_why") in FOR_WANT_OF_ONE
    return outcome in NOT_MET or instead or session.value("unmet_asked") is not None


def unmet(record: Record) -> tuple[Session, ...]:
    return tuple(one for one in record.sessions if is_unmet(one))


def interpreter(record: Record) -> Session | None:
    """The interpreter who is there now: the last one who has not been cut off, declined or found missing."""
    return next(
        (
            one
            for one in reversed(record.sessions)
            if one.question_set.id == INTERPRETER and one.value("outcome") not in _ENDED
        ),
        None,
    )


def needs(record: Record) -> tuple[str, ...]:
    """Codes of ``needs.csv`` that everybody who opens the record must see, each once, in order."""
    return needs_of(record.sessions)


def needs_of(helpers: Iterable[Session]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for one in helpers:
        value = one.value("needs")
        if isinstance(value, list | tuple):
            found.update(dict.fromkeys(str(code) for code in value))
    return tuple(found)


def words(record: Record) -> Iterator[str]:
    """Free words of staff that search finds; never who interpreted."""
    for one in record.sessions:
        for question in _SEARCHED:
            value = one.value(question)
            if isinstance(value, str):
                yield value

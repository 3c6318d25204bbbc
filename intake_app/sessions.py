"""What a record's sessions come to: which need was not met, what everybody must see, what search may read."""

from collections.abc import Iterator

from intake_app.records import Record, Session

INTERPRETER = "interpreter"
"""The question set of spoken-language interpreters."""
NOT_MET = ("not_available", "wrong_language")
"""Outcomes with which the person went without what they asked for."""
_ENDED = (*NOT_MET, "dropped", "declined", "stopped")
_SEARCHED = ("dialect", "note")


def is_unmet(session: Session) -> bool:
    """Somebody asked for help to be heard and did not get it, whatever was offered instead."""
    return session.value("outcome") in NOT_MET or session.value("unmet_asked") is not None


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
    found: dict[str, None] = {}
    for one in record.sessions:
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

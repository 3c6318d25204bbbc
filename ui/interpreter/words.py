"""Helpers and communication needs in words: for the page, the list, the ear."""

from collections.abc import Sequence
from datetime import date

from intake_app import i18n, sessions
from intake_app.forms.library import Library
from intake_app.i18n import _, language
from intake_app.people import PersonDetails
from intake_app.records import Record, Session
from ui.form.dates_in_words import when_words
from ui.languages import Languages

MOST_NEEDS_OF_A_ROW = 2


def needs_words(record: Record, person: PersonDetails | None, library: Library, today: date) -> str:
    """One sentence that everybody meets who opens the record; empty where nothing is known.

    ``person`` is there only while somebody takes the record down: what is sealed is not told later.
    """
    found = need_labels(_needs(record, person), library)
    found += interpreters(record, library)
    for one in answers_in(record, "respond_in"):
        label = choice_in(record, "respond_in", one, library)
        found.append(_("answer by {way}").format(way=label))
    if not found:
        return ""
    told = _("Communication needs: {needs}.").format(needs=i18n.series(dict.fromkeys(found)))
    due = _review(record, person, today)
    return f"{told} {due}".rstrip()


def need_labels(codes: Sequence[str], library: Library) -> list[str]:
    return [library.code_label("needs", one, language()) for one in codes]


def row_words(codes: Sequence[str], library: Library) -> str:
    """The same for a row of a list: the first ones, and how many more."""
    labels = need_labels(codes, library)
    shown = i18n.series(labels[:MOST_NEEDS_OF_A_ROW])
    more = len(labels) - MOST_NEEDS_OF_A_ROW
    return _("{needs} and {count} more").format(needs=shown, count=more) if more > 0 else shown


def session_words(session: Session, library: Library, name: str = "") -> str:
    """``Spoken-language interpreter, Polish, cut off``: which helper it is, and what came of it.

    ``name`` stands in place of the kind of helper.
    """
    parts = [name or library.code_label("supports", session.support, language())]
    question_set = library.get(session.question_set)
    spoken = session.value("language")
    if spoken:
        parts.append(Languages(library).name(str(spoken)))
    for name in ("mode", "outcome", "family_who"):
        answer = session.answers.get(name)
        if answer is not None and answer.relevant and session.value(name) and question_set is not None:
            choice = question_set.wording(language()).text(name, "label", str(answer.value))
            parts.append(choice or answer.label)
    return i18n.series(one for one in parts if one)


def _needs(record: Record, person: PersonDetails | None) -> tuple[str, ...]:
    own = person.value("needs") if person is not None else None
    known = [str(one) for one in own] if isinstance(own, list | tuple) else []
    return tuple(dict.fromkeys([*sessions.needs(record), *known]))


def interpreters(record: Record, library: Library) -> list[str]:
    found = []
    for one in record.sessions:
        spoken = one.value("language")
        if one.question_set.id != sessions.INTERPRETER or not spoken:
            continue
        words = {
            "woman": _("interpreter for {language}, a woman"),
            "man": _("interpreter for {language}, a man"),
        }.get(str(one.value("gender_asked")), _("interpreter for {language}"))
        found.append(words.format(language=Languages(library).name(str(spoken))))
    return found


def answers_in(record: Record, question: str) -> list[str]:
    found: dict[str, None] = {}
    for one in record.sessions:
        value = one.value(question)
        if isinstance(value, list | tuple):
            found.update(dict.fromkeys(str(code) for code in value))
    return list(found)


def choice_in(record: Record, question: str, code: str, library: Library) -> str:
    for one in record.sessions:
        question_set = library.get(one.question_set)
        if question_set is not None and question in question_set.by_id:
            return question_set.wording(language()).text(question, "label", code) or code
    return code


def _review(record: Record, person: PersonDetails | None, today: date) -> str:
    values = [one.value("needs_review") for one in record.sessions]
    values.append(person.value("needs_review") if person is not None else None)
    known = sorted(str(one) for one in values if one)
    last = known[0].rpartition("/")[2] if known else ""
    day = when_words(last)
    if not day:
        return ""
    # To the precision that was said: a month is over when the next one has begun.
    if last < today.isoformat()[: len(last)]:
        return _("They were to be asked again by {day}: ask now.").format(day=day)
    return _("To be asked again by {day}.").format(day=day)

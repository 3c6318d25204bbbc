"""Differences between versions in words: what the question is, who wrote what and when, what was decided."""

from collections.abc import Callable, Mapping
from typing import Any

from intake_app import formats
from intake_app.attachments import AttachedFile
from intake_app.forms.library import Library
from intake_app.forms.model import Question, QuestionSet
from intake_app.i18n import _
from intake_app.merging.slots import (
    ATTACHMENTS,
    CLOSING,
    DANGER,
    FRAME,
    ITEMS,
    LISTED,
    MESSAGE,
    MISSING,
    NARRATIVES,
    REPLIES,
    SESSIONS,
    TURNS,
    Path,
    is_answer,
    path_of,
    sheet_of,
)
from intake_app.narratives import ENGLISH
from intake_app.passages import Reply
from intake_app.records import (
    Answer,
    Danger,
    Decided,
    Item,
    Joined,
    Narrative,
    NarrativeKind,
    Record,
    RecordState,
    Session,
    Sheet,
)
from intake_app.store.conflicts import WHOLE, Side
from intake_app.text import fsi
from intake_app.times import Instant
from ui import narrative_words, online_words
from ui.attachments.words import file_in_words
from ui.email.reply_words import reply_words
from ui.form.words import unmarked
from ui.languages import Languages
from ui.narrative_words import kind_title
from ui.record import words as answers_in_words
from ui.record_list.record_words import answer_words, session_title, sheet_words
from ui.settling.notice_words import somebody

Names = Callable[[str], str]
"""The name of a staff member by id; empty where it is not known."""


About = Record | Sheet | None
"""What differences are read with: their record, or the details kept apart from it."""


def place_words(path: Path, about: About, library: Library) -> str:
    """What a difference is about: the question's words, or which story, piece or fact of the record."""
    if is_answer(path):
        question_set, question = _question(path, about, library)
        label = path[-1] if question is None or question_set is None else _label(question_set, question)
        piece = _piece(path, about)
        if path[0] == SESSIONS:
            piece = session_title(_sheet(path, about), about, library)
        return _("{piece}: {question}").format(piece=piece, question=label) if piece else label
    if path[0] == NARRATIVES:
        kinds = {one.id: one.kind for one in about.narratives} if isinstance(about, Record) else {}
        return kind_title(kinds.get(path[1], NarrativeKind.VERBATIM))
    if path[0] == ITEMS:
        return _piece(path, about) or _("A piece of feedback")
    if path[0] == ATTACHMENTS:
        return _("An attached file")
    if path[0] == REPLIES:
        return _("A reply to the email")
    if path[0] == SESSIONS:
        return session_title(_sheet((*path[:2], "answers", ""), about), about, library)
    titles = {
        WHOLE: _("The record itself"),
        CLOSING: _("Closing the danger card"),
        (DANGER,): _("The danger card"),
        ("state",): _("Withdrawn or not"),
        ("person",): _("Who told us"),
        ("equality",): _("Equality answers"),
        ("received",): _("When it was received"),
        ("started",): _("When taking down began"),
        ("rang_off",): _("Whether the caller rang off"),
        ("asked_in",): _("Language of the questions"),
        (TURNS,): _("Text relay, turn by turn"),
        (MESSAGE,): _("The email that it was made of"),
        ("event",): _("The event where it was told"),
        ("sequence",): _("Number of the paper form"),
        ("paper_check",): _("Keying the paper form a second time"),
        ("online",): _("The response on the web form"),
        (FRAME, "number"): _("The number they called from"),
        (FRAME, "subject"): _("Whose equality answers they are"),
    }
    return titles.get(path) or _("“{name}”, which a newer Intake wrote").format(name=fsi(path[-1]))


def value_words(path: Path, value: Any, about: About, library: Library) -> str:
    """One side's value as it is read out; nothing written is said so."""
    if value is MISSING:
        return _("taken away") if path == WHOLE or _is_part(path) else _nothing(path)
    if is_answer(path):
        return _answer(path, Answer.model_validate(value), about, library)
    if path[0] == NARRATIVES:
        return _narrative(Narrative.model_validate(value), about, library)
    if path[0] in LISTED and len(path) == 2:
        kept = Item if path[0] == ITEMS else Session
        return sheet_words(_("Kept"), kept.model_validate(value), library)
    if path[0] == ATTACHMENTS:
        return file_in_words(AttachedFile.model_validate(value))
    if path[0] == REPLIES:
        return reply_words(Reply.model_validate(value), Languages(library))
    if path == (MESSAGE,):
        return _("an email")
    if path == (DANGER,):
        return sheet_words(_("Kept"), Danger.model_validate(value), library)
    if path == CLOSING:
        return _closed(value)
    if path == ("state",):
        return _("withdrawn") if value == RecordState.WITHDRAWN.value else _("not withdrawn")
    if path in (("person",), ("equality",)):
        return _("details taken down, kept apart from the story")
    if path == WHOLE:
        return _("kept")
    if path == ("online",):
        return online_words.told(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict) and "utc" in value:
        return formats.long_moment(Instant.parse(str(value["utc"])))
    return fsi(str(value))


def side_words(side: Side, me: str) -> str:
    """``Amina wrote, 2 March 2026, 10:14`` · ``You wrote, …``."""
    moment = formats.long_moment(side.at) if side.at is not None else _("at an unknown time")
    if side.removed and side.by and side.by == me:
        return _("You took the record away, {moment}").format(moment=moment)
    if side.removed:
        return _("{name} took the record away, {moment}").format(name=somebody(side.name), moment=moment)
    if side.by and side.by == me:
        return _("You wrote, {moment}").format(moment=moment)
    return _("{name} wrote, {moment}").format(name=somebody(side.name), moment=moment)


def short_side_words(side: Side, me: str) -> str:
    """Whose words a choice keeps."""
    if side.by and side.by == me:
        return _("What you wrote")
    return _("What {name} wrote").format(name=somebody(side.name))


def stay_words(side: Side, me: str) -> str:
    """The choice about a record that one side took away."""
    mine = bool(side.by) and side.by == me
    if side.removed and mine:
        return _("Keep it deleted, as you did")
    if side.removed:
        return _("Keep it deleted, as {name} did").format(name=somebody(side.name))
    if mine:
        return _("Keep the record with what you wrote")
    return _("Keep the record with what {name} wrote").format(name=somebody(side.name))


def joined_words(joined: Joined, record: Record | None, library: Library, names: Names) -> str:
    """In a record's history: what a version was joined from, who decided, and how each place was settled."""
    parts = [
        _("{name}, {moment}")
        .format(name=somebody(names(one.by)), moment="" if one.at is None else formats.long_moment(one.at))
        .rstrip(", ")
        for one in joined.versions
    ]
    told = _("Joined from what was written by {versions}.").format(versions="; ".join(parts))
    if not joined.by:
        return told + " " + _("Nothing was in dispute.")
    lines = [told + " " + _("Settled by {name}:").format(name=somebody(names(joined.by)))]
    writers = {one.mutation: one.by for one in joined.versions}
    for one in joined.decisions:
        try:
            place = place_words(path_of(one.place), record, library)
        except ValueError:
            place = one.place
        how = {
            Decided.SIDE: _("as {name} wrote").format(name=somebody(names(writers.get(one.version, "")))),
            Decided.BEFORE: _("as it was before"),
            Decided.BOTH: _("both kept"),
            Decided.COMBINED: _("written from both"),
        }[one.how]
        lines.append(_("{place}: {how}").format(place=unmarked(place), how=how))
    return "\n  ".join(lines)


def short(text: str) -> str:
    """The beginning of a long value, for a choice."""
    return answers_in_words.quoted(text)


def _narrative(one: Narrative, of: object, library: Library) -> str:
    """Its words, and before them what else may differ: whose they are, which language, who checked them."""
    languages = Languages(library)
    known = of.narratives if isinstance(of, Record) else ()
    original = next((other for other in known if other.id == one.derived_from), None)
    facts = narrative_words.about(one, original, languages)
    usual = one.kind is NarrativeKind.VERBATIM and one.language == ENGLISH and not facts
    return one.text if usual else "\n".join([narrative_words.title(one, languages), *facts, one.text])


def _nothing(path: Path) -> str:
    if is_answer(path):
        return _("no answer")
    return _("still open") if path == CLOSING else _("nothing")


def _is_part(path: Path) -> bool:
    return path == (DANGER,) or (path[0] in (*LISTED, ATTACHMENTS) and len(path) == 2)


def _closed(value: Mapping[str, Any]) -> str:
    at = value.get("closed")
    if not isinstance(at, dict):
        return _("still open")
    return _("closed, {moment}").format(moment=formats.long_moment(Instant.parse(str(at["utc"]))))


def _piece(path: Path, about: About) -> str:
    """``Feedback 2`` where a record has several pieces; empty where there is one."""
    if not isinstance(about, Record) or path[0] != ITEMS:
        return ""
    ids = [one.id for one in about.items]
    if path[1] not in ids or (len(ids) == 1 and is_answer(path)):
        return ""
    number = ids.index(path[1]) + 1
    title = _("Enquiry {number}") if about.items[number - 1].kind == "enquiry" else _("Feedback {number}")
    return title.format(number=number)


def _question(path: Path, about: About, library: Library) -> tuple[QuestionSet | None, Question | None]:
    sheet = _sheet(path, about)
    question_set = library.get(sheet.question_set) if sheet is not None else None
    question = question_set.question(path[-1]) if question_set and path[-1] in question_set.by_id else None
    return question_set, question


def _sheet(path: Path, about: About) -> Sheet | None:
    if not isinstance(about, Record):
        return about
    where = sheet_of(path)
    if where == (FRAME,):
        return about.frame
    if where == (DANGER,):
        return about.danger
    listed = about.sessions if where[0] == SESSIONS else about.items
    return next((one for one in listed if one.id == where[-1]), None)


def _label(question_set: QuestionSet, question: Question) -> str:
    return answers_in_words.text_of(question_set, question.id, "label") or question.label


def _answer(path: Path, answer: Answer, about: About, library: Library) -> str:
    question_set, question = _question(path, about, library)
    if question_set is not None and question is not None:
        found = answers_in_words.answer_words(question_set, question, answer, library)
    else:
        found = answer_words(question, answer, library)
    return found or _("no answer")

"""The record that is being taken down: a draft, and what may be done to it without a screen.

Every operation takes a draft and gives back another; none of them saves, speaks or knows the time.
A *sheet key* names one sheet of the draft: ``frame``, ``person``, ``equality``, ``danger``, ``item:<id>`` or
``session:<id>``.
What needs the question sets is in ``taking_down``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import Field

from intake_app import sessions
from intake_app.bodies import Body, StoredInstant
from intake_app.narratives import UNKNOWN, is_english, told
from intake_app.passages import Passage
from intake_app.people import EqualityAnswers, PersonDetails
from intake_app.records import (
    ENQUIRY,
    Answer,
    AnswerState,
    Item,
    Narrative,
    NarrativeKind,
    Record,
    Session,
    Sheet,
)
from intake_app.times import Instant

FRAME = "frame"
PERSON = "person"
EQUALITY = "equality"
DANGER = "danger"
SUPPORT = "support"
ITEM_PREFIX = "item:"
SESSION_PREFIX = "session:"
_SPEAKERS = {NarrativeKind.VERBATIM: "person", NarrativeKind.INTERPRETED: "interpreter"}
_OTHER_KIND = {
    NarrativeKind.VERBATIM: NarrativeKind.INTERPRETED,
    NarrativeKind.INTERPRETED: NarrativeKind.VERBATIM,
}


class Place(Body):
    """Where the operator was: section key, question id, carets in the story and in the text beside it."""

    section: str = ""
    item: str = ""
    question: str = ""
    caret: int = 0
    in_narrative: bool = True
    caret_beside: int = 0
    in_beside: bool = False


class Draft(Body):
    """A record not yet finished, as it is autosaved.

    ``record.id`` is the draft's id and stays the record's. ``based_on`` is the mutation of the finished
    version being edited, empty for a new record. ``typing`` is what was typed of a relay turn that has not
    ended. ``checks`` is the record whose paper form is keyed a second time in this draft, which becomes no
    record. ``person`` is kept under seal by the store. The caller's
    number before consent is no part of a draft: it lives in memory only.
    """

    record: Record
    person: PersonDetails | None = None
    equality: EqualityAnswers | None = None
    based_on: str = ""
    typing: str = ""
    checks: str = ""
    parked: StoredInstant | None = None
    updated: StoredInstant | None = None
    place: Place = Field(default_factory=Place)

    @property
    def id(self) -> str:
        return self.record.id


def is_keyed_from_paper(draft: Draft) -> bool:
    """A form of paper is at hand. A later edit of its record is none."""
    return bool(draft.record.sequence) and not draft.based_on


def item_key(item_id: str) -> str:
    """The sheet key of an item."""
    return ITEM_PREFIX + item_id


def session_key(session_id: str) -> str:
    """The sheet key of a session."""
    return SESSION_PREFIX + session_id


def sheet_keys(draft: Draft) -> tuple[str, ...]:
    """The sheets that are open, in the order of the conversation."""
    keys = [FRAME, *(item_key(one.id) for one in draft.record.items)]
    keys += [session_key(one.id) for one in draft.record.sessions]
    keys += [key for key in (PERSON, EQUALITY, DANGER) if sheet(draft, key) is not None]
    return tuple(keys)


def sheet(draft: Draft, key: str) -> Sheet | None:
    """The sheet of this key; None where it was never opened. An unknown item or session raises KeyError."""
    if key == FRAME:
        return draft.record.frame
    if key == PERSON:
        return draft.person
    if key == EQUALITY:
        return draft.equality
    if key == DANGER:
        return draft.record.danger
    if key.startswith(SESSION_PREFIX):
        return session(draft, key.removeprefix(SESSION_PREFIX))
    return item(draft, key.removeprefix(ITEM_PREFIX))


def session(draft: Draft, session_id: str) -> Session:
    """The session of this id. Raises KeyError."""
    for one in draft.record.sessions:
        if one.id == session_id:
            return one
    raise KeyError(session_id)


def item(draft: Draft, item_id: str) -> Item:
    """The item of this id. Raises KeyError."""
    for one in draft.record.items:
        if one.id == item_id:
            return one
    raise KeyError(item_id)


def with_sheet(draft: Draft, key: str, changed: Sheet) -> Draft:
    """The draft with this sheet's answers. Raises KeyError where the sheet is not open."""
    answers = {"answers": changed.answers}
    if key == FRAME:
        return with_record(draft, frame=draft.record.frame.model_copy(update=answers))
    if key == PERSON and draft.person is not None:
        return draft.model_copy(update={"person": draft.person.model_copy(update=answers)})
    if key == EQUALITY and draft.equality is not None:
        return draft.model_copy(update={"equality": draft.equality.model_copy(update=answers)})
    if key == DANGER and draft.record.danger is not None:
        return with_record(draft, danger=draft.record.danger.model_copy(update=answers))
    if key.startswith(ITEM_PREFIX):
        replaced = item(draft, key.removeprefix(ITEM_PREFIX)).model_copy(update=answers)
        items = tuple(replaced if one.id == replaced.id else one for one in draft.record.items)
        return with_record(draft, items=items)
    if key.startswith(SESSION_PREFIX):
        changed_session = session(draft, key.removeprefix(SESSION_PREFIX)).model_copy(update=answers)
        return with_record(
            draft,
            sessions=tuple(
                changed_session if one.id == changed_session.id else one for one in draft.record.sessions
            ),
        )
    raise KeyError(key)


def with_answer(draft: Draft, key: str, question_id: str, answer: Answer | None) -> Draft:
    """The draft with this answer; None takes it away. Raises KeyError where the sheet is not open."""
    current = sheet(draft, key)
    if current is None:
        raise KeyError(key)
    answers = dict(current.answers)
    if answer is None:
        answers.pop(question_id, None)
    else:
        answers[question_id] = answer
    return with_sheet(draft, key, current.model_copy(update={"answers": answers}))


def with_record(draft: Draft, **changes: Any) -> Draft:
    """The draft with these fields of its record replaced."""
    return draft.model_copy(update={"record": draft.record.model_copy(update=changes)})


def shared_values(draft: Draft, key: str) -> Mapping[str, Any]:
    """What the conditions of one sheet may ask besides: the frame's values, and the item's from outside.

    The frame itself may ask whether the record holds nothing but enquiries, a session which support it is.
    """
    if key == FRAME:
        only = all(one.kind == ENQUIRY for one in draft.record.items)
        return {"only_enquiries": "yes" if only and draft.record.items else "no"}
    frame = draft.record.frame
    values = {question_id: frame.value(question_id) for question_id in frame.answers}
    if key.startswith(ITEM_PREFIX):
        values.update(item(draft, key.removeprefix(ITEM_PREFIX)).outside)
    elif key.startswith(SESSION_PREFIX):
        values["session_support"] = session(draft, key.removeprefix(SESSION_PREFIX)).support
    return values


def story(draft: Draft) -> Narrative | None:
    """What was told first, by the person or for them; None where the record has nothing."""
    return next(iter(told(draft.record)), None)


def beside(draft: Draft) -> Narrative | None:
    """The other of two texts that belong together: what they said themselves, what the interpreter said."""
    main = story(draft)
    if main is None:
        return None
    others = (one for one in told(draft.record) if one.id != main.id)
    return next((one for one in others if one.derived_from == main.id or main.derived_from == one.id), None)


def with_narrative(draft: Draft, text: str, ids: Callable[[], str], by: str = "") -> Draft:
    """The draft with the story as it now reads; ``by`` is the staff member who wrote it down."""
    main = story(draft)
    if main is None:
        return _with_more(draft, Narrative(id=ids(), text=text, by=by))
    return with_words(draft, main.id, text, by)


def with_words(draft: Draft, narrative_id: str, text: str, by: str = "") -> Draft:
    """The draft in which this narrative reads so."""
    (current,) = (one for one in draft.record.narratives if one.id == narrative_id)
    taken_from = current.taken_from if text.strip() else ()
    return _with_changed(draft, narrative_id, text=text, by=by or current.by, taken_from=taken_from)


def with_passages(draft: Draft, narrative_id: str, passages: Sequence[Passage]) -> Draft:
    """The draft in which words of this narrative were taken from these passages too."""
    (current,) = (one for one in draft.record.narratives if one.id == narrative_id)
    more = dict.fromkeys((*current.taken_from, *passages))
    return _with_changed(draft, narrative_id, taken_from=tuple(more))


def carried_on(before: Answer | None, answer: Answer) -> Answer:
    """A text that is mended by hand still comes from where it came from."""
    if before is None or not before.taken_from or answer.taken_from:
        return answer
    if answer.state is not AnswerState.ANSWERED or not isinstance(answer.value, str):
        return answer
    return answer.model_copy(update={"source": before.source, "taken_from": before.taken_from})


def with_language(draft: Draft, narrative_id: str, language: str, spoken: str = "") -> Draft:
    """The draft in which this narrative is written in ``language``, and was said in another where given."""
    return _with_changed(draft, narrative_id, language=language, spoken=spoken)


def with_kind(draft: Draft, narrative_id: str, kind: NarrativeKind) -> Draft:
    """As they said it or as the interpreter did; of two texts that belong together the other is the other."""
    draft = _with_kind(draft, narrative_id, kind)
    main, other = story(draft), beside(draft)
    if main is None or other is None or narrative_id not in (main.id, other.id):
        return draft
    second = other if narrative_id == main.id else main
    turned = _OTHER_KIND[kind]
    original, interpreted = (
        (narrative_id, second.id) if kind is NarrativeKind.VERBATIM else (second.id, narrative_id)
    )
    draft = _with_kind(draft, second.id, turned)
    draft = _with_changed(draft, original, derived_from="")
    return _with_changed(draft, interpreted, derived_from=original)


def _with_kind(draft: Draft, narrative_id: str, kind: NarrativeKind) -> Draft:
    """Interpreted words are those of the interpreter who is there now; if nobody is, nobody's session."""
    (current,) = (one for one in draft.record.narratives if one.id == narrative_id)
    there = sessions.interpreter(draft.record)
    through = current.session or (there.id if there is not None else "")
    through = through if kind is NarrativeKind.INTERPRETED else ""
    return _with_changed(draft, narrative_id, kind=kind, speaker=_SPEAKERS[kind], session=through)


def open_beside(draft: Draft, ids: Callable[[], str], by: str = "", language: str = UNKNOWN) -> Draft:
    """The draft with an empty text beside the story.

    English words are taken for the interpreter's, and what the person said comes beside them, in
    ``language``; beside a story in another language comes what the interpreter said, in English.
    """
    draft = draft if story(draft) is not None else with_narrative(draft, "", ids, by)
    main = story(draft)
    if main is None or beside(draft) is not None:
        return draft
    if main.kind is NarrativeKind.INTERPRETED or is_english(main.language):
        original = Narrative(id=ids(), text="", by=by, language=language)
        draft = with_kind(draft, main.id, NarrativeKind.INTERPRETED)
        draft = _with_changed(draft, main.id, derived_from=original.id)
        return _with_more(draft, original)
    kind = NarrativeKind.INTERPRETED
    said = Narrative(id=ids(), text="", by=by, derived_from=main.id)
    return _with_kind(_with_more(draft, said), said.id, kind)


def close_beside(draft: Draft, kind: NarrativeKind = NarrativeKind.VERBATIM) -> Draft:
    """Undoes ``open_beside``; the story is of ``kind`` again. Raises ValueError where it has words."""
    main, other = story(draft), beside(draft)
    if main is None or other is None:
        return draft
    if other.text.strip():
        raise ValueError("words are never thrown away")
    left = tuple(one for one in draft.record.narratives if one.id != other.id)
    items = tuple(
        one.model_copy(update={"narratives": tuple(cited for cited in one.narratives if cited != other.id)})
        for one in draft.record.items
    )
    draft = with_record(draft, narratives=left, items=items)
    return with_kind(_with_changed(draft, main.id, derived_from=""), main.id, kind)


def _with_changed(draft: Draft, narrative_id: str, **changes: Any) -> Draft:
    changed = tuple(
        one.model_copy(update=changes) if one.id == narrative_id else one for one in draft.record.narratives
    )
    return with_record(draft, narratives=changed)


def _with_more(draft: Draft, fresh: Narrative) -> Draft:
    """Told in the conversation, so that every piece of it cites it."""
    items = tuple(
        one.model_copy(update={"narratives": (*one.narratives, fresh.id)}) for one in draft.record.items
    )
    return with_record(draft, narratives=(*draft.record.narratives, fresh), items=items)


def with_outside(draft: Draft, item_id: str, name: str, value: str) -> Draft:
    """The draft whose item takes this value from elsewhere. Raises KeyError for an item that is not there."""
    one = item(draft, item_id)
    changed = one.model_copy(update={"outside": {**one.outside, name: value}})
    items = tuple(changed if other.id == item_id else other for other in draft.record.items)
    return with_record(draft, items=items)


def with_item(draft: Draft, changed: Item) -> Draft:
    """The draft with this item in place of the one of its id. Raises KeyError."""
    item(draft, changed.id)
    items = tuple(changed if one.id == changed.id else one for one in draft.record.items)
    return with_record(draft, items=items)


def remove_item(draft: Draft, item_id: str) -> Draft:
    """The draft without this item; ``put_back_item`` undoes it. The last one stays: raises ValueError."""
    item(draft, item_id)
    if len(draft.record.items) == 1:
        raise ValueError("the last item")
    return with_record(draft, items=tuple(one for one in draft.record.items if one.id != item_id))


def put_back_item(draft: Draft, removed: Item, position: int) -> Draft:
    """Undoes ``remove_item``: the item with all its answers, where it stood."""
    items = list(draft.record.items)
    items.insert(position, removed)
    return with_record(draft, items=tuple(items))


def remove_session(draft: Draft, session_id: str) -> Draft:
    """The draft without this session, which was added by mistake; what was told through it stays.

    The support it was is no longer used where no other session is of it.
    """
    gone = session(draft, session_id)
    left = tuple(one for one in draft.record.sessions if one.id != session_id)
    told_through = (one.id for one in draft.record.narratives if one.session == session_id)
    for narrative_id in tuple(told_through):
        draft = _with_changed(draft, narrative_id, session="")
    draft = with_record(draft, sessions=left)
    if any(one.support == gone.support for one in left):
        return draft
    used = tuple(one for one in supports(draft) if one != gone.support)
    return with_supports(draft, used)


def supports(draft: Draft) -> tuple[str, ...]:
    """What was used besides: codes of ``supports.csv``."""
    value = draft.record.frame.value(SUPPORT)
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()


def with_supports(draft: Draft, codes: tuple[str, ...], code_list: str = "") -> Draft:
    """The draft in which these were used; none is no answer. Labels are those of the list."""
    before = draft.record.frame.answers.get(SUPPORT)
    if not codes:
        return with_answer(draft, FRAME, SUPPORT, None)
    answer = Answer(value=list(codes), code_list=code_list or (before.code_list if before else ""))
    return with_answer(draft, FRAME, SUPPORT, answer)


def unmark_danger(draft: Draft) -> Draft:
    """The mark was a slip of the key: the card goes, and whether there is danger is open again."""
    return with_answer(with_record(draft, danger=None), FRAME, "danger_asked", None)


def close_danger(draft: Draft, now: Instant, by: str) -> Draft:
    """A person says that the danger is dealt with. Raises ValueError where none was marked."""
    if draft.record.danger is None:
        raise ValueError("no danger marked")
    closed = draft.record.danger.model_copy(update={"closed": now, "closed_by": by})
    return with_record(draft, danger=closed)


def parked(draft: Draft, now: Instant, place: Place) -> Draft:
    """Set aside at this place, to be come back to."""
    return draft.model_copy(update={"parked": now, "place": place})


def resumed(draft: Draft) -> Draft:
    """Taken up again."""
    return draft.model_copy(update={"parked": None})

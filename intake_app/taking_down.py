"""Taking down a record with the question sets: what to ask, what is left, and when it is finished.

Nothing here is a gate. A record can be finished at any moment: what was not answered is then *not asked*,
which is a fact of its own and never the same as *no*.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from intake_app import drafting, outcomes, sessions
from intake_app.drafting import DANGER, EQUALITY, FRAME, PERSON, Draft, item_key, session_key
from intake_app.forms.library import Library
from intake_app.forms.model import Group, Kind, QuestionSet
from intake_app.forms.validation import Problem, problems, relevant, settle, unanswered
from intake_app.people import EqualityAnswers, PersonDetails
from intake_app.records import Answer, AnswerState, Danger, Identity, Item, Narrative, Record, Session, Sheet
from intake_app.times import Instant

_DETAILS_OF_THE_PERSON = (PERSON, EQUALITY)
_CARRIED_OVER = ("language", "dialect", "mode", "agency", "agency_other", "gender_asked", "provider")
"""From one session to the next of the same support."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the form: a group of one sheet's questions. ``title`` is the group's English label.

    ``number`` counts the sessions of one sort, where there are several; else it is 0.
    """

    key: str
    title: str
    sheet_key: str
    question_set: QuestionSet
    group: str
    number: int = 0


def new_draft(
    library: Library,
    ids: Callable[[], str],
    now: Instant,
    device: str,
    written_by: str = "",
    channel: str = "phone",
    kind: str = "feedback",
) -> Draft:
    """A record of a conversation that starts now, with one empty item and an empty story."""
    narrative = Narrative(id=ids(), text="", by=written_by)
    frame_set = library.latest(FRAME)
    answers = _defaults(library, frame_set)
    answers["channel"] = _choice(library, frame_set, "channel", channel)
    record = Record(
        id=ids(),
        device=device,
        written_by=written_by,
        started=now,
        received=now,
        frame=Sheet(question_set=frame_set.ref(), answers=answers),
        items=(_new_item(library, ids, kind, (narrative.id,)),),
        narratives=(narrative,),
    )
    return settled(Draft(record=record), library)


def is_untouched(draft: Draft, library: Library) -> bool:
    """Nobody has written, answered or marked anything: there is nothing to keep."""
    record = draft.record
    if draft.based_on or draft.person or draft.equality or record.danger or record.sessions:
        return False
    if len(record.items) != 1:
        return False
    if record.attachments:
        return False
    # A letter's day that somebody gave; a paper form has the day of its batch from the beginning.
    if record.received != record.started and not record.sequence:
        return False
    if record.turns or draft.typing or record.message or record.replies or record.online:
        return False
    if any(narrative.text for narrative in record.narratives):
        return False
    for one in (record.frame, *record.items):
        question_set = question_set_of(one, library)
        given = {} if question_set is None else _defaults(library, question_set)
        by_hand = {
            question_id
            for question_id, answer in one.answers.items()
            if question_id != "channel" and not _calculated(question_set, question_id)
            if answer.state is not AnswerState.ANSWERED or answer.value != _value(given.get(question_id))
        }
        if by_hand:
            return False
    return True


def question_set_of(sheet: Sheet, library: Library) -> QuestionSet | None:
    """The version this sheet was made with; None where this computer does not have it."""
    return library.get(sheet.question_set)


def opened(draft: Draft, key: str, library: Library, ids: Callable[[], str]) -> Draft:
    """The draft with the person's or the equality sheet made, where there was none."""
    if key == PERSON and draft.person is None:
        person = PersonDetails(id=draft.record.person or ids(), question_set=library.latest(PERSON).ref())
        return draft.model_copy(update={"person": person})
    if key == EQUALITY and draft.equality is None:
        reference = library.latest(EQUALITY).ref()
        equality = EqualityAnswers(id=draft.record.equality or ids(), question_set=reference)
        return draft.model_copy(update={"equality": equality})
    return draft


def add_item(draft: Draft, library: Library, ids: Callable[[], str], kind: str = "feedback") -> Draft:
    """Another piece of feedback, or an enquiry, in the same record; it cites what the others cite."""
    told = (drafting.story(draft), drafting.beside(draft))
    fresh = _new_item(library, ids, kind, tuple(one.id for one in told if one is not None))
    return drafting.with_record(draft, items=(*draft.record.items, fresh))


def turn_item(draft: Draft, library: Library, item_id: str, kind: str) -> Draft:
    """The item as one of another kind: what both question sets ask stays answered, and so do all words.

    Raises ValueError where an answer would lose its question, and KeyError for an item that is not there.
    """
    before = drafting.item(draft, item_id)
    asked, now = question_set_of(before, library), library.latest(kind)
    given = {} if asked is None else _defaults(library, asked)
    answers = _defaults(library, now)
    for question_id, answer in before.answers.items():
        if _asks_alike(asked, now, question_id):
            answers[question_id] = answer
        elif asked is None or not (
            answer.state is AnswerState.NOT_ASKED
            or _calculated(asked, question_id)
            or answer == given.get(question_id)
        ):
            raise ValueError(question_id)
    turned = before.model_copy(update={"kind": kind, "question_set": now.ref(), "answers": answers})
    draft = settled(drafting.with_item(draft, turned), library)
    return _rest_not_asked(draft, library) if draft.record.rang_off else draft


def settled(draft: Draft, library: Library) -> Draft:
    """The draft with calculations done and every answer marked with whether its question applies."""
    for key in drafting.sheet_keys(draft):
        current = drafting.sheet(draft, key)
        question_set = question_set_of(current, library) if current is not None else None
        if current is not None and question_set is not None:
            after = settle(question_set, current, drafting.shared_values(draft, key))
            draft = drafting.with_sheet(draft, key, after)
    return draft


def sections(draft: Draft, library: Library, item_id: str = "") -> tuple[Section, ...]:
    """What to ask, in order: the start, one item (the first without ``item_id``), what comes after, helpers.

    Sessions stand last, so that no section gets another number in the middle of a conversation.

    A group none of whose questions applies is left out, and so is a set this computer does not have.
    """
    chosen = drafting.item(draft, item_id) if item_id else draft.record.items[0]
    before = _groups(draft, library, FRAME, draft.record.frame, "before")
    asked = _groups(draft, library, item_key(chosen.id), chosen, None)
    after = _groups(draft, library, FRAME, draft.record.frame, "after")
    person, equality = (_details(draft, library, key) for key in _DETAILS_OF_THE_PERSON)
    # The details follow the permissions; equality comes last, after the wrap-up questions.
    return (*before, *asked, *after[:-1], *person, *after[-1:], *equality, *_sessions(draft, library))


def all_sections(draft: Draft, library: Library) -> tuple[Section, ...]:
    """The sections of every item, for reading back; each section once, in order."""
    first = sections(draft, library)
    items = [one for one in first if _is_of_item(one)]
    place = first.index(items[0]) if items else len(first)
    for other in draft.record.items[1:]:
        items += _groups(draft, library, item_key(other.id), other, None)
    return (*first[:place], *items, *(one for one in first[place:] if not _is_of_item(one)))


def open_questions(draft: Draft, library: Library, section: Section) -> tuple[str, ...]:
    """The questions of a section that apply and have neither an answer nor a mark."""
    values = drafting.shared_values(draft, section.sheet_key)
    left = unanswered(section.question_set, settled_sheet(draft, section), section.group, values)
    return tuple(one for one in left if section.question_set.question(one).kind.asks)


def settled_sheet(draft: Draft, section: Section) -> Sheet:
    """The section's sheet, an empty one where it was never opened."""
    sheet = drafting.sheet(draft, section.sheet_key) or Sheet(question_set=section.question_set.ref())
    return settle(section.question_set, sheet, drafting.shared_values(draft, section.sheet_key))


def mark_danger(draft: Draft, library: Library, now: Instant) -> Draft:
    """Somebody is, or may be, in danger: from now on the record is on top of every list until closed."""
    frame_set = question_set_of(draft.record.frame, library)
    if frame_set is not None and "danger_asked" in frame_set.by_id:
        said = _choice(library, frame_set, "danger_asked", "danger_said")
        draft = drafting.with_answer(draft, FRAME, "danger_asked", said)
    if draft.record.danger is not None:
        reopened = draft.record.danger.model_copy(update={"closed": None, "closed_by": ""})
        return drafting.with_record(draft, danger=reopened)
    return drafting.with_record(draft, danger=Danger(question_set=library.latest(DANGER).ref(), marked=now))


def session_set(library: Library, support: str) -> str:
    """The question set of a support's sessions, as ``supports.csv`` says; empty where it has none."""
    known = library.code_list("supports").by_code.get(support)
    found = known.filter.get("question_set", "") if known is not None else ""
    return found if found in library.ids() else ""


def add_session(draft: Draft, library: Library, ids: Callable[[], str], support: str, now: Instant) -> Draft:
    """This support is used from now on, in a session of its own, the last one, where it has questions.

    A second one of the same support is another session: the next interpreter after one who was cut off. Which
    language was asked for, and how, need not be written down again.
    """
    if support not in (used := drafting.supports(draft)):
        version = library.code_list("supports").version
        draft = drafting.with_supports(draft, (*used, support), version)
    set_id = session_set(library, support)
    if set_id:
        question_set = library.latest(set_id)
        reference, answers = question_set.ref(), _defaults(library, question_set)
        before = next((one for one in reversed(draft.record.sessions) if one.support == support), None)
        if before is not None:
            answers |= {name: one for name, one in before.answers.items() if name in _CARRIED_OVER}
        elif set_id == sessions.INTERPRETER and (language := _language(draft)):
            answers["language"] = _choice(library, question_set, "language", language)
        fresh = Session(id=ids(), support=support, started=now, question_set=reference, answers=answers)
        draft = drafting.with_record(draft, sessions=(*draft.record.sessions, fresh))
    return settled(draft, library)


def _language(draft: Draft) -> str:
    """What the person speaks, as far as anybody has said."""
    speaks = draft.person.value("spoken_language") if draft.person is not None else None
    return str(speaks or draft.record.asked_in)


def rang_off(draft: Draft, library: Library) -> Draft:
    """The caller is gone: what has no answer was not asked. The record waits to be finished."""
    return drafting.with_record(_rest_not_asked(draft, library), rang_off=True)


def rang_back(draft: Draft, library: Library) -> Draft:
    """The caller is back: what was not asked may be asked now."""
    for key in drafting.sheet_keys(draft):
        sheet = drafting.sheet(draft, key)
        if sheet is None:
            continue
        kept = {
            question_id: answer
            for question_id, answer in sheet.answers.items()
            if answer.state is not AnswerState.NOT_ASKED
        }
        draft = drafting.with_sheet(draft, key, sheet.model_copy(update={"answers": kept}))
    return settled(drafting.with_record(draft, rang_off=False), library)


def finish_problems(draft: Draft, library: Library) -> tuple[tuple[str, Problem], ...]:
    """What needs attention before finishing, each with its section's key; none of it forbids finishing.

    Where there was no conversation, nothing is missed that was not asked; where nothing was told of care in
    England, nothing is missed about that care.
    """
    nobody_there = outcomes.outcome(draft.record) in outcomes.NO_CONVERSATION
    uncounted = {item_key(one.id) for one in draft.record.items if not outcomes.counts(draft.record, one)}
    found: list[tuple[str, Problem]] = []
    for section in (*all_sections(draft, library), *danger_sections(draft, library)):
        if drafting.sheet(draft, section.sheet_key) is None:
            continue
        values = drafting.shared_values(draft, section.sheet_key)
        group = {question.id for question in section.question_set.in_group(section.group)}
        for problem in problems(section.question_set, settled_sheet(draft, section), values):
            not_missed = nobody_there or section.sheet_key in uncounted
            if problem.question_id in group and not (not_missed and problem.code == "required"):
                found.append((section.key, problem))
    return tuple(found)


def danger_sections(draft: Draft, library: Library) -> tuple[Section, ...]:
    """The danger card's sections; empty while no danger is marked."""
    if draft.record.danger is None:
        return ()
    return tuple(_groups(draft, library, DANGER, draft.record.danger, None))


def finish(draft: Draft, library: Library, now: Instant, by: str = "") -> Draft:
    """The draft as it is to be saved as a record: what has no answer was not asked.

    An empty story, and a person or equality sheet without answers, are not part of the record. The first
    finishing is the one that ``finished`` tells; later ones are edits by ``by``.
    """
    draft = _rest_not_asked(draft, library)
    record = draft.record
    written = {one.id for one in record.narratives}
    kept = {one.id for one in record.narratives if one.text.strip()}
    told = tuple(
        one
        if one.derived_from in kept or one.derived_from not in written
        else one.model_copy(update={"derived_from": ""})
        for one in record.narratives
        if one.id in kept
    )
    items = tuple(
        one.model_copy(update={"narratives": tuple(cited for cited in one.narratives if cited in kept)})
        for one in record.items
    )
    known = draft.person is not None and bool(draft.person.answers or draft.person.number)
    person = draft.person if known else None
    equality = draft.equality if draft.equality is not None and draft.equality.answers else None
    first = record.finished is None
    identity = _identity(record, person is not None or bool(record.person))
    draft = drafting.with_record(
        draft,
        finished=record.finished or now,
        edited=None if first else now,
        edited_by="" if first else by,
        narratives=told,
        items=items,
        online=record.online.looked_through() if record.online is not None else None,
        person=person.id if person is not None else record.person,
        equality=equality.id if equality is not None else record.equality,
        identity=identity,
        # By the id of a message whoever has the mailbox finds its sender.
        message=None if identity is Identity.ANONYMOUS else record.message,
    )
    return draft.model_copy(update={"person": person, "equality": equality, "parked": None})


def _identity(record: Record, person_known: bool) -> Identity:
    # Silence is not consent: only a said "yes" lets the service know who it was.
    if not person_known:
        return Identity.ANONYMOUS
    return Identity.NAMED if record.frame.value("service_may_know") == "yes" else Identity.CONFIDENTIAL


def _rest_not_asked(draft: Draft, library: Library) -> Draft:
    draft = settled(draft, library)
    for section in (*all_sections(draft, library), *danger_sections(draft, library)):
        if section.sheet_key in _DETAILS_OF_THE_PERSON:
            continue
        for question_id in open_questions(draft, library, section):
            not_asked = Answer(state=AnswerState.NOT_ASKED)
            draft = drafting.with_answer(draft, section.sheet_key, question_id, not_asked)
    return settled(draft, library)


def _groups(draft: Draft, library: Library, key: str, sheet: Sheet, place: str | None) -> list[Section]:
    question_set = question_set_of(sheet, library)
    if question_set is None:
        return []
    applies = relevant(question_set, sheet.answers, drafting.shared_values(draft, key))
    return [
        Section(f"{key}/{group.id}", group.label, key, question_set, group.id)
        for group in question_set.groups
        if place is None or group.place == place
        if _has_any(question_set, group, applies)
    ]


def _has_any(question_set: QuestionSet, group: Group, applies: frozenset[str]) -> bool:
    return any(question.id in applies for question in question_set.in_group(group.id))


def _sessions(draft: Draft, library: Library) -> list[Section]:
    """Of several in one question set each section says which one it is of."""
    found: list[Section] = []
    sets = [one.question_set.id for one in draft.record.sessions]
    for place, one in enumerate(draft.record.sessions):
        number = sets[: place + 1].count(one.question_set.id) if sets.count(one.question_set.id) > 1 else 0
        sections = _groups(draft, library, session_key(one.id), one, None)
        found += [replace(section, number=number) for section in sections]
    return found


def _is_of_item(section: Section) -> bool:
    return section.sheet_key.startswith(drafting.ITEM_PREFIX)


def _details(draft: Draft, library: Library, key: str) -> list[Section]:
    if key not in library.ids():
        return []
    sheet = drafting.sheet(draft, key) or Sheet(question_set=library.latest(key).ref())
    return _groups(draft, library, key, sheet, None)


def _new_item(library: Library, ids: Callable[[], str], kind: str, narratives: tuple[str, ...]) -> Item:
    question_set = library.latest(kind)
    answers = _defaults(library, question_set)
    return Item(id=ids(), kind=kind, question_set=question_set.ref(), answers=answers, narratives=narratives)


def _defaults(library: Library, question_set: QuestionSet) -> dict[str, Answer]:
    return {
        question.id: _choice(library, question_set, question.id, question.default)
        for question in question_set.questions
        if question.default
    }


def _choice(library: Library, question_set: QuestionSet, question_id: str, code: str) -> Answer:
    question = question_set.question(question_id)
    choice = question.choice(code)
    version = library.code_list(question.code_list).version if question.code_list else ""
    return Answer(value=code, label=choice.label if choice else "", code_list=version)


def _asks_alike(before: QuestionSet | None, now: QuestionSet, question_id: str) -> bool:
    """Whether an answer to the question means the same in both sets."""
    old = None if before is None else before.by_id.get(question_id)
    new = now.by_id.get(question_id)
    if old is None or new is None or old.kind is not new.kind or old.code_list != new.code_list:
        return False
    return {one.code for one in old.choices} <= {one.code for one in new.choices}


def _calculated(question_set: QuestionSet | None, question_id: str) -> bool:
    return question_set is not None and question_set.question(question_id).kind is Kind.CALCULATE


def _value(answer: Answer | None) -> object:
    return None if answer is None else answer.value

"""What was written of a practice call, beside what a good record of it would hold. It gives no marks."""

from dataclasses import dataclass
from enum import StrEnum

from intake_app import drafting
from intake_app.drafting import Draft
from intake_app.folding import fold
from intake_app.practice.callers import Caller
from intake_app.records import AnswerState


class About(StrEnum):
    """What part of a record a point is about."""

    STORY = "story"
    SERVICE = "service"
    TOPIC = "topic"
    ANSWER = "answer"
    DETAIL = "detail"
    SUPPORT = "support"
    SESSION = "session"
    DANGER = "danger"
    NO_DANGER = "no_danger"
    RANG_OFF = "rang_off"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a good record holds; ``there``: this one holds it too.

    ``wanted`` is what it is: the fact in words, the name of the service, codes of topics, or the answer's
    code; ``question`` is the id of the question of an ANSWER, a DETAIL or a SESSION.
    """

    about: About
    there: bool
    wanted: tuple[str, ...] = ()
    question: str = ""


def compare(caller: Caller, draft: Draft) -> tuple[Point, ...]:
    """Every point of the caller's good record, in the order of a conversation; reads, changes nothing."""
    good, record = caller.good_record, draft.record
    story = fold(" ".join(one.text for one in record.narratives))
    found = [
        Point(About.STORY, any(fold(words) in story for words in fact.any_of), (fact.about,))
        for fact in good.facts
    ]
    found += [Point(About.SUPPORT, code in drafting.supports(draft), (code,)) for code in caller.support]
    for question, code in good.session.items():
        given = {one.value(question) for one in record.sessions if one.support in caller.support}
        found.append(Point(About.SESSION, code in given, (code,), question))
    if good.danger is not None:
        marked = record.danger is not None
        found.append(Point(About.DANGER if good.danger else About.NO_DANGER, marked is good.danger))
    if good.service:
        found.append(Point(About.SERVICE, _has_service(draft, good.service), (good.service,)))
    chosen = {one.code for item in record.items for one in item.topics}
    found += [Point(About.TOPIC, bool(chosen & set(group)), group) for group in good.topics]
    for question, code in good.answers.items():
        found.append(Point(About.ANSWER, code in _answers(draft, question), (code,), question))
    for question in good.details:
        found.append(Point(About.DETAIL, _is_known(draft, question), question=question))
    if good.rang_off:
        found.append(Point(About.RANG_OFF, record.rang_off))
    return tuple(found)


def _has_service(draft: Draft, wanted: str) -> bool:
    """Each part between commas, such as the town, must stand in the name or the place of one service."""
    parts = [fold(part).strip() for part in wanted.split(",")]
    return any(
        all(part in fold(f"{one.name} {one.place}") for part in parts)
        for item in draft.record.items
        for one in item.services
    )


def _answers(draft: Draft, question: str) -> set[str]:
    """The codes given to a question, in the frame or in any piece."""
    values = [draft.record.frame.value(question), *(one.value(question) for one in draft.record.items)]
    return {
        str(code) for value in values for code in (value if isinstance(value, list | tuple) else (value,))
    }


def _is_known(draft: Draft, question: str) -> bool:
    sheet = drafting.sheet(draft, drafting.PERSON)
    answer = sheet.answers.get(question) if sheet is not None else None
    return answer is not None and answer.state is AnswerState.ANSWERED and bool(answer.value)

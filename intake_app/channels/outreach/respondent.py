"""Questions that a person answers by themselves on our screen: which ones, and what their answers are."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from intake_app import drafting, taking_down
from intake_app.channels.outreach.asked import Asked, asked
from intake_app.drafting import PERSON, Draft, sheet
from intake_app.forms.dates import Precision, parse_when
from intake_app.forms.library import Library
from intake_app.forms.model import ENGLISH, Choice, Kind, Question
from intake_app.forms.prompts import Prompt, Prompts
from intake_app.narratives import is_english
from intake_app.records import Answer, AnswerState, Record, ServiceMention, Sheet, Source
from intake_app.text import clean_text

MOST_CHOICES = 14
"""Longer lists are searched, which a member of staff does with the person."""

_ALONE = frozenset(
    (Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.SERVICES)
)
_CHOSEN = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)


def questions(draft: Draft, library: Library, item_id: str = "") -> tuple[Asked, ...]:
    """Those that apply now and that one can answer alone. Name and number are left to staff."""
    return tuple(
        one
        for one in asked(draft, library, item_id)
        if one.section.sheet_key != PERSON
        and one.question.kind in _ALONE
        and one.question.say
        and len(one.question.choices) <= MOST_CHOICES
        and not _was_looked_up(draft, one)
    )


def _was_looked_up(draft: Draft, one: Asked) -> bool:
    """Services that staff found in the directory: typed over, they would be a name and nothing else."""
    answer = current(draft, one) if one.question.kind is Kind.SERVICES else None
    mentions = [ServiceMention.model_validate(said) for said in (answer.value if answer else None) or ()]
    return len(mentions) > 1 or any(mention.id for mention in mentions)


def may_tell(draft: Draft) -> bool:
    """The story is theirs to write: nobody has written one for them."""
    story = drafting.story(draft)
    return story is None or not story.text.strip() or (story.own_hand and not story.by)


def with_own_words(draft: Draft, text: str, ids: Callable[[], str], tag: str = "") -> Draft:
    """The draft with the story as the person has written it. ``tag``: the language they are asked in."""
    draft = drafting.with_narrative(draft, text, ids)
    story = drafting.story(draft)
    assert story is not None
    changes: dict[str, Any] = {"own_hand": True, "by": ""}
    if not story.own_hand and is_english(story.language) and tag and not is_english(tag):
        changes["language"] = tag
    theirs = story.model_copy(update=changes)
    told = tuple(theirs if one.id == story.id else one for one in draft.record.narratives)
    return drafting.with_record(draft, narratives=told)


def by_themselves(record: Record, *apart: Sheet | None) -> tuple[int, int]:
    """(answered, passed over) by the person alone. ``apart``: their details and equality answers."""
    sheets = (record.frame, *record.items, *(one for one in apart if one is not None))
    found = [one for each in sheets for one in each.answers.values() if one.source is Source.PERSON]
    declined = sum(1 for one in found if one.state is AnswerState.DECLINED)
    return len(found) - declined, declined


def current(draft: Draft, one: Asked) -> Answer | None:
    """What the record has so far."""
    found = sheet(draft, one.section.sheet_key)
    return found.answers.get(one.question.id) if found is not None else None


def values(draft: Draft, library: Library, one: Asked) -> Mapping[str, Any]:
    """The other answers, which decide what may be chosen."""
    settled = taking_down.settled_sheet(draft, one.section)
    answered = {name: settled.value(name) for name in settled.answers}
    return {**answered, **drafting.shared_values(draft, one.section.sheet_key)}


def is_long(question: Question) -> bool:
    """Whether several lines are given to write in."""
    return question.kind is Kind.TEXT and question.appearance == "multiline"


def prompts_shown(library: Library, one: Asked, tag: str) -> Prompts:
    """The wording that may be shown: the person's where their question may be, else the English."""
    wordings, question_set = library.wordings, one.section.question_set
    theirs = wordings.prompts(question_set, tag or ENGLISH)
    may = theirs.may_show(theirs.say(one.question), one.question)
    return theirs if may else wordings.prompts(question_set, ENGLISH)


def choice_shown(prompts: Prompts, question: Question, choice: Choice) -> Prompt:
    """The person's words for a choice where they may be shown, else the English."""
    prompt = prompts.choice(question, choice)
    if prompts.may_show(prompt, question):
        return prompt
    return Prompt(prompt.english, prompt.english, prompt.status.ENGLISH_ONLY, ENGLISH)


def skipped(prompts: Prompts) -> Answer:
    """They saw the question and went on without answering it."""
    return Answer(
        state=AnswerState.DECLINED,
        language=prompts.shown_in,
        wording=prompts.sha256,
        source=Source.PERSON,
    )


def answer_of(
    one: Asked,
    value: Any,
    prompts: Prompts,
    library: Library,
    today: date,
    label: Callable[[str], str] = str,
) -> Answer | None:
    """Of what was typed or chosen; None of nothing. ``label`` gives the words that a code was shown in."""
    question = one.question
    state, words = AnswerState.ANSWERED, ""
    if question.kind in _CHOSEN:
        codes = [value] if isinstance(value, str) else list(value or ())
        if not codes:
            return None
        words = "; ".join(label(code) for code in codes)
    else:
        typed = clean_text(str(value or "")).strip()
        if not typed:
            return None
        value, state, words = _typed(question, typed, today)
    version = library.code_list(question.code_list).version if question.code_list else ""
    return Answer(
        value=value,
        state=state,
        label=words,
        language=prompts.shown_in,
        wording=prompts.sha256,
        code_list=version,
        source=Source.PERSON,
    )


def _typed(question: Question, typed: str, today: date) -> tuple[Any, AnswerState, str]:
    """What they wrote is kept as they wrote it, and read where it can be."""
    if question.kind is Kind.SERVICES:
        return [ServiceMention(name=typed).model_dump(exclude_defaults=True)], AnswerState.ANSWERED, ""
    if question.kind is Kind.DATE:
        when = parse_when(typed, today)
        if when is not None and when.precision is Precision.UNKNOWN:
            return None, AnswerState.DONT_KNOW, typed
        return (when.iso if when is not None else typed), AnswerState.ANSWERED, typed
    if question.kind is Kind.INTEGER and typed.isdecimal():
        return int(typed), AnswerState.ANSWERED, ""
    return typed, AnswerState.ANSWERED, ""


def typed_words(answer: Answer | None, question: Question) -> str:
    """What stands in the box when they come back to the question."""
    if answer is None or answer.state is AnswerState.DECLINED:
        return ""
    if question.kind is Kind.SERVICES:
        return "; ".join(ServiceMention.model_validate(one).name for one in answer.value or ())
    return answer.label or ("" if answer.value is None else str(answer.value))

"""Questions that a person answers by themselves on our screen: which ones, and what their answers are."""

from collections.abc import Callable
from datetime import date
from typing import Any

from intake_app.channels.outreach.asked import Asked, asked
from intake_app.drafting import PERSON, Draft, sheet
from intake_app.forms.dates import Precision, parse_when
from intake_app.forms.library import Library
from intake_app.forms.model import ENGLISH, Choice, Kind, Question
from intake_app.forms.prompts import Prompt, Prompts
from intake_app.records import Answer, AnswerState, ServiceMention
from intake_app.text import clean_text

MOST_CHOICES = 14
"""Longer lists are searched, which a member of staff does with the person."""

_ALONE = frozenset(
    (Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.SERVICES)
)
_CHOSEN = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)


def questions(draft: Draft, library: Library) -> tuple[Asked, ...]:
    """Those that apply now and that one can answer alone. Name and number are left to staff."""
    return tuple(
        one
        for one in asked(draft, library)
        if one.section.sheet_key != PERSON
        and one.question.kind in _ALONE
        and one.question.say
        and len(one.question.choices) <= MOST_CHOICES
    )


def current(draft: Draft, one: Asked) -> Answer | None:
    """What the record has so far."""
    found = sheet(draft, one.section.sheet_key)
    return found.answers.get(one.question.id) if found is not None else None


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
    return Answer(state=AnswerState.DECLINED, language=prompts.shown_in, wording=prompts.sha256)


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

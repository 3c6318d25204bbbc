"""Which questions of a sheet apply, which are unanswered, and which answers need attention."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from intake_app.forms.conditions import Expression
from intake_app.forms.dates import is_when
from intake_app.forms.graph import Graph, graph_of
from intake_app.forms.model import ACKNOWLEDGED, Kind, Question, QuestionSet
from intake_app.records import Answer, AnswerState, Sheet

AnySheet = TypeVar("AnySheet", bound=Sheet)
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that needs attention; ``ui.messages.problem_words`` holds the words.

    ``code``: required, constraint (details: ``message``), not_a_number, not_whole, not_a_date, not_a_choice
    (``value``), not_text, service_without_name.
    """

    question_id: str
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)


def graph(question_set: QuestionSet) -> Graph:
    """The set's dependency graph, made once for each set."""
    found = question_set.__dict__.get("_graph")
    if not isinstance(found, Graph):
        found = question_set.__dict__["_graph"] = graph_of(question_set)
    return found


def is_blank(value: Any) -> bool:
    """Whether a value says nothing: None, empty text, an empty list."""
    return value is None or value == "" or value == [] or value == ()


def is_answered(answer: Answer | None) -> bool:
    """Whether something is known of it: an answer, or that it was declined, not asked or not known."""
    if answer is None:
        return False
    return answer.state is not AnswerState.ANSWERED or not is_blank(answer.value)


class State:
    """Values and relevance of one sheet, worked out in the graph's order.

    ``values`` hold relevant answers and calculations only: an answer that no longer applies is kept in the
    sheet and counts as blank here.
    """

    def __init__(
        self,
        question_set: QuestionSet,
        answers: Mapping[str, Answer],
        extra: Mapping[str, Any] = _NOTHING,
        today: date | None = None,
    ) -> None:
        self.question_set = question_set
        self.answers = answers
        self.today = today
        self.values: dict[str, Any] = dict(extra)
        self.relevant: set[str] = set()
        self._groups = {group.id: group.relevant for group in question_set.groups}
        for name in graph(question_set).order:
            self._work_out(name)

    def change(self, answers: Mapping[str, Answer], changed: Iterable[str]) -> tuple[str, ...]:
        """Works out again only what depends on the changed questions; gives back what was worked out.

        It stops where neither value nor relevance came out different.
        """
        self.answers = answers
        found = graph(self.question_set)
        moved = set(changed)
        again: list[str] = []
        for name in found.after(moved):
            if name in moved or not moved.isdisjoint(found.reads[name]):
                before = (name in self.relevant, self.values.get(name))
                self._work_out(name)
                again.append(name)
                if before != (name in self.relevant, self.values.get(name)):
                    moved.add(name)
        return tuple(again)

    def _work_out(self, name: str) -> None:
        question = self.question_set.by_id[name]
        applies = self._holds(self._groups[question.group]) and self._holds(question.relevant)
        self.values.pop(name, None)
        if not applies:
            self.relevant.discard(name)
            return
        self.relevant.add(name)
        if question.kind is Kind.CALCULATE:
            value = (
                question.calculation.evaluate(self.values, today=self.today) if question.calculation else None
            )
        else:
            value = _value(question, self.answers.get(name))
        if not is_blank(value):
            self.values[name] = value

    def _holds(self, expression: Expression | None) -> bool:
        return expression is None or expression.holds(self.values, today=self.today)

    def problem(self, question: Question) -> Problem | None:
        """The first thing wrong with an answer; None for a question that does not apply."""
        if question.id not in self.relevant or not question.kind.asks:
            return None
        answer = self.answers.get(question.id)
        if not is_answered(answer):
            return Problem(question.id, "required") if self._required(question) else None
        if answer is None or answer.state is not AnswerState.ANSWERED:
            return None
        code, value = _wrong_kind(question, answer.value, self.values, self.today)
        if code:
            return Problem(question.id, code, {"value": value} if value else {})
        constraint = question.constraint
        # Without a date, a constraint that needs one cannot be judged, and unjudged is no problem.
        if constraint is None or (constraint.reads_today and self.today is None):
            return None
        if constraint.holds(self.values, own=self.values.get(question.id), today=self.today):
            return None
        return Problem(question.id, "constraint", {"message": question.constraint_message})

    def _required(self, question: Question) -> bool:
        return question.required is not None and question.required.holds(self.values, today=self.today)


def _value(question: Question, answer: Answer | None) -> Any:
    if answer is None or answer.state is not AnswerState.ANSWERED:
        return None
    if question.kind is Kind.ACKNOWLEDGE:
        return ACKNOWLEDGED if answer.value else None
    return answer.value


def relevant(
    question_set: QuestionSet,
    answers: Mapping[str, Answer],
    extra: Mapping[str, Any] = _NOTHING,
    today: date | None = None,
) -> frozenset[str]:
    """Ids of the questions that apply. ``extra`` gives the values that come from outside the set."""
    return frozenset(State(question_set, answers, extra, today).relevant)


def problems(
    question_set: QuestionSet,
    sheet: Sheet,
    values: Mapping[str, Any] | None = None,
    *,
    today: date | None = None,
) -> tuple[Problem, ...]:
    """What needs attention, in the order of the questions; only questions that apply.

    Required means answered, or marked declined, not asked or not known. ``values`` come from outside the set.
    """
    state = State(question_set, sheet.answers, values or _NOTHING, today)
    found = (state.problem(question) for question in question_set.questions)
    return tuple(problem for problem in found if problem)


def settle(
    question_set: QuestionSet,
    sheet: AnySheet,
    extra: Mapping[str, Any] = _NOTHING,
    *,
    today: date | None = None,
) -> AnySheet:
    """The sheet with calculations worked out again and answers marked relevant or not; nothing is removed.

    The same sheet where nothing changed.
    """
    return settled(State(question_set, sheet.answers, extra, today), sheet, question_set.by_id)


def settled(state: State, sheet: AnySheet, names: Iterable[str]) -> AnySheet:
    """``settle`` for the given questions, from a state already worked out."""
    changed: dict[str, Answer] = {}
    for name in names:
        answer = sheet.answers.get(name)
        applies = name in state.relevant
        if state.question_set.by_id[name].kind is Kind.CALCULATE:
            value = state.values.get(name)
            if answer is None and is_blank(value):
                continue
            if answer is None or answer.value != value or answer.relevant is not applies:
                changed[name] = (answer or Answer()).model_copy(update={"value": value, "relevant": applies})
        elif answer is not None and answer.relevant is not applies:
            changed[name] = answer.model_copy(update={"relevant": applies})
    if not changed:
        return sheet
    return sheet.model_copy(update={"answers": {**sheet.answers, **changed}})


def unanswered(
    question_set: QuestionSet,
    sheet: Sheet,
    group: str | None = None,
    extra: Mapping[str, Any] = _NOTHING,
) -> tuple[str, ...]:
    """Questions that apply and of which nothing is known yet, in their order."""
    state = State(question_set, sheet.answers, extra)
    questions = question_set.questions if group is None else question_set.in_group(group)
    return tuple(
        question.id
        for question in questions
        if question.kind.asks
        and question.id in state.relevant
        and not is_answered(sheet.answers.get(question.id))
    )


def _wrong_kind(
    question: Question, value: Any, values: Mapping[str, Any], today: date | None
) -> tuple[str, str]:
    """(code, value to show) where the value does not fit the question's kind; ("", "") where it does."""
    kind = question.kind
    if kind in (Kind.INTEGER, Kind.DECIMAL):
        return _wrong_number(kind, value)
    if kind is Kind.DATE:
        words = "words" in question.appearance.split() and isinstance(value, str)
        return ("", "") if words or is_when(value) else ("not_a_date", str(value))
    if kind is Kind.TEXT:
        return ("", "") if isinstance(value, str) else ("not_text", "")
    if kind is Kind.SELECT_ONE:
        return _wrong_choice(question, [value], values)
    if kind is Kind.SELECT_MULTIPLE:
        return _wrong_choice(question, value if isinstance(value, list | tuple) else [value], values)
    if kind is Kind.TOPICS:
        mentions = value if isinstance(value, list | tuple) else [value]
        codes = [one.get("code", "") if isinstance(one, Mapping) else one for one in mentions]
        return _wrong_choice(question, codes, values)
    if kind is Kind.SERVICES:
        mentions = value if isinstance(value, list | tuple) else [value]
        named = all(isinstance(one, Mapping) and one.get("name") for one in mentions)
        return ("", "") if named else ("service_without_name", "")
    return "", ""


def _wrong_number(kind: Kind, value: Any) -> tuple[str, str]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return "not_a_number", str(value)
    return ("not_whole", str(value)) if kind is Kind.INTEGER and value != int(value) else ("", "")


def _wrong_choice(question: Question, codes: Iterable[Any], values: Mapping[str, Any]) -> tuple[str, str]:
    # A code that has run out since stays valid in the record that holds it: no date is given here.
    known = (
        question.codes
        if question.choice_filter is None
        else {choice.code for choice in question.shown_choices(values)}
    )
    wrong = next((code for code in codes if not isinstance(code, str) or code not in known), None)
    return ("", "") if wrong is None else ("not_a_choice", str(wrong))

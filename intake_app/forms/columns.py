"""The columns that a question set's answers take in a table, and a sheet as one row of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from intake_app.forms.model import Kind, Question, QuestionSet
from intake_app.records import Answer, AnswerState, Sheet


class Part(StrEnum):
    """What a column holds: a value (codes), its labels, or what was not answered and why."""

    VALUE = "value"
    LABEL = "label"
    NOT_ANSWERED = "not_answered"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``personal`` and ``sensitive`` ones stay out unless asked for with a reason."""

    key: str
    heading: str
    question_id: str
    part: Part = Part.VALUE
    personal: bool = False
    sensitive: bool = False


_WITH_LABELS = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.TOPICS, Kind.DATE)
NOT_ANSWERED = "not_answered"


def columns(question_set: QuestionSet) -> tuple[Column, ...]:
    """A value column for each question, one with words for choices, topics and dates, one for the rest.

    ``export_code`` names a column where the question has one, so that a renamed set keeps its series.
    """
    found: list[Column] = []
    for question in question_set.questions:
        if question.kind is Kind.NOTE:
            continue
        key = question.export_code or question.id
        heading = question.short_label or question.label or question.id
        flags = (question.personal, question.sensitive)
        found.append(Column(key, heading, question.id, Part.VALUE, *flags))
        if question.kind in _WITH_LABELS:
            found.append(Column(f"{key}_label", f"{heading} (words)", question.id, Part.LABEL, *flags))
    found.append(Column(NOT_ANSWERED, "Not answered", "", Part.NOT_ANSWERED))
    return tuple(found)


def row(question_set: QuestionSet, sheet: Sheet) -> dict[str, str]:
    """The sheet's cells by column key. An answer that no longer applies is blank here only."""
    cells: dict[str, str] = {}
    missing: list[str] = []
    for column in columns(question_set):
        if column.part is Part.NOT_ANSWERED:
            cells[column.key] = "; ".join(missing)
            continue
        answer = sheet.answers.get(column.question_id)
        if answer is None or not answer.relevant:
            cells[column.key] = ""
        elif answer.state is not AnswerState.ANSWERED:
            cells[column.key] = ""
            if column.part is Part.VALUE:
                missing.append(f"{column.key}: {answer.state}")
        elif column.part is Part.LABEL:
            cells[column.key] = _labels(question_set.question(column.question_id), answer)
        else:
            cells[column.key] = value_text(question_set.question(column.question_id), answer.value)
    return cells


def value_text(question: Question, value: Any) -> str:
    """Codes joined by ``; ``, a topic as ``code:sentiment``, a service by its name and place."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(value_text(question, one) for one in value)
    if isinstance(value, Mapping):
        if question.kind is Kind.TOPICS:
            return ":".join(str(value[part]) for part in ("code", "sentiment") if value.get(part))
        return ", ".join(str(value[part]) for part in ("name", "place") if value.get(part))
    return str(value)


def _labels(question: Question, answer: Answer) -> str:
    if question.kind is Kind.DATE:
        return answer.label
    values = answer.value if isinstance(answer.value, list | tuple) else [answer.value]
    return "; ".join(_label(question, value) for value in values)


def _label(question: Question, value: Any) -> str:
    code = str(value.get("code", "")) if isinstance(value, Mapping) else str(value)
    choice = question.choice(code)
    label = choice.label if choice else code
    if isinstance(value, Mapping) and value.get("sentiment"):
        return f"{label} ({value['sentiment']})"
    return label

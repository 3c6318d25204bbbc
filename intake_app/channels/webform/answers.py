"""One cell as the answer to a question: choices by their words, days, numbers, or the words themselves."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from intake_app.assets import asset
from intake_app.channels.webform.mapping import plain
from intake_app.channels.webform.moments import day_of
from intake_app.channels.webform.table import BELOW
from intake_app.forms.dates import Precision, parse_when
from intake_app.forms.library import Library
from intake_app.forms.model import Kind, Question
from intake_app.records import Answer, AnswerState, Source


class Unread(StrEnum):
    """Why what somebody wrote could not be read as the answer that it was meant for."""

    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    FUTURE = "future"
    SERVICE = "service"


_PARTED = re.compile(r"[;|\n]")
_TICKED = frozenset({"1", "x", "yes", "true", "checked", "selected"})
_NOT_TICKED = frozenset({"0", "no", "false", "unchecked", "not selected"})
_MARKS = {
    "prefer not to say": AnswerState.DECLINED,
    "i prefer not to say": AnswerState.DECLINED,
    "rather not say": AnswerState.DECLINED,
    "don t know": AnswerState.DONT_KNOW,
    "i don t know": AnswerState.DONT_KNOW,
    "do not know": AnswerState.DONT_KNOW,
    "not sure": AnswerState.DONT_KNOW,
    "i m not sure": AnswerState.DONT_KNOW,
}


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """``left`` is what of the cell is in no answer, ``reason`` why."""

    answer: Answer | None
    left: str = ""
    reason: str = ""


class AnswerReader:
    """Reads the cells of one file. ``chosen`` are the words of a form with the codes a person gave them."""

    def __init__(self, library: Library, day_first: bool) -> None:
        self._library = library
        self._day_first = day_first
        self._codes: dict[str, dict[str, str]] = {}

    def read(
        self, question: Question, title: str, text: str, chosen: Mapping[str, str], today: date
    ) -> ReadAnswer:
        match question.kind:
            case Kind.SELECT_ONE:
                return self._one(question, text, chosen)
            case Kind.SELECT_MULTIPLE | Kind.TOPICS:
                return self._several(question, _ticked(title, text), chosen)
            case Kind.INTEGER | Kind.DECIMAL:
                return _number(question, text)
            case Kind.DATE:
                return self._date(text, today)
        return ReadAnswer(_answered(text))

    def is_no_choice(self, question: Question, text: str) -> bool:
        """Whether nothing that a person could choose has these words."""
        return self._code(question, text, {}) is None and plain(text) not in _MARKS

    def _one(self, question: Question, text: str, chosen: Mapping[str, str]) -> ReadAnswer:
        code = self._code(question, text, chosen)
        if code:
            return ReadAnswer(self._choice(question, code, [text]))
        if code is None and (state := _MARKS.get(plain(text))) is not None:
            return ReadAnswer(Answer(state=state, source=Source.IMPORTED))
        return ReadAnswer(None, text, Unread.CHOICE if code is None else "")

    def _several(self, question: Question, text: str, chosen: Mapping[str, str]) -> ReadAnswer:
        if not text:
            return ReadAnswer(None)
        pieces = self._pieces(question, text, chosen)
        codes = [self._code(question, piece, chosen) for piece in pieces]
        found = list(dict.fromkeys(code for code in codes if code))
        left = [piece for piece, code in zip(pieces, codes, strict=True) if not code]
        unknown = [piece for piece, code in zip(pieces, codes, strict=True) if code is None]
        if not found and len(pieces) == 1 and (state := _MARKS.get(plain(text))) is not None:
            return ReadAnswer(Answer(state=state, source=Source.IMPORTED))
        shown = [piece for piece, code in zip(pieces, codes, strict=True) if code]
        answer = self._choice(question, found, shown) if found else None
        return ReadAnswer(answer, "; ".join(left), Unread.CHOICE if unknown else "")

    def _pieces(self, question: Question, text: str, chosen: Mapping[str, str]) -> list[str]:
        """The label of a choice may have a comma in it: it parts only where nothing else is known."""
        if self._code(question, text, chosen) is not None:
            return [text]
        pieces = [one.strip() for one in _PARTED.split(text) if one.strip()]
        if len(pieces) == 1 and "," in text:
            parted = [one.strip() for one in text.split(",") if one.strip()]
            if any(self._code(question, one, chosen) is not None for one in parted):
                return parted
        return pieces

    def _code(self, question: Question, text: str, chosen: Mapping[str, str]) -> str | None:
        """Empty: a person said that it is none of the choices; None where nobody knows it."""
        words = plain(text)
        if words in chosen:
            return chosen[words]
        if question.id not in self._codes:
            self._codes[question.id] = _codes(question)
        return self._codes[question.id].get(words)

    def _choice(self, question: Question, value: Any, shown: Iterable[str]) -> Answer:
        """``shown`` are the words that the person chose on the form: they are the label of the answer."""
        label = "; ".join(dict.fromkeys(shown))
        if question.kind is Kind.TOPICS:
            chosen = (question.choice(code) for code in value)
            value = [{"code": one.code, "label": one.label} for one in chosen if one is not None]
        version = self._library.code_list(question.code_list).version if question.code_list else ""
        return Answer(value=value, label=label, code_list=version, source=Source.IMPORTED)

    def _date(self, text: str, today: date) -> ReadAnswer:
        """The words are kept beside what was read out of them, as everywhere."""
        iso = day_of(text, self._day_first, today)
        when = parse_when(text, today) if iso is None else None
        if when is not None and when.precision is Precision.UNKNOWN:
            return ReadAnswer(Answer(state=AnswerState.DONT_KNOW, label=text, source=Source.IMPORTED))
        value = iso or (when.iso if when is not None else text)
        return ReadAnswer(Answer(value=value, label=text, source=Source.IMPORTED))


def _number(question: Question, text: str) -> ReadAnswer:
    try:
        value = int(text) if question.kind is Kind.INTEGER else float(text)
    except ValueError:
        return ReadAnswer(None, text, Unread.NUMBER)
    if value in (float("inf"), float("-inf")) or value != value:
        return ReadAnswer(None, text, Unread.NUMBER)
    return ReadAnswer(_answered(value))


def _answered(value: Any) -> Answer:
    return Answer(value=value, source=Source.IMPORTED)


def _ticked(title: str, text: str) -> str:
    """Of a column for one choice alone, which says no more than that it was ticked, the choice's words."""
    _question, below, choice = title.rpartition(BELOW)
    if not below:
        return text
    words = plain(text)
    if words in _NOT_TICKED:
        return ""
    return choice if words in _TICKED else text


def _codes(question: Question) -> dict[str, str]:
    """Codes by the words of each choice: its label first, then what other forms call it."""
    found: dict[str, str] = {}
    for one in question.choices:
        for words in (one.label, one.say_short, one.code):
            if words:
                found.setdefault(plain(words), one.code)
    for answer, code in _known().get(question.id, {}).items():
        if question.choice(code) is not None:
            found.setdefault(answer, code)
    return found


@cache
def _known() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with asset("resources/web_forms/answers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["question"], {})[plain(row["answer"])] = row["code"]
    return found

"""The immutable model of a question set; widgets, problems, exports and translator strings come from it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from intake_app.forms.conditions import Expression
from intake_app.records import SetRef

ENGLISH = "en"
ACKNOWLEDGED = "OK"
"""The value of an acknowledged question, as XLSForm keeps it."""

TEXTS = ("label", "hint", "guidance", "say", "say_short", "constraint_message")


class Kind(StrEnum):
    """What sort of answer a question takes."""

    NOTE = "note"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    ACKNOWLEDGE = "acknowledge"
    CALCULATE = "calculate"
    SERVICES = "services"
    TOPICS = "topics"

    @property
    def asks(self) -> bool:
        """Whether a person answers it."""
        return self not in (Kind.NOTE, Kind.CALCULATE)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a question, or one code of a code list.

    ``filter`` holds the further columns of its row, for choice filters and for data such as a telephone
    number. ``valid_from`` and ``valid_to`` (last day) are ISO dates, empty for open ends.
    """

    code: str
    label: str
    say_short: str = ""
    filter: Mapping[str, str] = field(default_factory=dict)
    valid_from: str = ""
    valid_to: str = ""
    source: str = ""

    def active_on(self, day: date) -> bool:
        text = day.isoformat()
        return self.valid_from <= text and (not self.valid_to or text <= self.valid_to)


@dataclass(frozen=True)
class Question:
    """One question. Texts are English; other languages are in the set's wordings.

    ``say`` is read out word for word, ``say_short`` the same in at most 20 words for interpreter and relay.
    ``choices`` are filled from the code list where ``code_list`` names one. ``sensitive`` and ``personal``
    keep an answer out of plain exports; ``reviewed_only``: the person is never shown an unreviewed
    translation. ``list_name`` is its list in the choices sheet, ``row`` that of the
    survey sheet, the heading being row 1.
    """

    id: str
    kind: Kind
    group: str
    label: str = ""
    hint: str = ""
    guidance: str = ""
    say: str = ""
    say_short: str = ""
    required: Expression | None = None
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: str = ""
    calculation: Expression | None = None
    choices: tuple[Choice, ...] = ()
    code_list: str = ""
    choice_filter: Expression | None = None
    appearance: str = ""
    default: str = ""
    sensitive: bool = False
    personal: bool = False
    reviewed_only: bool = False
    export_code: str = ""
    short_label: str = ""
    list_name: str = ""
    row: int = 0

    @cached_property
    def codes(self) -> Mapping[str, Choice]:
        return {choice.code: choice for choice in self.choices}

    def choice(self, code: str) -> Choice | None:
        return self.codes.get(code)

    def shown_choices(self, values: Mapping[str, Any], today: date | None = None) -> tuple[Choice, ...]:
        """The choices that the choice filter lets through and that are in force on ``today``."""
        shown = self.choices
        if today is not None and self.code_list:
            shown = tuple(choice for choice in shown if choice.active_on(today))
        if self.choice_filter is None:
            return shown
        return tuple(
            choice
            for choice in shown
            if self.choice_filter.holds(values, row={**choice.filter, "name": choice.code}, today=today)
        )


@dataclass(frozen=True, slots=True)
class Group:
    """A section. ``place`` is "before" or "after" the items in the frame set, empty elsewhere."""

    id: str
    label: str
    relevant: Expression | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a set in one language, as shown; every prompt shown cites ``sha256``.

    ``status`` is "official", "draft", "machine" or "out_of_date"; "english" for English. ``code_labels``
    are the labels of code lists; they are versioned with their list and no part of the hash.
    """

    language: str
    sha256: str
    status: str
    texts: Mapping[str, str]
    fallback: Mapping[str, str] = field(default_factory=dict)
    code_labels: Mapping[str, str] = field(default_factory=dict)

    def text(self, question_id: str, column: str, choice: str = "") -> str:
        """Of a question or group, or of one of its choices; English where it is missing, else empty."""
        key = text_key(question_id, column, choice)
        return self.texts.get(key) or self.code_labels.get(key) or self.fallback.get(key, "")

    def is_translated(self, question_id: str, column: str, choice: str = "") -> bool:
        """False where ``text`` falls back to English."""
        return bool(self.texts.get(text_key(question_id, column, choice)))


@dataclass(frozen=True, slots=True)
class Translation:
    """Texts of a set in one language by their key, and how far they may be relied on."""

    texts: Mapping[str, str]
    status: str
    code_labels: Mapping[str, str] = field(default_factory=dict)


def text_key(question_id: str, column: str, choice: str = "") -> str:
    return f"{question_id}.{choice}.{column}" if choice else f"{question_id}.{column}"


@dataclass(frozen=True)
class QuestionSet:
    """A question set. ``version`` is the hash of its structure, so mending a typo makes no new version.

    ``outside`` names values that come from elsewhere (rows of type ``hidden``), such as the record's channel.
    ``staff_only``: staff note it down for themselves, and nothing in it is put to a person.
    ``translations`` are those of its sheets; ``catalogue`` gives those of the program's catalogues.
    """

    id: str
    title: str
    label: str
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]
    languages: tuple[str, ...] = (ENGLISH,)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    outside: tuple[str, ...] = ()
    staff_only: bool = False
    catalogue: Callable[["QuestionSet", str], Translation | None] | None = field(
        default=None, compare=False, repr=False
    )

    @cached_property
    def version(self) -> str:
        """SHA-256 of everything but words, as 64 hexadecimal digits."""
        return _digest(_structure(self))

    def ref(self) -> SetRef:
        return SetRef(id=self.id, version=self.version, label=self.label)

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions}

    def question(self, question_id: str) -> Question:
        """Raises KeyError for an id the set does not have."""
        return self.by_id[question_id]

    def group(self, group_id: str) -> Group:
        """Raises KeyError for an id the set does not have."""
        return self._groups_by_id[group_id]

    @cached_property
    def _groups_by_id(self) -> Mapping[str, Group]:
        return {group.id: group for group in self.groups}

    @cached_property
    def _groups(self) -> Mapping[str, tuple[Question, ...]]:
        found: dict[str, list[Question]] = {group.id: [] for group in self.groups}
        for question in self.questions:
            found[question.group].append(question)
        return {group: tuple(questions) for group, questions in found.items()}

    def in_group(self, group_id: str) -> tuple[Question, ...]:
        return self._groups.get(group_id, ())

    @cached_property
    def _english(self) -> Mapping[str, str]:
        return english_texts(self)

    @cached_property
    def _wordings(self) -> dict[str, Wording]:
        return {}

    def wording(self, language: str) -> Wording:
        """The wording in a BCP 47 language; English, marked so, where the set has none in it."""
        if language not in self._wordings:
            self._wordings[language] = self._worded(language)
        return self._wordings[language]

    def _worded(self, language: str) -> Wording:
        base = self.languages[0]
        if language in self.translations:
            found = Translation(self.translations[language], self.statuses.get(language, "draft"))
        elif language != base and self.catalogue and (more := self.catalogue(self, language)):
            found = more
        elif language != base:
            return self.wording(base)
        else:
            found = Translation(self._english, "english" if base == ENGLISH else "official")
        digest = _digest({"set": self.id, "language": language, "texts": dict(found.texts)})
        return Wording(language, digest, found.status, found.texts, self._english, found.code_labels)


def english_texts(question_set: QuestionSet) -> dict[str, str]:
    """Every English text by its key, choices of code lists left out (they are versioned with their list)."""
    texts: dict[str, str] = {}
    for group in question_set.groups:
        if group.label:
            texts[text_key(group.id, "label")] = group.label
    for question in question_set.questions:
        for column in TEXTS:
            if text := getattr(question, column):
                texts[text_key(question.id, column)] = text
        if not question.code_list:
            for choice in question.choices:
                texts[text_key(question.id, "label", choice.code)] = choice.label
                if choice.say_short:
                    texts[text_key(question.id, "say_short", choice.code)] = choice.say_short
    return texts


def _source(expression: Expression | None) -> str:
    return " ".join(expression.source.split()) if expression else ""


def _structure(question_set: QuestionSet) -> dict[str, Any]:
    # A list of thousands of choices is often shared by several questions: it is hashed once.
    digests: dict[int, str] = {}
    for question in question_set.questions:
        if question.choices and not question.code_list and id(question.choices) not in digests:
            codes = [[choice.code, sorted(choice.filter.items())] for choice in question.choices]
            digests[id(question.choices)] = _digest(codes)
    return {
        "id": question_set.id,
        "outside": list(question_set.outside),
        "groups": [[group.id, _source(group.relevant), group.place] for group in question_set.groups],
        "questions": [
            {
                "id": question.id,
                "kind": question.kind.value,
                "group": question.group,
                "required": _source(question.required),
                "relevant": _source(question.relevant),
                "constraint": _source(question.constraint),
                "calculation": _source(question.calculation),
                "choice_filter": _source(question.choice_filter),
                "code_list": question.code_list,
                "choices": digests.get(id(question.choices), ""),
                "appearance": question.appearance,
                "default": question.default,
                "sensitive": question.sensitive,
                "personal": question.personal,
                "export_code": question.export_code,
            }
            for question in question_set.questions
        ],
    }


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class CodeList:
    """A list of codes, shipped or an organisation's own; ``version`` is the hash of its codes and dates."""

    name: str
    version: str
    codes: tuple[Choice, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Choice]:
        return {choice.code: choice for choice in self.codes}

    def label(self, code: str) -> str:
        """The label; the code itself where the list has no such code."""
        found = self.by_code.get(code)
        return found.label if found else code

    def active_on(self, day: date) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.codes if choice.active_on(day))

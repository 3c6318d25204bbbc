"""Turns rows of the survey and choices sheets into questions, groups, choices and translations."""

import re
from collections.abc import Callable
from typing import Any

from intake_app.errors import QuestionSetRefused
from intake_app.forms.conditions import ConditionRefused, Expression, parse
from intake_app.forms.model import Choice, CodeList, Group, Kind, Question, text_key
from intake_app.forms.refusals import Refusal, Refusals
from intake_app.forms.sheets import Row, Table
from intake_app.forms.types import IGNORED_TYPES, Type, type_of
from intake_app.forms.wordings import Base, translated

_NAME = re.compile(r"[^\W\d][\w.-]*")
_CALL = re.compile(r"[a-z][\w-]*\(.*\)|.*\$\{.*", re.DOTALL)
YES = frozenset({"yes", "true", "true()", "1"})
_NO = frozenset({"", "no", "false", "false()", "0"})
# Our names for the text columns, and the sheet's.
_TEXT_COLUMNS = {
    "label": "label",
    "hint": "hint",
    "guidance_hint": "guidance",
    "x_read_script": "say",
    "x_say_short": "say_short",
    "constraint_message": "constraint_message",
}
_REFUSED_COLUMNS = ("repeat_count", "trigger", "save_to", "bind::", "body::", "instance::")
_CHOICE_COLUMNS = frozenset({"list_name", "name", "value", "label", "x_say_short"})
MAIN = "main"


def check_columns(survey: Table, refusals: Refusals) -> None:
    """Columns that would change what the form does are refused where a row uses them, not passed over."""
    for column in survey.columns:
        if column.startswith(_REFUSED_COLUMNS):
            for row in survey.rows:
                if row.get(column):
                    refusals.add("survey", row.number, column, "column_unsupported", column)
                    break


class Choices:
    """The lists of the choices sheet, with their translations by list and code."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Choice]] = {}
        self.translations: dict[str, list[tuple[str, str, str, str]]] = {}


def read_choices(table: Table | None, base: Base, refusals: Refusals) -> Choices:
    found = Choices()
    if table is None:
        return found
    seen: set[tuple[str, str]] = set()
    for row in table.rows:
        name = row.get("list_name")
        if not name:
            continue
        code = row.get("name") or row.get("value")
        if not code:
            refusals.add("choices", row.number, "name", "code_missing", name)
            continue
        if len(code.split()) > 1:
            refusals.add("choices", row.number, "name", "code_wrong", code)
        if (name, code) in seen:
            refusals.add("choices", row.number, "name", "code_twice", code)
            continue
        seen.add((name, code))
        label = base.text(row, "label")
        if not label:
            refusals.add("choices", row.number, "label", "label_missing", code)
        columns = {
            column: text
            for column, text in row.cells.items()
            if column not in _CHOICE_COLUMNS and "::" not in column
        }
        found.lists.setdefault(name, []).append(Choice(code, label, base.text(row, "x_say_short"), columns))
        for head, tag, text in translated(row, ("label", "x_say_short"), base):
            column = "label" if head == "label" else "say_short"
            found.translations.setdefault(name, []).append((code, column, tag, text))
    return found


class Survey:
    """Reads the survey sheet from top to bottom; what it finds is in its attributes."""

    def __init__(
        self,
        table: Table,
        choices: Choices,
        code_lists: Callable[[str], CodeList],
        base: Base,
        title: str,
        refusals: Refusals,
    ) -> None:
        self.table = table
        self.choices = choices
        self.code_lists = code_lists
        self.base = base
        self.title = title
        self.refusals = refusals
        self.groups: list[Group] = []
        self.questions: list[Question] = []
        self.outside: list[str] = []
        self.rows_of_groups: dict[str, int] = {}
        self.translations: dict[str, dict[str, str]] = {}
        self.names: set[str] = set()
        self._open: list[Group] = []
        self._expressions: dict[str, Expression] = {}
        self._choices_of: dict[tuple[str, bool], tuple[Choice, ...]] = {}

    def read(self) -> "Survey":
        for row in self.table.rows:
            self._row(row)
        if self._open:
            group = self._open[-1]
            self.refusals.add(
                "survey", self.rows_of_groups.get(group.id, 0), "type", "group_not_ended", group.id
            )
        used = {question.group for question in self.questions}
        self.groups = [group for group in self.groups if group.id in used]
        # Questions of one section stand together, also where a group was nested between them.
        places = {group.id: place for place, group in enumerate(self.groups)}
        self.questions.sort(key=lambda question: places[question.group])
        return self

    def _refuse(self, row: Row, column: str, reason: str, value: object = "") -> None:
        self.refusals.add("survey", row.number, column, reason, value)

    def _row(self, row: Row) -> None:
        text = row.get("type")
        if not text:
            # Rows without a type are comments in XLSForm, unless somebody meant a question.
            if row.get("name"):
                self._refuse(row, "type", "type_missing")
            return
        found = type_of(text)
        if isinstance(found, str):
            if found not in IGNORED_TYPES:
                self._refuse(
                    row, "type", "repeat_unsupported" if "repeat" in found else "type_unsupported", text
                )
            return
        if found.name == "end_group":
            if self._open:
                self._open.pop()
            else:
                self._refuse(row, "type", "group_not_begun")
            return
        if not self._name(row):
            return
        if found.name == "begin_group":
            self._begin_group(row)
        elif found.name == "hidden":
            self.outside.append(row.get("name"))
        else:
            self._question(row, found)

    def _name(self, row: Row) -> bool:
        name = row.get("name")
        if not name:
            self._refuse(row, "name", "name_missing")
        elif not _NAME.fullmatch(name):
            self._refuse(row, "name", "name_wrong", name)
        elif name in self.names:
            self._refuse(row, "name", "name_twice", name)
        else:
            self.names.add(name)
            return True
        return False

    def _begin_group(self, row: Row) -> None:
        place = row.get("x_place")
        if place not in ("", "before", "after"):
            self._refuse(row, "x_place", "place_wrong", place)
        parent = self._open[-1] if self._open else None
        relevant = self._expression(row, "relevant")
        if parent and parent.relevant:
            source = parent.relevant.source
            relevant = self._parsed(
                row, "relevant", f"({source}) and ({relevant.source})" if relevant else source
            )
        group = Group(
            row.get("name"),
            self.base.text(row, "label") or (parent.label if parent else row.get("name")),
            relevant,
            place or (parent.place if parent else ""),
        )
        self.groups.append(group)
        self.rows_of_groups[group.id] = row.number
        self._open.append(group)
        self._translate(row, group.id)

    def _question(self, row: Row, found: Type) -> None:
        name = row.get("name")
        kind = self._kind(row, found)
        texts = {ours: self.base.text(row, theirs) for theirs, ours in _TEXT_COLUMNS.items()}
        if not texts["label"]:
            texts["label"], texts["hint"] = texts["hint"], ""
        if not texts["label"] and kind is not Kind.CALCULATE:
            self._refuse(row, "label", "label_missing", name)
        calculation = self._expression(row, "calculation") or self._expression(row, "calculate")
        if kind is Kind.CALCULATE and calculation is None:
            self._refuse(row, "calculation", "calculation_missing", name)
        choices = self._choices(row, found)
        default = row.get("default")
        if _CALL.fullmatch(default):
            self._refuse(row, "default", "default_dynamic", default)
        elif default and choices and not set(default.split()) <= {choice.code for choice in choices}:
            self._refuse(row, "default", "default_wrong", default)
        self.questions.append(
            Question(
                id=name,
                kind=kind,
                group=self._group(),
                **texts,
                required=self._yes_or_expression(row, "required"),
                relevant=self._expression(row, "relevant"),
                constraint=self._expression(row, "constraint"),
                calculation=calculation if kind is Kind.CALCULATE else None,
                choices=choices,
                code_list=found.code_list,
                list_name=f"{found.list_name}_or_other" if found.or_other else found.list_name,
                choice_filter=self._expression(row, "choice_filter"),
                appearance=row.get("appearance"),
                default=default,
                sensitive=row.get("x_sensitive").lower() in YES,
                personal=row.get("x_pii").lower() in YES,
                reviewed_only=row.get("x_reviewed_only").lower() in YES,
                export_code=row.get("x_export_code"),
                short_label=row.get("x_short_label"),
                row=row.number,
            )
        )
        self._translate(row, name)
        if found.list_name:
            for code, column, tag, text in self.choices.translations.get(found.list_name, ()):
                self._set_text(tag, text_key(name, column, code), text)
        if found.or_other:
            self._other(row, name)

    def _kind(self, row: Row, found: Type) -> Kind:
        wanted = row.get("x_kind")
        if not wanted:
            return Kind(found.name)
        if (found.name, wanted) in (("text", "services"), ("select_multiple", "topics")):
            return Kind(wanted)
        self._refuse(row, "x_kind", "type_unsupported", wanted)
        return Kind(found.name)

    def _other(self, row: Row, name: str) -> None:
        other = f"{name}_other"
        self.names.add(other)
        self.questions.append(
            Question(
                id=other,
                kind=Kind.TEXT,
                group=self._group(),
                label="Specify other.",
                relevant=parse(f"selected(${{{name}}}, 'other')"),
                row=row.number,
            )
        )

    def _group(self) -> str:
        if self._open:
            return self._open[-1].id
        if not any(group.id == MAIN for group in self.groups):
            self.groups.append(Group(MAIN, self.title))
        return MAIN

    def _choices(self, row: Row, found: Type) -> tuple[Choice, ...]:
        if found.code_list:
            try:
                return self.code_lists(found.code_list).codes
            except QuestionSetRefused as error:
                self._take_over(error)
                return ()
        if not found.list_name:
            return ()
        choices = self.choices.lists.get(found.list_name)
        if choices is None:
            self._refuse(row, "type", "list_missing", found.list_name)
            return ()
        key = (found.list_name, found.or_other)
        if key not in self._choices_of:
            other = found.or_other and all(choice.code != "other" for choice in choices)
            self._choices_of[key] = (*choices, Choice("other", "Other")) if other else tuple(choices)
        return self._choices_of[key]

    def _take_over(self, error: QuestionSetRefused) -> None:
        refusals: Any = error.details["refusals"]
        for one in refusals:
            if isinstance(one, Refusal) and one not in self.refusals.found:
                self.refusals.add(one.sheet, one.row, one.column, one.reason, one.value)

    def _yes_or_expression(self, row: Row, column: str) -> Expression | None:
        text = row.get(column).lower()
        if text in _NO:
            return None
        return self._parsed(row, column, "true()") if text in YES else self._expression(row, column)

    def _expression(self, row: Row, column: str) -> Expression | None:
        text = row.get(column)
        return self._parsed(row, column, text) if text else None

    def _parsed(self, row: Row, column: str, text: str) -> Expression | None:
        if text not in self._expressions:
            try:
                self._expressions[text] = parse(text)
            except ConditionRefused as refused:
                self._refuse(row, column, refused.reason, refused.value)
                return None
        return self._expressions[text]

    def _translate(self, row: Row, name: str) -> None:
        for head, tag, text in translated(row, _TEXT_COLUMNS, self.base):
            self._set_text(tag, text_key(name, _TEXT_COLUMNS[head]), text)

    def _set_text(self, tag: str, key: str, text: str) -> None:
        self.translations.setdefault(tag, {})[key] = text


def check_references(survey: Survey, refusals: Refusals) -> None:
    """Every ``${name}`` must be a question or come from outside; bare names are choice columns only."""
    known = {question.id for question in survey.questions} | set(survey.outside)
    for group in survey.groups:
        row = survey.rows_of_groups.get(group.id, 0)
        _check(group.relevant, row, "relevant", known, frozenset(), refusals)
    for question in survey.questions:
        columns = frozenset({"name", "label"}).union(*(choice.filter for choice in question.choices))
        for column in ("required", "relevant", "constraint", "calculation", "choice_filter"):
            _check(
                getattr(question, column),
                question.row,
                column,
                known,
                columns if column == "choice_filter" else frozenset(),
                refusals,
            )


def _check(
    expression: Expression | None,
    row: int,
    column: str,
    known: set[str],
    columns: frozenset[str],
    refusals: Refusals,
) -> None:
    if expression is None:
        return
    for name in sorted(expression.names - known):
        refusals.add("survey", row, column, "name_unknown", name)
    for name in sorted(expression.columns - columns):
        refusals.add("survey", row, column, "column_unknown", name)
    if expression.reads_own and column != "constraint":
        refusals.add("survey", row, column, "own_value", ".")

"""Writes a question set as XLSForm sheets, as CSV files or an .xlsx workbook, for any other tool."""

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from intake_app.forms.conditions import Expression
from intake_app.forms.model import CodeList, Group, Kind, Question, QuestionSet, text_key
from intake_app.forms.prompts import LABEL, SAY, SAY_SHORT, Prompts

Lines = list[list[str]]

_TEXTS = {
    "label": "label",
    "hint": "hint",
    "guidance_hint": "guidance",
    "x_read_script": "say",
    "x_say_short": "say_short",
    "constraint_message": "constraint_message",
}
_LANGUAGE_NAMES = {
    "en": "English",
    "cy": "Welsh",
    "pl": "Polish",
    "ur": "Urdu",
    "ar": "Arabic",
    "ro": "Romanian",
}


def write_folder(question_set: QuestionSet, folder: Path, wordings: Sequence[Prompts] = ()) -> None:
    """``survey.csv, choices.csv, settings.csv`` in UTF-8. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in to_sheets(question_set, wordings).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)


def write_workbook(question_set: QuestionSet, path: Path, wordings: Sequence[Prompts] = ()) -> None:
    """An .xlsx workbook with the same sheets; a text that begins with = stays text. Raises OSError.

    ``wordings``: the person's words in other languages stand side by side with the English, for translators
    and for any other tool that asks in them.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in to_sheets(question_set, wordings).items():
        sheet = book.create_sheet(name)
        for number, line in enumerate(lines, start=1):
            for column, text in enumerate(line, start=1):
                if text:
                    cell = sheet.cell(number, column)
                    cell.value = text
                    cell.data_type = "s"
        sheet.freeze_panes = "A2"
    try:
        book.save(path)
    finally:
        book.close()


def write_code_lists(question_set: QuestionSet, folder: Path, code_lists: Callable[[str], CodeList]) -> None:
    """The code lists that the set uses, as choice files beside the workbook. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in sorted({question.code_list for question in question_set.questions if question.code_list}):
        codes = code_lists(name).codes
        extra = sorted({column for choice in codes for column in choice.filter})
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["name", "label", "valid_from", "valid_to", "source", *extra])
            for choice in codes:
                further = [choice.filter.get(column, "") for column in extra]
                writer.writerow(
                    [choice.code, choice.label, choice.valid_from, choice.valid_to, choice.source, *further]
                )


def to_sheets(question_set: QuestionSet, wordings: Sequence[Prompts] = ()) -> dict[str, Lines]:
    """Rows of the three sheets, headings first; columns that nobody uses are left out."""
    rows: list[dict[str, str]] = [{"type": "hidden", "name": name} for name in question_set.outside]
    for group in question_set.groups:
        rows.append(_group(question_set, group))
        rows.extend(
            {**_question(question_set, question), **_worded(wordings, "", question.id)}
            for question in question_set.in_group(group.id)
        )
        rows.append({"type": "end_group"})
    choices: dict[str, list[dict[str, str]]] = {}
    for question in question_set.questions:
        if question.list_name and question.list_name not in choices:
            choices[question.list_name] = [
                {**row, **_worded(wordings, question.list_name, row["name"])}
                for row in _choices(question_set, question)
            ]
    base = question_set.languages[0]
    settings = {
        "form_id": question_set.id,
        "form_title": question_set.title,
        "version": question_set.label,
        "default_language": _suffix(base),
    }
    if question_set.staff_only:
        settings["x_staff_only"] = "yes"
    for tag, status in question_set.statuses.items():
        settings[f"x_wording_status::{_suffix(tag)}"] = status
    return {
        "survey": _lines(rows, ["type", "name", "label"]),
        "choices": _lines([row for rows in choices.values() for row in rows], ["list_name", "name", "label"]),
        "settings": _lines([settings], []),
    }


def _lines(rows: Sequence[dict[str, str]], first: Sequence[str]) -> Lines:
    names = list(first)
    for row in rows:
        names.extend(name for name, text in row.items() if text and name not in names)
    return [names, *([row.get(name, "") for name in names] for row in rows)]


def _suffix(tag: str) -> str:
    return f"{_LANGUAGE_NAMES.get(tag, tag)} ({tag})"


def _translated(question_set: QuestionSet, key: str, columns: Iterable[tuple[str, str]]) -> dict[str, str]:
    found = {}
    for tag, texts in question_set.translations.items():
        for theirs, ours in columns:
            if text := texts.get(text_key(key, ours)):
                found[f"{theirs}::{_suffix(tag)}"] = text
    return found


def _group(question_set: QuestionSet, group: Group) -> dict[str, str]:
    return {
        "type": "begin_group",
        "name": group.id,
        "label": group.label,
        "relevant": _source(group.relevant),
        "x_place": group.place,
        **_translated(question_set, group.id, [("label", "label")]),
    }


def _question(question_set: QuestionSet, question: Question) -> dict[str, str]:
    kind = {Kind.SERVICES: "text", Kind.TOPICS: "select_multiple"}.get(question.kind, question.kind.value)
    if question.code_list:
        kind = f"{kind}_from_file {question.code_list}.csv"
    elif question.list_name:
        kind = f"{kind} {question.list_name}"
    required = _source(question.required)
    return {
        "type": kind,
        "name": question.id,
        **{theirs: getattr(question, ours) for theirs, ours in _TEXTS.items()},
        "required": "yes" if required == "true()" else required,
        "relevant": _source(question.relevant),
        "constraint": _source(question.constraint),
        "calculation": _source(question.calculation),
        "choice_filter": _source(question.choice_filter),
        "appearance": question.appearance,
        "default": question.default,
        "x_kind": question.kind.value if question.kind in (Kind.SERVICES, Kind.TOPICS) else "",
        "x_sensitive": "yes" if question.sensitive else "",
        "x_pii": "yes" if question.personal else "",
        "x_reviewed_only": "yes" if question.reviewed_only else "",
        "x_export_code": question.export_code,
        "x_short_label": question.short_label,
        **_translated(question_set, question.id, _TEXTS.items()),
    }


def _choices(question_set: QuestionSet, question: Question) -> Iterable[dict[str, str]]:
    for choice in question.choices:
        row = {
            "list_name": question.list_name,
            "name": choice.code,
            "label": choice.label,
            "x_say_short": choice.say_short,
            **choice.filter,
        }
        for tag, texts in question_set.translations.items():
            for theirs, ours in (("label", "label"), ("x_say_short", "say_short")):
                if text := texts.get(text_key(question.id, ours, choice.code)):
                    row[f"{theirs}::{_suffix(tag)}"] = text
        yield row


def _worded(wordings: Sequence[Prompts], list_name: str, name: str) -> dict[str, str]:
    """A form filled in by the person asks what staff would read out, so that is its label."""
    found: dict[str, str] = {}
    for prompts in wordings:
        if prompts.sheet is None:
            continue
        for column in (LABEL, SAY_SHORT, SAY):
            worded = prompts.sheet.texts.get((list_name, name, column))
            if worded is not None:
                found[f"label::{prompts.sheet.heading}"] = worded.text
                # Of a choice the label alone: converters stumble over other columns that are translated.
                if column != LABEL and not list_name:
                    found[f"{column}::{prompts.sheet.heading}"] = worded.text
    return found


def _source(expression: Expression | None) -> str:
    return expression.source if expression else ""

"""One workbook for a translator: every text for the person beside its English, and back into sheets."""

import csv
import io
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from intake_app.approvals import WordedSheet
from intake_app.errors import FileRefused
from intake_app.forms.code_lists import language_names
from intake_app.forms.library import Library
from intake_app.forms.prompts import CODE_LISTS, LABEL, SAY, SAY_SHORT, PromptStatus
from intake_app.forms.refusals import refuse
from intake_app.forms.sheets import Table, read

PERSON_LISTS = ("relations", "needs", "heard_via", "ethnic_groups", "person_words")
"""Code lists whose choices the person is asked to choose from, and phrases for the person."""

_HEAD = ("part", "list_name", "name", "column", "english")
_TRANSLATION, _STATE = "translation", "state"
_SHEET = "survey"
"""The name under which the reader of sheets looks for the first one."""
_NUMBER = re.compile(r"\d{3,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text. ``part`` is a set's id or ``code_lists``; ``translation`` is empty where there is none."""

    part: str
    list_name: str
    name: str
    column: str
    english: str
    translation: str
    status: PromptStatus


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came back: a sheet for each part, and of the rows that were left out the number and the reason."""

    sheets: tuple[WordedSheet, ...]
    texts: int
    left_out: tuple[tuple[int, str], ...]


def entries(library: Library, language: str) -> Iterator[Entry]:
    """Everything that is said, shown or printed for the person, in the order of the sets."""
    for part in library.ids():
        question_set = library.latest(part)
        prompts = library.wordings.prompts(question_set, language)
        lists: dict[str, None] = {}
        for question in question_set.questions:
            if not question.say:
                continue
            for column, short in ((SAY, False), (SAY_SHORT, True)):
                if not short or question.say_short:
                    prompt = prompts.say(question, short)
                    yield _entry(part, "", question.id, column, prompt.english, prompt.text, prompt.status)
            if question.code_list or question.list_name in lists:
                continue
            lists[question.list_name] = None
            for choice in question.choices:
                prompt = prompts.choice(question, choice)
                column = SAY_SHORT if choice.say_short else LABEL
                found = prompt.english, prompt.text, prompt.status
                yield _entry(part, question.list_name, choice.code, column, *found)
    for name in PERSON_LISTS:
        codes = library.code_list(name)
        for choice in codes.codes:
            prompt = library.wordings.code_label(codes, choice.code, language)
            yield _entry(CODE_LISTS, name, choice.code, LABEL, prompt.english, prompt.text, prompt.status)


def _entry(
    part: str, list_name: str, name: str, column: str, english: str, text: str, status: PromptStatus
) -> Entry:
    given = "" if status is PromptStatus.ENGLISH_ONLY else text
    return Entry(part, list_name, name, column, english, given, status)


def write(path: Path, library: Library, language: str) -> int:
    """An .xlsx workbook with one row for each text; how many. Raises FileRefused."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _SHEET
    sheet.append([*_HEAD, _TRANSLATION, _STATE])
    count = 0
    for one in entries(library, language):
        count += 1
        where = one.part, one.list_name, one.name, one.column
        values = (*where, one.english, one.translation, one.status.value)
        for place, text in enumerate(values, 1):
            cell = sheet.cell(count + 1, place)
            if text:
                cell.value = text
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDEFG", (12, 16, 24, 14, 60, 60, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    try:
        book.save(path)
    except OSError as error:
        raise FileRefused(path=str(path), reason="unwritable") from error
    finally:
        book.close()
    return count


def take_in(path: Path, library: Library, language: str) -> TakenIn:
    """Reads such a workbook again. A row whose English is not ours any more is kept: it is out of date.

    Rows that would harm are left out with a reason: ``unknown`` (no such text), ``fields``, ``numbers``.
    Raises QuestionSetRefused for a file that is none.
    """
    sheets = read(path)
    table = sheets.get(_SHEET)
    if table is None:
        raise refuse(_SHEET, "sheet_missing", _SHEET)
    for column in (*_HEAD, _TRANSLATION):
        if column not in table.columns:
            raise refuse(_SHEET, "column_missing", column, 1, column)
    return _sorted_out(table, library, language)


def _sorted_out(table: Table, library: Library, language: str) -> TakenIn:
    known = {(one.part, one.list_name, one.name, one.column) for one in entries(library, language)}
    parts: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    left_out: list[tuple[int, str]] = []
    texts = 0
    heading = f"{language_names(library.code_list('languages'), language)[0]} ({language})"
    for row in table.rows:
        part, list_name, name, column, english = (row.get(one) for one in _HEAD)
        text = row.get(_TRANSLATION).strip()
        if not text:
            continue
        if reason := _fault(english, text) if (part, list_name, name, column) in known else "unknown":
            left_out.append((row.number, reason))
            continue
        cells = parts.setdefault(part, {}).setdefault((list_name, name), {})
        cells[column] = english
        cells[f"{column}::{heading}"] = text
        texts += 1
    made = [WordedSheet(language=language, part=one, sheet=_csv(rows)) for one, rows in parts.items()]
    return TakenIn(tuple(made), texts, tuple(left_out))


def _fault(english: str, text: str) -> str:
    try:
        if _fields(english) != _fields(text):
            return "fields"
    except ValueError:
        return "fields"
    return "numbers" if any(one not in text for one in _NUMBER.findall(english)) else ""


def _fields(text: str) -> list[str]:
    return sorted(name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name)


def _csv(rows: dict[tuple[str, str], dict[str, str]]) -> str:
    columns = list(dict.fromkeys(column for cells in rows.values() for column in cells))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["list_name", "name", *columns])
    for (list_name, name), cells in rows.items():
        writer.writerow([list_name, name, *(cells.get(column, "") for column in columns)])
    return text.getvalue()

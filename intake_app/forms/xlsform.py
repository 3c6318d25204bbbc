"""Loads a question set from XLSForm sheets: a documented subset, refused in plain words where it ends."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from intake_app.forms import rows as reading
from intake_app.forms.graph import cycle
from intake_app.forms.model import CodeList, QuestionSet
from intake_app.forms.refusals import Refusals, refuse
from intake_app.forms.rows import Survey
from intake_app.forms.sheets import Table, read
from intake_app.forms.wordings import base_language, languages_of, status_of

_ID = re.compile(r"[A-Za-z_][\w.-]*")


def load(folder_or_xlsx: Path, code_lists: Callable[[str], CodeList]) -> QuestionSet:
    """The set in a folder of ``survey.csv, choices.csv, settings.csv`` or in an .xlsx workbook.

    ``code_lists`` gives a list by its name or raises QuestionSetRefused. Raises QuestionSetRefused with every
    reason found, and nothing else of the file's doing.
    """
    return build(read(folder_or_xlsx), code_lists, folder_or_xlsx.stem)


def build(sheets: Mapping[str, Table], code_lists: Callable[[str], CodeList], name: str = "") -> QuestionSet:
    """The same from sheets already read; ``name`` stands in for a missing ``form_id``."""
    if "survey" not in sheets:
        raise refuse("", "sheet_missing", "survey")
    survey = sheets["survey"]
    if not survey.rows:
        raise refuse("survey", "sheet_empty", "survey")
    for column in ("type", "name"):
        if column not in survey.columns:
            raise refuse("survey", "column_missing", column, 1, column)
    settings = sheets["settings"].rows[0].cells if "settings" in sheets and sheets["settings"].rows else {}
    refusals = Refusals()
    set_id = "_".join((settings.get("form_id") or settings.get("id_string") or name).split())
    if not _ID.fullmatch(set_id):
        refusals.add("settings", 2, "form_id", "id_missing", set_id)
    reading.check_columns(survey, refusals)
    base = base_language(survey, settings)
    choices = reading.read_choices(sheets.get("choices"), base, refusals)
    title = settings.get("form_title") or settings.get("title") or set_id
    found = Survey(survey, choices, code_lists, base, title, refusals).read()
    reading.check_references(found, refusals)
    refusals.raise_if_any()
    question_set = QuestionSet(
        id=set_id,
        title=title,
        label=settings.get("version", ""),
        groups=tuple(found.groups),
        questions=tuple(found.questions),
        languages=(base.tag, *languages_of(found.translations)),
        translations=found.translations,
        statuses={tag: status_of(tag, settings) for tag in found.translations},
        outside=tuple(found.outside),
        staff_only=settings.get("x_staff_only", "").lower() in reading.YES,
    )
    if circle := cycle(question_set):
        first = question_set.by_id.get(circle[0])
        raise refuse("survey", "cycle", ", ".join(circle), first.row if first else 0, "relevant")
    return question_set

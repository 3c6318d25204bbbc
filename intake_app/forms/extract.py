"""Babel extractor: what staff read of the question sets and code lists, with where it is used.

What is said to the person is no text of the screens: its translations lie in wording sheets (``prompts``).
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from intake_app.forms.sheets import column_name
from intake_app.forms.translations import (
    IN_DANGER,
    STAFF_TEXTS,
    TRANSLATED_COLUMNS,
    TRANSLATED_LISTS,
    code_context,
)

Message = tuple[int, str, tuple[str, str], list[str]]

_COLUMNS = {{"guidance": "guidance_hint"}.get(ours, ours): ours for ours in STAFF_TEXTS}
_NOTES = {
    "guidance": "Help for staff, shown on F1.",
    "constraint_message": "What is wrong with an answer and how to mend it.",
}


def extract_questions(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Sequence[str],
    options: Mapping[str, Any],
) -> Iterator[Message]:
    """For ``survey.csv`` and ``choices.csv`` of a set's folder, and for code lists that are translated.

    The context is ``set.question.column``, ``set.list.choice.column`` or ``code_lists.list.code.label``, so
    that two questions with the same English can differ and changed English shows its old translation.
    """
    path = Path(fileobj.name)
    rows = list(csv.reader(io.StringIO(fileobj.read().decode("utf-8-sig"), newline="")))
    columns = [column_name(cell) for cell in rows[0]] if rows else []
    for number, cells in enumerate(rows[1:], start=2):
        row = dict(zip(columns, cells, strict=False))
        if path.stem == "survey":
            yield from _question(path.parent.name, number, row)
        elif path.stem == "choices":
            yield from _choice(path.parent.name, number, row)
        elif path.stem in TRANSLATED_LISTS and row.get("code") and row.get("label"):
            note = f"{path.stem}: {row['group_label']}" if row.get("group_label") else path.stem
            context = code_context(path.stem, row["code"])
            yield number, "pgettext", (context, row["label"]), [note]
            yield from _more(path.stem, number, row)


def _more(name: str, number: int, row: Mapping[str, str]) -> Iterator[Message]:
    """Numbers are the same in every language, and of most contacts nothing but the name is shown."""
    if row.get("group") in IN_DANGER:
        for column in TRANSLATED_COLUMNS.get(name, ()):
            if (text := row.get(column, "")) and not text.isdecimal():
                yield number, "pgettext", (code_context(name, row["code"], column), text), [row["label"]]


def _question(set_id: str, number: int, row: Mapping[str, str]) -> Iterator[Message]:
    name = row.get("name", "")
    if not name or row.get("type") in ("hidden", "calculate"):
        return
    for theirs, ours in _COLUMNS.items():
        if text := row.get(theirs, "").strip():
            notes = [_NOTES[ours]] if ours in _NOTES else []
            yield number, "pgettext", (f"{set_id}.{name}.{ours}", text), notes


def _choice(set_id: str, number: int, row: Mapping[str, str]) -> Iterator[Message]:
    name, code = row.get("list_name", ""), row.get("name", "")
    if name and code and (text := row.get("label", "").strip()):
        yield number, "pgettext", (f"{set_id}.{name}.{code}.label", text), [f"Choice of the list {name}"]

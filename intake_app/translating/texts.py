"""Every text that has to be translated, read from the sources as they are now."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file

from intake_app.forms.extract import extract_questions
from intake_app.practice import callers

PACKAGES = ("intake_app", "ui")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_CALLER_NOTES = {
    "says": ["Said by a made-up caller in practice: as people speak, not as they write."],
    "hint": ["To the learner in practice. Names of keys stay as they are."],
}
HEADER = """# Translations of Intake, which takes down what people say about health and social care.
# This file is distributed under the same licence as Intake.
#"""


def template(root: Path, domain: str) -> Catalog:
    """Every text of the domain as it is in the sources now."""
    made = Catalog(project="Intake", charset="utf-8", header_comment=HEADER, domain=domain, fuzzy=False)
    for path, texts in _texts(root, domain):
        for _line, message, comments, context in texts:
            # Without line numbers, so that a catalogue changes only when a text does.
            made.add(message, locations=[(path, 0)], auto_comments=comments, context=context)
    return made


def _texts(root: Path, domain: str) -> Iterator[tuple[str, Iterable[Any]]]:
    if domain == "questions":
        sources = [
            *sorted((root / "resources" / "question_sets").glob("*/*.csv")),
            *sorted((root / "resources" / "code_lists").glob("*.csv")),
        ]
        for path in sources:
            with path.open("rb") as file:
                found = [
                    (line, text, notes, context)
                    for line, _kind, (context, text), notes in extract_questions(file, {}, (), {})
                ]
            yield path.relative_to(root).as_posix(), found
        for path in sorted((root / "resources" / "practice").glob("*.toml")):
            caller = callers.load(path)
            texts = [
                (0, text, _CALLER_NOTES.get(context.rpartition(".")[2], []), context)
                for context, text in callers.messages(caller)
            ]
            yield path.relative_to(root).as_posix(), texts
        return
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            found_here = extract_from_file(
                "python", path, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
            )
            yield path.relative_to(root).as_posix(), found_here


def unextractable(root: Path) -> Iterator[str]:
    """Texts that are no literals: an f-string in ``_()`` vanishes from the catalogues without a warning."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in KEYWORDS
                ):
                    place = f"{path.relative_to(root).as_posix()}:{node.lineno}"
                    yield from _not_literal(node, place)


def _not_literal(call: ast.Call, place: str) -> Iterator[str]:
    assert isinstance(call.func, ast.Name)
    count = 2 if call.func.id in ("ngettext", "pgettext") else 1
    for argument in call.args[:count]:
        if isinstance(argument, ast.JoinedStr):
            yield f"{place}: an f-string in {call.func.id}() is never translated"
        elif not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            # A text marked with N_ elsewhere and translated here through a name or a table.
            if not isinstance(argument, ast.Name | ast.Attribute | ast.Subscript):
                yield f"{place}: {call.func.id}() needs a literal or a name of one marked with N_"
        elif not argument.value.strip():
            yield f"{place}: {call.func.id}() with an empty text gives the catalogue's header"

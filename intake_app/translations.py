"""For translators and developers: brings the catalogues up to date, checks them and says how far they are.

``python -m intake_app.translations`` does all; ``update``, ``check``, ``statistics``, ``add TAG`` one thing.
Catalogues of two domains are kept here: ``intake`` (the screens) and ``questions`` (the question sets, and
what callers say in practice).
The texts of Qt itself (``qt``) are checked against Qt by the tests, since nothing here knows Qt.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from intake_app.assets import asset
from intake_app.catalogues import fields
from intake_app.forms.extract import extract_questions
from intake_app.practice import callers

DOMAINS = ("intake", "questions")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
# Babel keeps no header that it does not know, but it keeps comments: status and name stand there.
_CALLER_NOTES = {
    "says": ["Said by a made-up caller in practice: as people speak, not as they write."],
    "hint": ["To the learner in practice. Names of keys stay as they are."],
}
_HEADER = """# Translations of Intake, which takes down what people say about health and social care.
# This file is distributed under the same licence as Intake.
#"""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 1 where a check found something or the command is not known."""
    command, *rest = (sys.argv[1:] if arguments is None else list(arguments)) or ["all"]
    root = asset("locales").parent
    if command == "add" and len(rest) == 1:
        add(root, rest[0])
        return 0
    if command not in ("all", "update", "check", "statistics") or rest:
        sys.stderr.write(f"{__doc__}\n")
        return 1
    if command in ("all", "update"):
        update(root)
    findings = check(root) if command in ("all", "check") else []
    if command in ("all", "statistics"):
        sys.stdout.writelines(f"{line}\n" for line in statistics(root))
    sys.stderr.writelines(f"{finding}\n" for finding in findings)
    return 1 if findings else 0


def template(root: Path, domain: str) -> Catalog:
    """Every text of the domain as it is in the sources now."""
    made = Catalog(project="Intake", charset="utf-8", header_comment=_HEADER, domain=domain, fuzzy=False)
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
    for package in ("intake_app", "ui"):
        for path in sorted((root / package).rglob("*.py")):
            found_here = extract_from_file(
                "python", path, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
            )
            yield path.relative_to(root).as_posix(), found_here


def update(root: Path) -> None:
    """Writes the templates and merges them into every catalogue; changed English is marked fuzzy."""
    for domain in DOMAINS:
        made = template(root, domain)
        _write(root / "locales" / f"{domain}.pot", made)
        for path in _catalogues(root, domain):
            catalogue = _read(path)
            catalogue.update(made, update_header_comment=False)
            _write(path, catalogue)


def add(root: Path, tag: str) -> None:
    """Begins catalogues for a language, as drafts."""
    for domain in DOMAINS:
        path = root / "locales" / tag.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"
        if path.exists():
            continue
        head = f"# Own name: {tag}\n# Status: draft\n{_HEADER}"
        made = Catalog(
            locale=tag.replace("-", "_"), domain=domain, project="Intake", header_comment=head, fuzzy=False
        )
        made.update(template(root, domain), update_header_comment=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, made)


def check(root: Path) -> list[str]:
    """What is wrong, one sentence each: texts that cannot be extracted, stale and broken catalogues."""
    findings = list(_unextractable(root))
    for domain in DOMAINS:
        made = template(root, domain)
        wanted = _keys(made)
        for path in _catalogues(root, domain):
            catalogue = _read(path)
            name = path.relative_to(root).as_posix()
            missing, gone = wanted - _keys(catalogue), _keys(catalogue) - wanted
            if missing or gone:
                findings.append(f"{name}: stale, {len(missing)} texts missing, {len(gone)} no longer used")
            reviewed = "# Status: reviewed" in catalogue.header_comment
            for message in catalogue:
                if message.id:
                    findings += [f"{name}: {fault}" for fault in faults(message, catalogue, reviewed)]
    return findings


def faults(message: Message, catalogue: Catalog, reviewed: bool) -> list[str]:
    """What is wrong with one translation. A draft may leave texts untranslated; a reviewed one may not."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    given = _given(message)
    called = repr(sources[0][:50])
    if message.fuzzy or not all(given):
        partly = any(given) and not message.fuzzy
        return [f"{called} is not translated"] if reviewed or partly else []
    found = [f"{called}: {error}" for error in message.check(catalogue)]
    offered = set().union(*(fields(one) for one in sources))
    for one in given:
        try:
            used = fields(one)
        except ValueError:
            found.append(f"{called}: braces do not match")
            continue
        # A plural form may leave the number out ("one record"); anything else uses every field.
        if used - offered or (len(sources) == 1 and used != offered):
            found.append(f"{called}: fields {sorted(used)} instead of {sorted(offered)}")
        if _access_keys(one) != _access_keys(sources[0]):
            found.append(f"{called}: {_access_keys(one)} access keys instead of {_access_keys(sources[0])}")
        for mark in ("…", ":"):
            if sources[0].endswith(mark) != one.endswith(mark):
                found.append(f"{called}: ends otherwise than with {mark!r}")
        if (sources[0].strip() == sources[0]) != (one.strip() == one):
            found.append(f"{called}: begins or ends with another space")
    return found


def statistics(root: Path) -> list[str]:
    """A table: language, domain, translated of all, doubtful, status."""
    lines = [f"{'language':<10} {'domain':<10} {'done':>11} {'fuzzy':>6}  status"]
    for domain in (*DOMAINS, "qt"):
        for path in _catalogues(root, domain):
            catalogue = _read(path)
            messages = [message for message in catalogue if message.id]
            fuzzy = sum(message.fuzzy for message in messages)
            done = sum(bool(message.string) and not message.fuzzy and _whole(message) for message in messages)
            status = "reviewed" if "# Status: reviewed" in catalogue.header_comment else "draft"
            share = f"{done}/{len(messages)}"
            lines.append(f"{path.parts[-3]:<10} {domain:<10} {share:>11} {fuzzy:>6}  {status}")
    return lines


def _whole(message: Message) -> bool:
    return all(_given(message))


def _given(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _access_keys(text: str) -> int:
    return text.replace("&&", "").count("&")


def _keys(catalogue: Catalog) -> set[tuple[str, str]]:
    return {(message.context or "", _first(message.id)) for message in catalogue if message.id}


def _first(identifier: Any) -> str:
    return identifier if isinstance(identifier, str) else str(identifier[0])


def _catalogues(root: Path, domain: str) -> list[Path]:
    return sorted((root / "locales").glob(f"*/LC_MESSAGES/{domain}.po"))


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, domain=path.stem)


def _write(path: Path, catalogue: Catalog) -> None:
    """Only where a text changed: the date alone is no reason."""
    before = _read(path) if path.exists() else None
    if before is not None and _content(before) == _content(catalogue):
        return
    catalogue.revision_date = datetime.now(UTC)
    with path.open("wb") as file:
        write_po(
            file,
            catalogue,
            width=100,
            sort_output=True,
            ignore_obsolete=True,
            include_previous=True,
            include_lineno=False,
        )


def _content(catalogue: Catalog) -> list[tuple[Any, ...]]:
    return sorted(
        (
            message.context or "",
            _first(message.id),
            str(message.string),
            message.fuzzy,
            tuple(place for place, _line in message.locations),
            tuple(message.auto_comments),
        )
        for message in catalogue
        if message.id
    )


def _unextractable(root: Path) -> Iterator[str]:
    """Texts that are no literals: an f-string in ``_()`` vanishes from the catalogues without a warning."""
    for package in ("intake_app", "ui"):
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


if __name__ == "__main__":
    sys.exit(main())

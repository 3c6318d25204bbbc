"""The catalogues as files: begun, brought up to date, read, written, counted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from intake_app import i18n
from intake_app.translating.texts import HEADER, template

DOMAINS = ("intake", "questions")
QT = "qt"
"""The words of Qt itself: its template is kept by hand, and the tests hold it against Qt."""


def update(root: Path) -> None:
    """Writes the templates and merges them into every catalogue; changed English is marked fuzzy."""
    for domain in DOMAINS:
        made = template(root, domain)
        write(root / "locales" / f"{domain}.pot", made)
        for path in catalogues(root, domain):
            catalogue = read(path)
            catalogue.update(made, update_header_comment=False)
            write(path, catalogue)


def add(root: Path, tag: str) -> None:
    """Begins catalogues for a language, as drafts."""
    folder = root / "locales" / tag.replace("-", "_") / "LC_MESSAGES"
    # Babel keeps no header that it does not know, but it keeps comments: name and status stand there.
    head = f"# Own name: {own_name(tag)}\n# Status: draft\n{HEADER}"
    templates = {domain: template(root, domain) for domain in DOMAINS}
    if (words_of_qt := root / "locales" / f"{QT}.pot").exists():
        templates[QT] = read(words_of_qt)
    for domain, texts in templates.items():
        path = folder / f"{domain}.po"
        if path.exists():
            continue
        made = Catalog(
            locale=tag.replace("-", "_"), domain=domain, project="Intake", header_comment=head, fuzzy=False
        )
        if (elsewhere := folder / "intake.po").exists():
            # Welsh has six forms by CLDR and five by Babel: every catalogue of a language has the same.
            made.mime_headers = [("Plural-Forms", read(elsewhere).plural_forms)]
        made.update(texts, update_header_comment=False)
        folder.mkdir(parents=True, exist_ok=True)
        write(path, made)


def own_name(tag: str) -> str:
    """What the language calls itself; its tag where Babel does not know it."""
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag
    name = locale.get_language_name(locale) or tag
    return name[:1].upper() + name[1:]


def statistics(root: Path) -> list[str]:
    """A table: language, domain, translated of all, doubtful, status."""
    lines = [f"{'language':<10} {'domain':<10} {'done':>11} {'fuzzy':>6}  status"]
    for domain in (*DOMAINS, QT):
        for path in catalogues(root, domain):
            messages = [message for message in read(path) if message.id]
            fuzzy = sum(message.fuzzy for message in messages)
            done = sum(all(given(message)) and not message.fuzzy for message in messages)
            language = i18n.describe(path)
            status = "reviewed" if language.reviewed else "complete" if language.complete else "draft"
            share = f"{done}/{len(messages)}"
            lines.append(f"{language.tag:<10} {domain:<10} {share:>11} {fuzzy:>6}  {status}")
    return lines


def given(message: Message) -> list[str]:
    """The translation, in all its plural forms."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ("",))


def first(identifier: Any) -> str:
    """The English of a message, the singular where it has two."""
    return identifier if isinstance(identifier, str) else str(identifier[0])


def catalogues(root: Path, domain: str) -> list[Path]:
    return sorted((root / "locales").glob(f"*/LC_MESSAGES/{domain}.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, domain=path.stem)


def write(path: Path, catalogue: Catalog) -> None:
    """Only where a text changed: the date alone is no reason."""
    before = read(path) if path.exists() else None
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
            first(message.id),
            str(message.string),
            message.fuzzy,
            tuple(place for place, _line in message.locations),
            tuple(message.auto_comments),
        )
        for message in catalogue
        if message.id
    )

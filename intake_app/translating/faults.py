"""What is wrong with the catalogues, one sentence for each thing."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog, Message

from intake_app import i18n
from intake_app.catalogues import fields
from intake_app.errors import LanguageUnusable
from intake_app.translating.files import DOMAINS, QT, catalogues, first, given, read
from intake_app.translating.letters import access_key, clashes
from intake_app.translating.texts import template, unextractable


def check(root: Path) -> list[str]:
    """Texts that cannot be extracted; catalogues that are stale, broken, or less whole than they say."""
    findings = list(unextractable(root))
    for domain in (*DOMAINS, QT):
        paths = catalogues(root, domain)
        if domain == QT and not paths:
            continue
        made = template(root, domain) if domain in DOMAINS else read(root / "locales" / f"{QT}.pot")
        wanted = _keys(made)
        for path in paths:
            name = path.relative_to(root).as_posix()
            findings += [f"{name}: {fault}" for fault in _of_catalogue(path, wanted)]
    return findings + clashes(root)


def _of_catalogue(path: Path, wanted: set[tuple[str, str]]) -> list[str]:
    from intake_app.catalogues import read as read_as_the_program_does

    try:
        read_as_the_program_does(path)
    except LanguageUnusable as error:
        return [f"cannot be used, {error.details['why']}"]
    catalogue = read(path)
    findings = []
    missing, gone = wanted - _keys(catalogue), _keys(catalogue) - wanted
    if missing or gone:
        findings.append(f"stale, {len(missing)} texts missing, {len(gone)} no longer used")
    language = i18n.describe(path)
    for message in catalogue:
        if message.id:
            findings += faults(message, catalogue, language.complete)
    return findings


def faults(message: Message, catalogue: Catalog, complete: bool) -> list[str]:
    """What is wrong with one translation. A draft may leave texts untranslated; a complete one may not."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    translated = given(message)
    called = repr(sources[0][:50])
    if message.fuzzy or not all(translated):
        partly = any(translated) and not message.fuzzy
        return [f"{called} is not translated"] if complete or partly else []
    found = [f"{called}: {error}" for error in message.check(catalogue)]
    offered = set().union(*(fields(one) for one in sources))
    for one in translated:
        try:
            used = fields(one)
        except ValueError:
            found.append(f"{called}: braces do not match")
            continue
        # A plural form may leave the number out ("one record"); anything else uses every field.
        if used - offered or (len(sources) == 1 and used != offered):
            found.append(f"{called}: fields {sorted(used)} instead of {sorted(offered)}")
        if bool(access_key(one)) != bool(access_key(sources[0])):
            found.append(f"{called}: {'no' if access_key(sources[0]) else 'an'} access key is marked with &")
        for mark in ("…", ":"):
            if sources[0].endswith(mark) != one.endswith(mark):
                found.append(f"{called}: ends otherwise than with {mark!r}")
        if (sources[0].strip() == sources[0]) != (one.strip() == one):
            found.append(f"{called}: begins or ends with another space")
    return found


def _keys(catalogue: Catalog) -> set[tuple[str, str]]:
    return {(message.context or "", first(message.id)) for message in catalogue if message.id}

"""The language of the screens: one current catalogue for everything that goes through ``_()``."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Protocol

ENGLISH = "en"
PSEUDO_LONG = "en-XA"
PSEUDO_RIGHT_TO_LEFT = "ar-XB"
PSEUDO_LANGUAGES = (PSEUDO_LONG, PSEUDO_RIGHT_TO_LEFT)

_RIGHT_TO_LEFT = {"ar", "ur", "fa", "ps", "ckb", "he", "yi", "sd", "ug", "pnb", "prs"}
_RIGHT_TO_LEFT_SCRIPTS = {"arab", "hebr", "thaa", "nkoo", "syrc"}


class Language(NamedTuple):
    """A language of the screens. ``reviewed``: a native speaker has checked it and is named in its head.

    ``complete``: no text may be missing. ``in_english`` is how many texts of the screens are all the same.
    """

    tag: str
    own_name: str
    reviewed: bool
    complete: bool = False
    in_english: int = 0


class Words(Protocol):
    """A catalogue, as the standard library's ``gettext`` makes them."""

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str: ...

    def pgettext(self, context: str, message: str, /) -> str: ...


class _AsWritten:
    """English, as it stands in the code; ``gettext`` itself need not be loaded before the first paint."""

    def gettext(self, message: str) -> str:
        return message

    def ngettext(self, one: str, many: str, count: int) -> str:
        return one if count == 1 else many

    def pgettext(self, _context: str, message: str) -> str:
        return message


class _Current(NamedTuple):
    language: Language
    words: Words
    qt_words: Words


_ENGLISH = Language(ENGLISH, "English", True)
_AS_WRITTEN = _AsWritten()
_current = _Current(_ENGLISH, _AS_WRITTEN, _AS_WRITTEN)


def _(message: str) -> str:
    """The message in the current language. A literal, with named fields filled by ``.format`` afterwards."""
    return _current.words.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message in the form that ``count`` needs; both texts are literals."""
    return _current.words.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """The message where the same English means different things: ``pgettext("noun", "Post")``."""
    return _current.words.pgettext(context, message)


def N_(message: str) -> str:
    """Marks a message for extraction; translate it with ``_`` where it is shown."""
    return message


def language() -> str:
    """The BCP 47 tag of the screens' language."""
    return _current.language.tag


def current() -> Language:
    return _current.language


def languages() -> tuple[Language, ...]:
    """English first, then the languages that have a catalogue, by tag; the pseudo-languages not."""
    from intake_app.assets import asset

    found = [
        describe(path)
        for path in sorted(asset("locales").glob("*/LC_MESSAGES/intake.po"), key=lambda one: one.parts[-3])
    ]
    return (_ENGLISH, *found)


def use_language(tag: str, cache: Path | None = None) -> None:
    """Everything that ``_`` gives from now on is in this language; English where a message has none.

    A tag without a catalogue is tried without its last parts (``cy-GB``, ``cy``). Where there is none, or
    one that cannot be used, English is shown and LanguageUnusable raised. ``cache`` is where compiled
    catalogues are kept; without it they are compiled in memory.
    """
    global _current
    wanted = tag
    if tag in PSEUDO_LANGUAGES:
        from intake_app.pseudo import PseudoTranslations

        words = PseudoTranslations(tag)
        _current = _Current(Language(tag, tag, True), words, words)
        return
    while tag and tag.lower() not in ("en", "en-gb"):
        path = _catalogue(tag, "intake")
        if path.is_file():
            _current = _Current(_ENGLISH, _AS_WRITTEN, _AS_WRITTEN)
            _current = _read(tag, cache)
            return
        tag = tag.rpartition("-")[0]
    _current = _Current(_ENGLISH, _AS_WRITTEN, _AS_WRITTEN)
    if wanted and wanted.lower() not in ("en", "en-gb"):
        from intake_app.errors import LanguageUnusable

        raise LanguageUnusable(tag=wanted, reason="missing", why="no such file")


def _read(tag: str, cache: Path | None) -> _Current:
    from intake_app.catalogues import left_in_english, read

    path, of_qt = _catalogue(tag, "intake"), _catalogue(tag, "qt")
    words = read(path, cache)
    qt_words = read(of_qt, cache) if of_qt.is_file() else _AS_WRITTEN
    return _Current(describe(path)._replace(in_english=left_in_english(words)), words, qt_words)


def is_right_to_left(tag: str = "") -> bool:
    """Whether a language is written from right to left; without a tag, the current one."""
    parts = (tag or language()).lower().replace("_", "-").split("-")
    scripts = {part for part in parts[1:] if len(part) == 4 and part.isalpha()}
    return bool(scripts & _RIGHT_TO_LEFT_SCRIPTS) or (not scripts and parts[0] in _RIGHT_TO_LEFT)


def series(parts: Iterable[str]) -> str:
    """Parts of one line, between them the comma of the language of the screens; empty ones are left out."""
    comma = "، " if is_right_to_left() else ", "
    return comma.join(part for part in parts if part)


def qt_text(context: str, message: str) -> str:
    """One of Qt's own texts; empty where our catalogue lacks it, so that Qt looks further."""
    found = _current.qt_words.pgettext(context, message)
    return "" if found == message else found


def _catalogue(tag: str, domain: str) -> Path:
    from intake_app.assets import asset

    return asset("locales") / tag.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"


def describe(path: Path) -> Language:
    """From the comments at the head of a catalogue: its own name, its status, and who reviewed it.

    ``# Own name: Cymraeg``, ``# Status: draft`` or ``complete``, ``# Reviewer: Name``.
    """
    facts: dict[str, str] = {}
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if not line.startswith("#"):
                break
            name, _colon, value = line.lstrip("# ").partition(":")
            facts[name.strip().lower()] = value.strip()
    tag = path.parts[-3].replace("_", "-")
    reviewed = bool(facts.get("reviewer"))
    return Language(
        tag, facts.get("own name") or tag, reviewed, reviewed or facts.get("status") == "complete"
    )

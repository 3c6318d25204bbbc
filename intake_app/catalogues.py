"""Reads ``.po`` catalogues: compiled once into a cache by content, or in memory where nothing can be written.

Compiling before the first paint costs a third of a bare start; reading what was compiled costs nothing.
"""

import contextlib
import gettext
import hashlib
import os
import string
import struct
from io import BytesIO
from pathlib import Path

from intake_app.errors import LanguageUnusable

_Texts = str | tuple[str, ...] | list[str]

FORMAT = "2"
"""Part of the cache's key: raised when what ``_compile`` leaves out changes."""
_COUNTED = ("left in English", "count")
"""Context and id of a message of our own in what is compiled: Babel drops headers that it does not know."""
_COUNTS_TRIED = range(1000)
"""A plural rule has to hold for these: its parts repeat after a hundred."""


def read(path: Path, cache: Path | None = None) -> gettext.GNUTranslations:
    """The translations of one catalogue; missing or unfinished messages stay English.

    Messages with fields that the English does not have are left out, so that no screen fails on them.
    Raises LanguageUnusable where the file cannot be read as a catalogue at all.
    """
    try:
        content, wanted = path.read_bytes(), _template(path)
        key = hashlib.sha256(FORMAT.encode() + content + wanted).hexdigest()[:32]
        kept = cache / f"{path.parts[-3]}-{path.stem}-{key}.mo" if cache else None
        if kept is not None:
            with contextlib.suppress(OSError, ValueError, IndexError, struct.error), kept.open("rb") as file:
                return gettext.GNUTranslations(file)
        compiled = _compile(content, wanted)
        found = gettext.GNUTranslations(BytesIO(compiled))
    # Whatever it is that stands in the file, and Babel and gettext have many ways to stumble over it.
    except Exception as error:
        tag = path.parts[-3].replace("_", "-")
        raise LanguageUnusable(tag=tag, reason="unreadable", path=str(path), why=str(error)) from error
    if kept is not None:
        _keep(kept, compiled)
    return found


def left_in_english(words: gettext.NullTranslations) -> int:
    """How many texts the catalogue lacks, or has in a form that cannot be shown."""
    found = words.pgettext(*_COUNTED)
    return int(found) if found.isdecimal() else 0


def fields(message: str) -> set[str]:
    """The names in braces. Raises ValueError where the braces do not match."""
    return {name for name, _spec, _conversion in _fields(message)}


def _fields(message: str) -> set[tuple[str, str, str]]:
    return {
        (name, spec or "", conversion or "")
        for _text, name, spec, conversion in string.Formatter().parse(message)
        if name is not None
    }


def _template(path: Path) -> bytes:
    """What the program has to say in this domain: a catalogue made for another version lacks some of it."""
    template = path.parents[2] / f"{path.stem}.pot"
    return template.read_bytes() if template.is_file() else b""


def _compile(content: bytes, template: bytes) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    last = content.rstrip().rpartition(b"\n")[2]
    if not last.startswith(b"#") and not last.endswith(b'"'):
        raise ValueError("cut off in the middle of a text")  # Babel would take the rest for the whole
    catalogue = read_po(BytesIO(content), abort_invalid=True)
    wanted = {_key(one.id, one.context) for one in read_po(BytesIO(template)) if one.id}
    wanted = wanted or {_key(one.id, one.context) for one in catalogue if one.id}
    _try_plurals(catalogue.plural_expr, catalogue.num_plurals)
    for message in list(catalogue):
        if message.id and not _fits(message.id, message.string):
            catalogue.delete(message.id, message.context)
    has = {_key(one.id, one.context) for one in catalogue if one.id and not one.fuzzy and _whole(one.string)}
    context, identifier = _COUNTED
    catalogue.add(identifier, str(len(wanted - has)), context=context)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def _key(identifier: _Texts, context: str | None) -> tuple[str, str]:
    return context or "", identifier if isinstance(identifier, str) else identifier[0]


def _whole(translated: _Texts | None) -> bool:
    return all([translated] if isinstance(translated, str) else translated or ("",))


def _try_plurals(rule: str, forms: int) -> None:
    """A rule that divides by zero, or asks for a form that there is none of, would do so on the screen."""
    plural = gettext.c2py(rule)
    if not all(0 <= plural(count) < forms for count in _COUNTS_TRIED):
        raise ValueError("the plural rule asks for a form that there is none of")


def _fits(source: _Texts, translated: _Texts | None) -> bool:
    sources = [source] if isinstance(source, str) else list(source)
    translations = [translated] if isinstance(translated, str) else list(translated or ())
    try:
        offered = set().union(*(_fields(one) for one in sources))
        return all(_fields(one or "") <= offered for one in translations)
    except ValueError:
        return False


def _keep(path: Path, compiled: bytes) -> None:
    """The cache is a convenience: a full or read-only disk only means compiling again next time."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(compiled)
        os.replace(fresh, path)
        for old in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.mo"):
            if old != path:
                old.unlink(missing_ok=True)

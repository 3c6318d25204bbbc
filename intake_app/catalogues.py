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

_Texts = str | tuple[str, ...] | list[str]

FORMAT = "1"
"""Part of the cache's key: raised when what ``_compile`` leaves out changes."""


def read(path: Path, cache: Path | None = None) -> gettext.NullTranslations:
    """The translations of one catalogue; missing or unfinished messages stay English.

    Messages with fields that the English does not have are left out, so that no screen fails on them.
    """
    content = path.read_bytes()
    key = hashlib.sha256(FORMAT.encode() + content).hexdigest()[:32]
    kept = cache / f"{path.parts[-3]}-{path.stem}-{key}.mo" if cache else None
    if kept is not None:
        with contextlib.suppress(OSError, ValueError, IndexError, struct.error), kept.open("rb") as file:
            return gettext.GNUTranslations(file)
    compiled = _compile(content)
    if kept is not None:
        _keep(kept, compiled)
    return gettext.GNUTranslations(BytesIO(compiled))


def fields(message: str) -> set[str]:
    """The names in braces. Raises ValueError where the braces do not match."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(message) if name is not None}


def _compile(content: bytes) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    catalogue = read_po(BytesIO(content))
    for message in list(catalogue):
        if message.id and not _fits(message.id, message.string):
            catalogue.delete(message.id, message.context)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def _fits(source: _Texts, translated: _Texts | None) -> bool:
    sources = [source] if isinstance(source, str) else list(source)
    translations = [translated] if isinstance(translated, str) else list(translated or ())
    try:
        offered = set().union(*(fields(one) for one in sources))
        return all(fields(one or "") <= offered for one in translations)
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

"""Access keys: the letter after ``&``, with Alt; each menu or button of a window has one of its own."""

from __future__ import annotations

import ast
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import ascii_uppercase

from babel.messages.catalog import Catalog, Message

from intake_app import i18n
from intake_app.translating.files import QT, catalogues, first, given, read, write
from intake_app.translating.texts import KEYWORDS, PACKAGES

_VIRAMA = 9
"""The combining class of the signs that tie consonants together in Indic scripts."""

Groups = Mapping[str, list[tuple[str, str]]]
"""Of each menu or window the texts with an access key, by context and English."""


def access_key(text: str) -> str:
    """The letter after a single ``&``, in upper case; empty for none."""
    return text.replace("&&", "").partition("&")[2][:1].upper()


def stands_alone(text: str) -> bool:
    """Whether the line below the access key leaves the letters around it whole.

    Qt draws the marked letter by itself: a vowel sign or a joined consonant beside it would be torn off.
    """
    plain, at = text.replace("&&", "").replace("&", ""), text.replace("&&", "").find("&")
    return at < 0 or not _is_joined(plain, at)


def clashes(root: Path) -> list[str]:
    """Letters that two texts of one menu or window share, in English and in every catalogue."""
    screens = windows(root)
    english = {key: key[1] for texts in screens.values() for key in texts}
    findings = [f"English: {finding}" for finding in _clashes(english, screens)]
    for path in [*catalogues(root, "intake"), *catalogues(root, QT)]:
        catalogue = read(path)
        groups = screens if path.stem == "intake" else windows_of_qt(catalogue)
        name = path.relative_to(root).as_posix()
        findings += [f"{name}: {finding}" for finding in _clashes(_shown(catalogue), groups)]
    return findings


def settle(root: Path, tag: str) -> list[str]:
    """Gives texts of a draft that share a letter another one of their own; says what was changed.

    The first text of a window keeps its letter. Letters that begin a word are taken before others.
    """
    changed = []
    for domain in ("intake", QT):
        path = root / "locales" / tag.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"
        if not path.exists() or i18n.describe(path).reviewed:
            continue
        catalogue = read(path)
        groups = windows(root) if domain == "intake" else windows_of_qt(catalogue)
        for texts in groups.values():
            changed += list(_settled(catalogue, texts))
        write(path, catalogue)
    return changed


def windows(root: Path) -> dict[str, list[tuple[str, str]]]:
    """What stands together: everything in one class, or in one table, of one file."""
    found: dict[str, list[tuple[str, str]]] = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            source = path.read_text("utf-8")
            if "&" not in source:
                continue
            for part in ast.parse(source).body:
                texts = [("", text) for text in _literals(part) if access_key(text)]
                if texts:
                    found[f"{path.relative_to(root).as_posix()}, {_called(part)}"] = list(
                        dict.fromkeys(texts)
                    )
    return found


def windows_of_qt(catalogue: Catalog) -> dict[str, list[tuple[str, str]]]:
    """Qt's contexts are its menus and dialogs, and the buttons of its theme."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for message in catalogue:
        if message.id and access_key(first(message.id)):
            found[f"Qt's {message.context}"].append((message.context or "", first(message.id)))
    return found


def _called(part: ast.stmt) -> str:
    if isinstance(part, ast.ClassDef | ast.FunctionDef):
        return part.name
    target = part.targets[0] if isinstance(part, ast.Assign) else getattr(part, "target", None)
    return target.id if isinstance(target, ast.Name) else f"line {part.lineno}"


def _literals(part: ast.stmt) -> Iterator[str]:
    for node in ast.walk(part):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def _shown(catalogue: Catalog) -> dict[tuple[str, str], str]:
    return {
        (message.context or "", first(message.id)): given(message)[0]
        for message in catalogue
        if message.id and not message.fuzzy and given(message)[0]
    }


def _clashes(shown: Mapping[tuple[str, str], str], groups: Groups) -> Iterator[str]:
    for window, texts in groups.items():
        owners: dict[str, list[str]] = defaultdict(list)
        for key in texts:
            words = shown.get(key, "")
            if (letter := access_key(words)) and words not in owners[letter]:
                owners[letter].append(words)
            if not stands_alone(words):
                yield f"“{words}” marks a letter that carries signs, in {window}"
        for letter, sharing in owners.items():
            if len(sharing) > 1:
                quoted = " and ".join(f"“{one}”" for one in sharing)
                yield f"{quoted} share the access key {letter} in {window}"


def _settled(catalogue: Catalog, texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    taken: dict[str, str] = {}
    for context, english in texts:
        message = catalogue.get(english, context or None)
        if not isinstance(message, Message) or message.fuzzy or not isinstance(message.string, str):
            continue
        words = message.string
        letter = access_key(words)
        if letter and (taken.get(letter, words) != words or not stands_alone(words)):
            message.string = _with_free_letter(words.replace("&", ""), access_key(english), taken)
            yield f"“{words}” is now “{message.string}”"
            letter = access_key(message.string)
        if letter:
            taken[letter] = message.string


def _with_free_letter(plain: str, of_the_english: str, taken: Mapping[str, str]) -> str:
    for place in _places(plain):
        if plain[place].upper() not in taken:
            return f"{plain[:place]}&{plain[place:]}"
    # As is usual where the script has no letter to spare: a Latin one, behind the words.
    free = [one for one in (of_the_english, *ascii_uppercase) if one not in taken]
    ending = next((mark for mark in (" …", "…", ":") if plain.endswith(mark)), "")
    return f"{plain.removesuffix(ending)} (&{free[0]}){ending}"


def _places(plain: str) -> list[int]:
    """Where an ``&`` may stand: beginnings of words first, then other letters that stand for themselves."""
    letters = [
        at
        for at, sign in enumerate(plain)
        # A field is filled with who knows what.
        if unicodedata.category(sign).startswith("L")
        and "{" not in plain[: at + 1]
        and not _is_joined(plain, at)
    ]
    return sorted(letters, key=lambda at: (at > 0 and plain[at - 1].isalnum(), at))


def _is_joined(plain: str, at: int) -> bool:
    """Followed by a sign that leans on it, or preceded by one that ties it to the letter before."""
    following = unicodedata.category(plain[at + 1 : at + 2] or " ")
    return following.startswith("M") or (at > 0 and unicodedata.combining(plain[at - 1]) == _VIRAMA)

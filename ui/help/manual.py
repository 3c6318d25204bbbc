"""The pages of the manual: Markdown files that ship with the program, in the order of their first page."""

import re
from dataclasses import dataclass
from pathlib import Path

from intake_app.assets import asset
from intake_app.folding import fold

FIRST = "README.md"
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Page:
    """``text`` is Markdown without its links, which the list of pages stands for."""

    name: str
    title: str
    text: str
    words: str


def folder() -> Path:
    return asset("docs/manual")


def pages(place: Path | None = None) -> tuple[Page, ...]:
    """The first page, then those that it links to, in that order, then any others by name."""
    where = place or folder()
    first = (where / FIRST).read_text(encoding="utf-8")
    linked = [target for _words, target in _LINK.findall(first) if (where / target).is_file()]
    others = sorted(path.name for path in where.glob("*.md"))
    return tuple(_page(where / name) for name in dict.fromkeys((FIRST, *linked, *others)))


def matching(found: tuple[Page, ...], words: str) -> tuple[Page, ...]:
    """Pages that have every word, those that have them in their title first."""
    wanted = fold(words).split()
    fitting = [one for one in found if all(word in one.words for word in wanted)]
    return tuple(sorted(fitting, key=lambda one: not all(word in fold(one.title) for word in wanted)))


def _page(path: Path) -> Page:
    text = _LINK.sub(r"\1", path.read_text(encoding="utf-8"))
    title = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), path.stem)
    return Page(path.name, title, text, fold(text))

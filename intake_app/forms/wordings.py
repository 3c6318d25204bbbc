"""Which language a column of the sheets is in, and how far its translation may be relied upon."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intake_app.forms.sheets import Row, Table

_TAGGED = re.compile(r".*\(([^()]+)\)\s*")
STATUSES = ("official", "draft", "machine", "out_of_date")


@dataclass(frozen=True, slots=True)
class Base:
    """The language of the set's own texts: its BCP 47 tag and, where its columns name it, that suffix."""

    tag: str
    suffix: str = ""

    def text(self, row: Row, *columns: str) -> str:
        """The first of the columns that has a text in the base language."""
        for column in columns:
            if found := row.get(column) or (row.get(f"{column}::{self.suffix}") if self.suffix else ""):
                return found
        return ""


def tag_of(suffix: str) -> str:
    """``Polish (pl)`` → ``pl``; a heading without brackets is taken as it is, in lower case."""
    match = _TAGGED.fullmatch(suffix)
    return match.group(1).strip() if match else suffix.strip().replace(" ", "-")


def base_language(survey: Table, settings: Mapping[str, str]) -> Base:
    """The default language of the settings, else English, else the first language of a label column."""
    suffixes = [column.split("::", 1)[1] for column in survey.columns if column.startswith("label::")]
    wanted = settings.get("default_language", "")
    if "label" in survey.columns or not suffixes:
        return Base(tag_of(wanted) if wanted and wanted != "default" else "en", wanted)
    for suffix in suffixes:
        if suffix == wanted or tag_of(suffix) == tag_of(wanted or "en"):
            return Base(tag_of(suffix), suffix)
    english = [suffix for suffix in suffixes if tag_of(suffix).lower() in ("en", "en-gb", "english")]
    chosen = (english or suffixes)[0]
    return Base(tag_of(chosen), chosen)


def languages_of(translations: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(sorted(translations))


def status_of(tag: str, settings: Mapping[str, str]) -> str:
    """``x_wording_status::Polish (pl)`` of the settings; draft where nobody has said better."""
    for column, text in settings.items():
        if column.startswith("x_wording_status::") and tag_of(column.split("::", 1)[1]) == tag:
            return text if text in STATUSES else "draft"
    return "draft"


def translated(row: Row, columns: Iterable[str], base: Base) -> list[tuple[str, str, str]]:
    """(column, language tag, text) of every text of a row that is in another language."""
    wanted = set(columns)
    found = []
    for column, text in row.cells.items():
        head, mark, suffix = column.partition("::")
        if mark and head in wanted and suffix != base.suffix and (tag := tag_of(suffix)) != base.tag:
            found.append((head, tag, text))
    return found

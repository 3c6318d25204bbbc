"""Code lists: CSV files with ``code,label,valid_from,valid_to,source``, which an organisation can replace."""

import hashlib
import json
import re
from collections.abc import Collection
from pathlib import Path

from intake_app import formats, i18n
from intake_app.forms.model import Choice, CodeList
from intake_app.forms.refusals import Refusals, refuse
from intake_app.forms.sheets import Row, Table, read_csv

OWN_COLUMNS = frozenset({"code", "name", "label", "x_say_short", "valid_from", "valid_to", "source"})
_ENGLISH_OF_LIST = "en-GB"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def load_code_list(path: Path) -> CodeList:
    """Reads one list; ``name`` is taken for ``code``, as XLSForm's choice files write it.

    Raises QuestionSetRefused with every row that is wrong.
    """
    if not path.is_file():
        raise refuse(path.stem, "file_missing", path.name)
    return code_list(path.stem, read_csv(path))


def code_list(name: str, table: Table) -> CodeList:
    refusals = Refusals()
    for column in ("label",) if {"code", "name"} & set(table.columns) else ("code", "label"):
        if column not in table.columns:
            refusals.add(name, 1, column, "column_missing", column)
    refusals.raise_if_any()
    choices: dict[str, Choice] = {}
    for row in table.rows:
        code = row.get("code") or row.get("name")
        _check(name, row, code, choices, refusals)
        choices[code] = Choice(
            code=code,
            label=row.get("label"),
            say_short=row.get("x_say_short"),
            filter={column: text for column, text in row.cells.items() if column not in OWN_COLUMNS},
            valid_from=row.get("valid_from"),
            valid_to=row.get("valid_to"),
            source=row.get("source"),
        )
    refusals.raise_if_any()
    codes = tuple(choices.values())
    return CodeList(name, _version(codes), codes)


def _check(name: str, row: Row, code: str, choices: dict[str, Choice], refusals: Refusals) -> None:
    if not code:
        refusals.add(name, row.number, "code", "code_missing", name)
    elif len(code.split()) > 1:
        refusals.add(name, row.number, "code", "code_wrong", code)
    elif code in choices:
        refusals.add(name, row.number, "code", "code_twice", code)
    if not row.get("label"):
        refusals.add(name, row.number, "label", "label_missing", code)
    for column in ("valid_from", "valid_to"):
        if (text := row.get(column)) and not _DAY.fullmatch(text):
            refusals.add(name, row.number, column, "date_wrong", text)


def _version(codes: tuple[Choice, ...]) -> str:
    text = json.dumps(
        [[one.code, one.label, one.valid_from, one.valid_to, sorted(one.filter.items())] for one in codes],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()


def language_names(languages: CodeList, tag: str) -> tuple[str, str]:
    """English name and own name of a language of ``languages.csv``; the tag itself where it has none."""
    found = languages.by_code.get(tag)
    if found is None:
        return tag, tag
    return found.label, found.filter.get("own_name") or found.label


def shown_name(languages: CodeList, tag: str) -> str:
    """What a language is called in that of the screens: in English as the list has it; else by its tag."""
    english = languages.by_code[tag].label if tag in languages.by_code else ""
    return name_in(i18n.language(), tag, english)


def name_in(screens: str, tag: str, english: str) -> str:
    """What a language is called in ``screens``; ``english`` in English, and where Babel knows no name."""
    if english and screens in (i18n.ENGLISH, *i18n.PSEUDO_LANGUAGES):
        return english
    # The list has one English: nobody has to be told of which country.
    return formats.language_name(i18n.ENGLISH if tag == _ENGLISH_OF_LIST else tag, screens) or english or tag


def by_need(languages: CodeList) -> tuple[Choice, ...]:
    """Those that interpreters are most asked for first (``need``), then the rest in the order of the list.

    The demand for interpreters is another than the census: Arabic and Sorani rank far higher.
    """
    return tuple(sorted(languages.codes, key=lambda one: int(one.filter.get("need") or 1_000)))


def wording_tag(languages: CodeList, tag: str, worded: Collection[str]) -> str:
    """The language among ``worded`` in which somebody who speaks ``tag`` can read, empty for none.

    Sylheti is hardly written, so its speakers read Bengali (``read_instead``).
    """
    found = languages.by_code.get(tag)
    instead = found.filter.get("read_instead", "") if found is not None else ""
    return next((one for one in (tag, instead) if one in worded), "")

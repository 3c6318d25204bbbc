"""The page on question sets names everything that the code reads, and nothing that it does not."""

import re
from pathlib import Path

import pytest

from intake_app.assets import asset
from intake_app.forms import code_lists, refusals, rows, sheets, types, wordings
from intake_app.forms.functions import FUNCTIONS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "question_sets.md").read_text(encoding="utf-8")
SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "intake_app" / "forms").glob("*.py"))
)
OWN_COLUMN = re.compile(r"\bx_[a-z]+(?:_[a-z]+)*\b")


def named(word: str) -> bool:
    """Whether the page has the word in letters of code, alone or with a language behind it."""
    return re.search(rf"`{re.escape(word)}(?:\(\)|::[^`]*|)`", PAGE) is not None


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_listed(name: str) -> None:
    assert f"`{name}()`" in PAGE


def test_no_function_is_listed_that_would_be_refused() -> None:
    assert set(re.findall(r"`([a-z][a-z-]*)\(\)`", PAGE)) == set(FUNCTIONS)


def test_columns_of_our_own_are_the_same_on_the_page_and_in_the_code() -> None:
    assert set(OWN_COLUMN.findall(PAGE)) == set(OWN_COLUMN.findall(SOURCES))


@pytest.mark.parametrize(
    "column", sorted({*rows._TEXT_COLUMNS, *rows._CHOICE_COLUMNS, *code_lists.OWN_COLUMNS})
)
def test_every_column_that_is_read_is_listed(column: str) -> None:
    assert named(column)


@pytest.mark.parametrize("column", sorted(rows._REFUSED_COLUMNS))
def test_every_refused_column_is_listed(column: str) -> None:
    assert named(column)


@pytest.mark.parametrize("name", sorted({*types._PLAIN.values(), *types.IGNORED_TYPES}))
def test_every_type_is_listed(name: str) -> None:
    assert named(name)


@pytest.mark.parametrize("reason", sorted(refusals._SENTENCES))
def test_every_reason_of_a_refusal_is_listed(reason: str) -> None:
    assert named(reason)


@pytest.mark.parametrize("status", sorted(wordings.STATUSES))
def test_every_status_of_a_wording_is_listed(status: str) -> None:
    assert named(status)


def test_the_shipped_sets_use_listed_columns_only() -> None:
    folders = [path.parent for path in asset("resources/question_sets").glob("*/survey.csv")]
    assert len(folders) == 9
    for folder in folders:
        assert named(folder.name)
        for table in sheets.read(folder).values():
            for column in table.columns:
                assert named(column), (folder.name, table.name, column)

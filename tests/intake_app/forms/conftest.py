"""Question sets written as a test needs them."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from intake_app.forms.library import Library
from intake_app.forms.model import QuestionSet
from intake_app.forms.xlsform import load

Lines = Sequence[Sequence[str]]
MakeSet = Callable[..., QuestionSet]


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.shipped()


@pytest.fixture
def write_set(tmp_path: Path) -> Callable[..., Path]:
    """Writes survey, choices and settings (headings first) into a folder and gives it back."""

    def write(survey: Lines, choices: Lines = (), settings: Lines = ()) -> Path:
        folder = tmp_path / "visit"
        folder.mkdir(exist_ok=True)
        for name, lines in (("survey", survey), ("choices", choices), ("settings", settings)):
            if lines:
                with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file).writerows(lines)
        return folder

    return write


@pytest.fixture
def make_set(write_set: Callable[..., Path], library: Library) -> MakeSet:
    def make(survey: Lines, choices: Lines = (), settings: Lines = ()) -> QuestionSet:
        return load(write_set(survey, choices, settings), library.code_list)

    return make

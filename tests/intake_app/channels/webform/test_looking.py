"""A look tells what is in each column before anything is brought in, and changes nothing."""

from pathlib import Path

import pytest

from intake_app.channels.webform.looking import LONGEST_VALUE, look_at, shortened, unknown_answers
from intake_app.channels.webform.moments import Order
from intake_app.channels.webform.table import read_table
from intake_app.errors import Cancelled
from intake_app.forms.library import Library
from tests.intake_app.channels.webform.forms import FIRST, SECOND, TITLES, csv_file, form


def test_each_column_has_its_first_answers_and_how_its_dates_stand(library: Library, tmp_path: Path) -> None:
    rows = [(*TITLES, "", "Never answered"), (*FIRST, "", ""), ("102", "3/9/2026", *SECOND[2:], "", "")]
    found = look_at(read_table(csv_file(tmp_path / "a.csv", rows)), library, ())
    assert (found.rows, found.known, found.mapping.name) == (2, False, "a")
    assert [one.use.title for one in found.columns] == [*TITLES, "Never answered"]
    assert found.columns[2].values == (FIRST[2], SECOND[2])
    assert (found.columns[1].order, found.columns[5].filled) == (Order.EITHER, 0)


def test_long_answers_are_cut_and_are_no_choices(library: Library, tmp_path: Path) -> None:
    rows = [("Kind of experience", "x"), *[("y" * 200, str(one)) for one in range(40)]]
    found = look_at(read_table(csv_file(tmp_path / "a.csv", rows)), library, ())
    assert [len(one.answers) for one in found.columns] == [0, 0]
    assert len(found.columns[0].values[0]) == LONGEST_VALUE
    assert shortened("a\nb") == "a b"


def test_answers_that_are_no_choice_are_told(library: Library, tmp_path: Path) -> None:
    rows = [("Kind of experience",), ("Good",), ("Middling",)]
    (column,) = look_at(read_table(csv_file(tmp_path / "a.csv", rows)), library, ()).columns
    assert unknown_answers(column, "feedback:experience_kind", library) == ("Middling",)
    assert unknown_answers(column, "story", library) == ()


def test_a_known_form_is_told_to_be_one(library: Library, tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path / "a.csv", [TITLES, FIRST]))
    assert look_at(table, library, [form()]).known


def test_it_can_be_stopped(library: Library, tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path / "a.csv", [TITLES, FIRST]))
    with pytest.raises(Cancelled):
        look_at(table, library, (), cancelled=lambda: True)

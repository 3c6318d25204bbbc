"""A file becomes titles and rows: duplicate, missing and two-storeyed titles, rows that do not fit."""

from pathlib import Path

import pytest

from intake_app.channels.webform.lines import Broken
from intake_app.channels.webform.table import column_title, read_table
from intake_app.errors import ResponsesRefused
from tests.intake_app.channels.webform.forms import csv_file, workbook


def test_titles_are_told_apart_and_columns_without_one_have_a_letter(tmp_path: Path) -> None:
    rows = [("Story", "Story", "", "Story (2)"), ("a", "b", "c", "d")]
    table = read_table(csv_file(tmp_path / "a.csv", rows))
    assert table.titles == ("Story", "Story (3)", "Column C", "Story (2)")
    assert [one.cells for one in table.rows()] == [
        {"Story": "a", "Story (3)": "b", "Column C": "c", "Story (2)": "d"}
    ]


def test_choices_that_stand_below_their_question_are_part_of_the_title(tmp_path: Path) -> None:
    rows = [
        ("UserID", "What was it about?", "", "", "Anything else"),
        ("", "Access", "Staff", "Food", ""),
        ("1", "Access", "", "Food", "no"),
        ("2", "", "Staff", "", ""),
    ]
    table = read_table(csv_file(tmp_path / "a.csv", rows))
    assert table.header_rows == 2
    assert table.titles[1:4] == (
        "What was it about? – Access", "What was it about? – Staff", "What was it about? – Food"
    )  # fmt: skip
    assert [one.number for one in table.rows()] == [3, 4]


def test_a_first_response_is_never_taken_for_titles(tmp_path: Path) -> None:
    rows = [("ID", "Story", "", ""), ("1", "one", "x", "y"), ("2", "two", "x", "y")]
    table = read_table(csv_file(tmp_path / "a.csv", rows))
    assert table.header_rows == 1
    assert len(list(table.rows())) == 2


def test_the_name_of_the_survey_above_the_titles_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Your care in Anyshire\n\nTaken out on 9 March\nID;Story;Kind\n1;one, two;good\n")
    table = read_table(path)
    assert (table.titles, table.above) == (("ID", "Story", "Kind"), 2)
    assert [(one.number, one.cells["Story"]) for one in table.rows()] == [(5, "one, two")]
    book = read_table(
        workbook(tmp_path / "a.xlsx", [("Your care",), ("ID", "Story", "Kind"), ("1", "x", "y")])
    )
    assert [one.cells for one in book.rows()] == [{"ID": "1", "Story": "x", "Kind": "y"}]


def test_a_table_of_one_column_has_its_title(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path / "a.csv", [("Story",), ("one",), ("two",)]))
    assert (table.titles, table.above) == (("Story",), 0)


def test_more_cells_than_titles_are_told_and_fewer_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ID,Story,Kind\n1,one, two,good\n2,three\n3,four,bad,\n")
    rows = list(read_table(path).rows())
    assert [(one.number, one.reason, one.short) for one in rows] == [
        (2, Broken.TOO_MANY, False), (3, "", True), (4, "", False)
    ]  # fmt: skip


def test_a_workbook_keeps_what_stands_beyond_its_titles(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [("ID", "Story"), ("1", "one", "a note beside")])
    (row,) = read_table(path).rows()
    assert row.cells == {"ID": "1", "Story": "one", "Column C": "a note beside"}
    assert not row.short


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered_as_a_spreadsheet_does(place: int, letters: str) -> None:
    assert column_title(place) == f"Column {letters}"


def test_what_is_not_there_or_no_file_is_told(tmp_path: Path) -> None:
    for path, reason in (
        (tmp_path / "gone.csv", "missing"),
        (tmp_path, "unreadable"),
        (Path("a\0b"), "unreadable"),
    ):
        with pytest.raises(ResponsesRefused) as raised:
            read_table(path)
        assert raised.value.details == {"path": str(path), "reason": reason}

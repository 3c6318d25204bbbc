"""Fields as spreadsheets leave them: mended where the truth is certain, refused where it is not."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.services.repair import Unmendable, commas, iso_date, phone, postcode, readable
from intake_app.services.rows import TextFile, numbered_rows


@pytest.mark.parametrize(
    ("cell", "mended"),
    [
        ("2073770990", "02073770990"),
        ("1617486414", "01617486414"),
        ("169772345", "0169772345"),
        ("02073770990", "02073770990"),
        ("0161 832 3736", "0161 832 3736"),
        ("01666 500032 or 502414", "01666 500032 or 502414"),
        ("442073770990", "442073770990"),
        ("2.07377E+09", ""),
        ("No telephone number available", ""),
        ("", ""),
    ],
)
def test_telephone_numbers(cell: str, mended: str) -> None:
    assert phone(cell) == mended


@pytest.mark.parametrize("cell", ["www.example.org", "https://example.org", "ZZ1 1ZZ", "a@example.org"])
def test_what_belongs_in_another_column_is_no_telephone_number(cell: str) -> None:
    with pytest.raises(Unmendable):
        phone(cell)


@given(st.text())
def test_a_telephone_cell_is_kept_mended_emptied_or_refused(cell: str) -> None:
    try:
        mended = phone(cell)
    except Unmendable:
        return
    assert mended in ("", " ".join(cell.split()), "0" + cell.strip())
    if mended:
        assert phone(mended) == mended


@pytest.mark.parametrize(
    ("cell", "mended"),
    [
        ("ZZ1 1ZZ", "ZZ1 1ZZ"),
        ("zz11zz", "ZZ1 1ZZ"),
        ("zz 99 3cz", "ZZ99 3CZ"),
        ("W1A1AA", "W1A 1AA"),
        ("", ""),
    ],
)
def test_postcodes(cell: str, mended: str) -> None:
    assert postcode(cell) == mended


@given(st.text(min_size=1))
def test_a_postcode_is_whole_or_refused(cell: str) -> None:
    try:
        mended = postcode(cell)
    except Unmendable:
        return
    assert postcode(mended) == mended
    assert mended.replace(" ", "") == "".join(cell.split()).upper()


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("09/Jan/2018 - 00:00", "2018-01-09"), ("2018-01-09", "2018-01-09"), ("09/01/2018", "2018-01-09"),
        ("1/17/2011 12:00:00 AM", "2011-01-17"), ("2018-01-09T00:00:00Z", "2018-01-09"), ("", ""),
    ],
)  # fmt: skip
def test_dates(cell: str, date: str) -> None:
    assert iso_date(cell) == date


@given(st.text(min_size=1).filter(str.strip))
def test_a_date_is_a_date_or_refused(cell: str) -> None:
    try:
        assert len(iso_date(cell)) == 10
    except Unmendable:
        return


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("THE SURGERY AT MCDONALD ROAD", "The Surgery at McDonald Road"),
        ("STOCKTON-ON-TEES", "Stockton-on-Tees"),
        ("DR O'NEILL & PARTNERS", "Dr O'Neill & Partners"),
        ("NHS OUT OF HOURS GP (NE)", "NHS Out of Hours GP (NE)"),
        ("already Written", "already Written"),
        ("", ""),
    ],
)
def test_capitals_become_readable(capitals: str, written: str) -> None:
    assert readable(capitals) == written


@given(st.text())
def test_reading_changes_nothing_but_letter_case(name: str) -> None:
    assert readable(name).casefold() == name.casefold()


@pytest.mark.parametrize(
    ("cell", "mended"),
    [("1 High Street,Leeds", "1 High Street, Leeds"), (" a ,, b,", "a, b"), ("a, b", "a, b"), ("", "")],
)
def test_commas(cell: str, mended: str) -> None:
    assert commas(cell) == mended


_CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
_ROWS = st.lists(st.lists(_CELL, min_size=3, max_size=3).filter(any), min_size=1, max_size=12)


def _read(text: str) -> list[tuple[int, list[str]]]:
    return list(numbered_rows(TextFile(Path("x.csv"), "x.csv", "a,b,c\n" + text)))[1:]


@settings(deadline=None)
@given(_ROWS)
def test_every_row_comes_back_with_the_line_it_begins_on(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    assert _read(text.getvalue()) == [(number, row) for number, row in enumerate(rows, 2)]


@settings(deadline=None)
@given(_ROWS, st.integers(0, 11), st.integers(1, 40))
def test_a_spoilt_line_never_spoils_its_neighbours(rows: list[list[str]], at: int, cut: int) -> None:
    """Whatever one line has become, the whole rows around it are read, or none is read askew."""
    rows = [[f"{number}", "middle", *row[2:]] for number, row in enumerate(rows)]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    lines = text.getvalue().splitlines(keepends=True)
    at %= len(lines)
    # One character lost, a quotation mark for example, as when somebody edits the file by hand.
    lost = cut % (len(lines[at]) - 1)
    lines[at] = lines[at][:lost] + lines[at][lost + 1 :]
    found = dict(_read("".join(lines)))
    for number, row in enumerate(rows):
        if number not in (at, at + 1):
            assert found.get(number + 2) == row

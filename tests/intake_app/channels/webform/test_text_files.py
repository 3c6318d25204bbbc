"""Text files of responses in whatever letters and separators they come; a broken line holds up nobody."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.channels.webform.lines import Broken, Line
from intake_app.channels.webform.text_files import SEPARATORS, decode, lines_of, separator_of
from intake_app.errors import ResponsesRefused

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=8)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("ID,Café\n1,“yes”\n".encode(), "utf-8"),
        ("ID,Café\n1,“yes”\n".encode("utf-8-sig"), "utf-8"),
        ("ID,Café\n1,“yes”\n".encode("cp1252"), "cp1252"),
        ("ID,Café\n1,“yes”\n".encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + "ID,Café\n1,“yes”\n".encode("utf-16-be"), "utf-16-be"),
        ("ID,Café\n1,“yes”\n".encode("utf-16-le"), "utf-16-le"),
        ("ID,Café\n1,“yes”\n".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_letters_are_right_whatever_they_are_written_in(data: bytes, encoding: str) -> None:
    assert decode(data) == ("ID,Café\n1,“yes”\n", encoding)


def test_a_byte_that_is_no_letter_anywhere_loses_no_words() -> None:
    text, _encoding = decode(b"ID,Story\n1,before \x81 after\n")
    assert "before" in text
    assert "after" in text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" \r\n\r\n", "empty"),
        (b"%PDF-1.7\n1 0 obj", "not_a_table"),
        (b"<!DOCTYPE html><html><body>x", "not_a_table"),
        (b'{"responses": []}', "not_a_table"),
        (bytes(range(256)) * 4, "not_a_table"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ResponsesRefused) as raised:
        decode(data)
    assert raised.value.details["reason"] == reason


@pytest.mark.parametrize("separator", SEPARATORS)
def test_the_separator_is_found_and_commas_in_a_story_are_none(separator: str) -> None:
    rows = [["ID", "Story", "More"], ["1", "one, two, three", "a"], ["2", "four, five", "b"]]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    found, text = separator_of(out.getvalue())
    assert found == separator
    assert [list(line.cells) for line in lines_of(text, found)] == rows


def test_a_spreadsheet_that_names_its_separator_is_believed() -> None:
    assert separator_of("sep=;\r\nID;Story\r\n") == (";", "ID;Story\r\n")


def test_a_quotation_mark_that_is_never_closed_takes_nobody_along() -> None:
    text = 'ID,Story\n1,first\n2,"never closed\n3,third\n4,"two\nlines"\n'
    assert list(lines_of(text, ",")) == [
        Line(1, ("ID", "Story")),
        Line(2, ("1", "first")),
        Line(3, ("2", "never closed")),
        Line(4, ("3", "third")),
        Line(5, ("4", "two\nlines")),
    ]


def test_two_unclosed_marks_do_not_make_one_response_of_three() -> None:
    text = 'ID,Story,Kind\n1,"abc,good\n2,middle,bad\n3,"def,good\n4,last,bad\n'
    lines = list(lines_of(text, ","))
    assert Line(3, ("2", "middle", "bad")) in lines
    assert [one.number for one in lines if one.reason == Broken.QUOTES] == [2, 4]
    assert lines[-1] == Line(5, ("4", "last", "bad"))


def test_a_quoted_word_inside_a_quoted_answer_is_kept() -> None:
    lines = list(lines_of('ID,Story\n1,"he said "no" to me"\n2,fine\n', ","))
    assert [one.reason for one in lines] == ["", "", ""]
    assert [word in lines[1].cells[1] for word in ("he said", "no", "to me")] == [True] * 3


def test_a_file_that_is_broken_all_over_comes_to_an_end() -> None:
    lines = list(lines_of("ID,Story,Kind\n" + '1,"x\n' * 3_000, ","))
    assert len(lines) < 1_100
    assert lines[-1].reason == Broken.QUOTES


@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=8), separator=st.sampled_from(SEPARATORS)
)
def test_what_a_spreadsheet_writes_comes_back_cell_for_cell(rows: list[list[str]], separator: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    expected = [[cell.replace("\r\n", "\n").strip() for cell in row] for row in rows]
    found = [list(line.cells) for line in lines_of(out.getvalue(), separator)]
    assert found == [row for row in expected if any(row)]


@given(data=st.binary(max_size=400))
def test_no_bytes_bring_anything_but_lines_or_a_refusal(data: bytes) -> None:
    try:
        text, _encoding = decode(data)
    except ResponsesRefused:
        return
    separator, rest = separator_of(text)
    for line in lines_of(rest, separator):
        assert all("\x00" not in cell for cell in line.cells)


@given(text=st.text(alphabet='ab,"\n\r;', max_size=80))
def test_no_line_is_lost_in_silence(text: str) -> None:
    """Each letter of the file is in a cell, or in a line that is told."""
    lines = list(lines_of(text, ","))
    told = sum(line.cells[place].count("a") for line in lines for place in range(len(line.cells)))
    if not any(line.reason for line in lines):
        assert told == text.count("a")

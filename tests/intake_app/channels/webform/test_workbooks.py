"""Workbooks: formulas are text, blank rows cost little, and what is no workbook is told in a sentence."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from intake_app.channels.webform.lines import Broken
from intake_app.channels.webform.table import Row, read_table
from intake_app.channels.webform.workbooks import filled_sheets, lines_of
from intake_app.errors import ResponsesRefused
from tests.intake_app.channels.webform.forms import workbook

REASONS = ("damaged", "not_a_table", "empty", "too_large", "other_spreadsheet")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def rows_or_reason(path: Path) -> list[Row] | str:
    try:
        return list(read_table(path).rows())
    except ResponsesRefused as error:
        return str(error.details["reason"])


def refusal(path: Path) -> object:
    with pytest.raises(ResponsesRefused) as raised:
        read_table(path)
    return raised.value.details["reason"]


def test_every_kind_of_cell_is_text(tmp_path: Path) -> None:
    moment = datetime(2026, 3, 9, 10, 15)  # noqa: DTZ001  a spreadsheet's have no zone
    row = (7, 7.0, 7.5, True, date(2026, 3, 9), moment, " words\r\nmore ", None, "=1+1", "end")
    path = workbook(tmp_path / "a.xlsx", [row])
    (line,) = lines_of(path, "Sheet1")
    assert line.cells == (
        "7", "7", "7.5", "Yes", "2026-03-09", "2026-03-09 10:15:00", "words\nmore", "", "=1+1", "end"
    )  # fmt: skip


def test_a_formula_is_never_worked_out(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [("ID", "Story"), ("1", '=HYPERLINK("http://x","click")')])
    (row,) = read_table(path).rows()
    assert row.cells["Story"] == '=HYPERLINK("http://x","click")'


def test_the_first_sheet_with_anything_in_it_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Blank"
    for name in ("Data", "Summary"):
        book.create_sheet(name).append([name, "x"])
    book.save(tmp_path / "a.xlsx")
    assert filled_sheets(tmp_path / "a.xlsx") == ("Data", "Summary")
    table = read_table(tmp_path / "a.xlsx")
    assert (table.sheet, table.others, table.titles) == ("Data", ("Summary",), ("Data", "x"))


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows = [("ID", "Story"), *[(None, None)] * 5_000, ("1", "far down")]
    (row,) = read_table(workbook(tmp_path / "a.xlsx", rows)).rows()
    assert (row.number, row.cells) == (5_002, {"ID": "1", "Story": "far down"})


def test_a_sheet_that_says_it_is_endless_is_not(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [("ID", "Story"), ("1", "x")])
    changed = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part.startswith("xl/worksheets/"):
                content = content.replace(b'<row r="2"', b'<row r="999999999"')
            new.writestr(part, content)
    assert list(read_table(changed).rows()) == []


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _time in range(70):
                part.write(bytes(1_000_000))
    assert path.stat().st_size < 200_000
    assert refusal(path) == "too_large"


def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [("ID",), ("1",)])
    grown = tmp_path / "b.xlsx"
    entities = "".join(f'<!ENTITY e{one + 1} "{f"&e{one};" * 10}">' for one in range(12))
    head = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><worksheet'
    body = "<sheetData><row><c t='str'><v>&e12;</v></c></row>"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(grown, "w") as new:
        for part in old.namelist():
            content = old.read(part).decode()
            if part.startswith("xl/worksheets/"):
                content = content.replace("<worksheet", head, 1).replace("<sheetData>", body, 1)
            new.writestr(part, content)
    told = rows_or_reason(grown)
    longest = [cell for row in told for cell in row.cells.values()] if isinstance(told, list) else []
    assert all(len(cell) < 1_000_000 for cell in longest)
    assert isinstance(told, list) or told in REASONS


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + b"Workbook", "old_excel"),
        (b"PK\x03\x04 and nothing behind it", "damaged"),
        (b"", "empty"),
    ],
)
def test_other_files_are_told_by_what_they_are(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert refusal(tmp_path / "a.xlsx") == reason


@pytest.mark.parametrize(
    ("part", "reason"), [("mimetype", "other_spreadsheet"), ("word/document.xml", "not_a_table")]
)
def test_other_archives_are_told_too(tmp_path: Path, part: str, reason: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(part, "x")
    assert refusal(tmp_path / "a.xlsx") == reason


def test_a_workbook_without_anything_is_empty(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "a.xlsx")
    assert refusal(tmp_path / "a.xlsx") == "empty"


def test_what_stands_before_the_damage_still_comes(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [("ID", "Story"), *[(str(one), "x") for one in range(2_000)]])
    cut = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(cut, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part.startswith("xl/worksheets/"):
                content = content[: len(content) * 3 // 4]
            new.writestr(part, content)
    rows = list(read_table(cut).rows())
    assert rows[-1].reason == Broken.DAMAGED
    assert len(rows) > 900


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_altered_workbook_brings_anything_but_rows_or_a_refusal(
    tmp_path: Path, data: st.DataObject
) -> None:
    whole = tmp_path / "whole.xlsx"
    if not whole.exists():
        workbook(whole, [("ID", "Story"), ("1", "one"), ("2", "two")])
    content = bytearray(whole.read_bytes())
    for _time in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    altered = tmp_path / "altered.xlsx"
    altered.write_bytes(bytes(content))
    told = rows_or_reason(altered)
    assert isinstance(told, list) or told in REASONS


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_altered_part_of_one_does_harm(tmp_path: Path, data: st.DataObject) -> None:
    whole = tmp_path / "whole.xlsx"
    if not whole.exists():
        workbook(whole, [("ID", "Story"), ("1", "one"), ("2", "two")])
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w") as new:
        changed = data.draw(st.sampled_from(sorted(old.namelist())))
        for part in old.namelist():
            content = bytearray(old.read(part))
            if part == changed:
                for _time in range(data.draw(st.integers(1, 6))):
                    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
            new.writestr(part, bytes(content))
    altered = tmp_path / "altered.xlsx"
    altered.write_bytes(out.getvalue())
    told = rows_or_reason(altered)
    assert isinstance(told, list) or told in REASONS

"""A damaged workbook is refused in plain words, wherever the damage is."""

import random
import zipfile
from pathlib import Path

import pytest

from intake_app.errors import QuestionSetRefused
from intake_app.forms.export import write_workbook
from intake_app.forms.library import Library
from intake_app.forms.xlsform import load

SEED = 20260309
ROUNDS = 60


def survives(path: Path, library: Library) -> None:
    try:
        assert load(path, library.code_list).questions
    except QuestionSetRefused as refused:
        reasons = refused.details["refusals"]
        assert isinstance(reasons, tuple)
        assert all(reason.words() for reason in reasons)


def test_bytes_changed_anywhere(tmp_path: Path, library: Library) -> None:
    whole = tmp_path / "danger.xlsx"
    write_workbook(library.latest("danger"), whole)
    content = whole.read_bytes()
    chance = random.Random(SEED)
    for _round in range(ROUNDS):
        damaged = bytearray(content)
        for _change in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(damaged[: chance.randint(1, len(damaged))] if chance.random() < 0.3 else damaged)
        survives(path, library)


def test_parts_damaged_inside_a_whole_archive(tmp_path: Path, library: Library) -> None:
    whole = tmp_path / "danger.xlsx"
    write_workbook(library.latest("danger"), whole)
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(SEED)
    for name in parts:
        for change in ("gone", "empty", "cut", "swapped"):
            path = tmp_path / "damaged.xlsx"
            with zipfile.ZipFile(path, "w") as archive:
                for other, content in parts.items():
                    if other != name:
                        archive.writestr(other, content)
                    elif change == "empty":
                        archive.writestr(other, b"")
                    elif change == "cut":
                        archive.writestr(other, content[: len(content) // 2])
                    elif change == "swapped":
                        archive.writestr(other, chance.choice(list(parts.values())))
            survives(path, library)


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<dimension ref="A1:XFD1048576"/><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c></row>'
    '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    "</sheetData></worksheet>"
)
LAUGHS = '<!DOCTYPE l [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10)
)


@pytest.mark.parametrize(
    ("part", "reason"),
    [(SHEET, "sheet_empty"), (f"{LAUGHS}]><worksheet>&a9;</worksheet>", "file_unreadable")],
    ids=["17 thousand million cells", "a thousand million laughs"],
)
def test_a_small_file_that_says_it_is_huge(tmp_path: Path, library: Library, part: str, reason: str) -> None:
    whole, path = tmp_path / "danger.xlsx", tmp_path / "huge.xlsx"
    write_workbook(library.latest("danger"), whole)
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(path, "w") as changed:
        for name in archive.namelist():
            is_survey = name == "xl/worksheets/sheet1.xml"
            changed.writestr(name, part if is_survey else archive.read(name))
    with pytest.raises(QuestionSetRefused) as refused:
        load(path, library.code_list)
    (one,) = refused.value.details["refusals"]  # type: ignore[misc]
    assert one.reason == reason

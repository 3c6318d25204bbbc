"""Files as people and programs spoil them: the right services come in, or nothing and a reason."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.errors import ServicesRefused
from intake_app.services.directory import Directory
from intake_app.services.found import Found, Refused
from intake_app.services.ods import parse
from tests.intake_app.services.service_files import (
    WEEKLY_HEADER,
    ods_row,
    weekly,
    weekly_row,
    written,
)

ROWS = [ods_row(f"A{number:05}", f"HOUSE {number}") for number in range(60)]


def _shift_right(row: str) -> str:
    """One cell put in front of the postcode, and the empty last one gone: as wide as before."""
    cells = row.split(",")
    return ",".join([*cells[:9], '"MOVED"', *cells[9:-1]])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"# downloaded on 3 May 2026, by Sam\n" + text.encode(),
        lambda text: b"Organisation list\n\nproduced 3 May 2026\n" + text.encode(),
        lambda text: (",".join(["Code", "Name", *["More"] * 25]) + "\n" + text).encode(),
        lambda text: text.replace('"', "").encode(),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace(",", "\t").encode(),
        lambda text: (text + "\n# end of the list, 60 rows\n").encode(),
        lambda text: text.replace("\n", "\n\n").encode(),
    ],
)
def test_what_is_only_dressed_otherwise_comes_in_whole(
    directory: Directory, tmp_path: Path, spoil: Callable[[str], bytes]
) -> None:
    report = directory.import_files([written(tmp_path, "epraccur.csv", spoil("\n".join(ROWS)))])
    assert (report.added, report.refused) == (60, ())
    service = directory.get("ods:A00007")
    assert service is not None
    assert (service.name, service.place) == ("House 7", "Exampleton, ZZ1 1ZZ")


def test_a_file_whose_columns_were_moved_is_refused_whole(directory: Directory, tmp_path: Path) -> None:
    directory.import_files([written(tmp_path, "epraccur.csv", "\n".join(ROWS[:3]))])
    moved = written(tmp_path, "moved.csv", "\n".join(map(_shift_right, ROWS)))
    with pytest.raises(ServicesRefused) as refused:
        directory.import_files([moved])
    details = refused.value.details
    assert (details["reason"], details["broken"], details["rows"]) == ("mostly_broken", 60, 60)
    assert (details["line"], details["because"]) == (1, "shifted")
    assert directory.count() == 3


def test_a_weekly_file_whose_columns_were_moved_closes_nobody(directory: Directory, tmp_path: Path) -> None:
    rows = [weekly_row(f"1-10000001{number:02}") for number in range(60)]
    directory.import_files([written(tmp_path, "1.csv", weekly(*rows))])
    moved = weekly(*rows).replace(WEEKLY_HEADER.encode(), f"Row,{WEEKLY_HEADER}".encode())
    with pytest.raises(ServicesRefused) as refused:
        directory.import_files([written(tmp_path, "2.csv", moved)])
    assert refused.value.details["because"] == "column_count"


@pytest.mark.parametrize("name", ["HOUSE, THE", "A, B, C SURGERY"])
def test_a_comma_without_quotes_spoils_its_own_row_only(
    directory: Directory, tmp_path: Path, name: str
) -> None:
    plain = [row.replace('"', "") for row in ROWS[:5]]
    spoilt = ods_row("A00099", name).replace('"', "")
    report = directory.import_files(
        [written(tmp_path, "epraccur.csv", "\n".join([*plain[:3], spoilt, *plain[3:]]))]
    )
    assert report.added == 5
    assert [(row.line, row.reason) for row in report.refused] == [(4, "column_count")]


def test_a_first_row_that_is_broken_is_told_and_not_taken_for_a_remark(
    directory: Directory, tmp_path: Path
) -> None:
    text = "\n".join([ods_row("a2"), ods_row("A00002").removesuffix(',""'), *ROWS[:2]])
    report = directory.import_files([written(tmp_path, "epraccur.csv", text)])
    assert [row.line for row in report.refused] == [1, 2]


def test_a_service_whose_name_begins_like_a_remark_is_one(directory: Directory, tmp_path: Path) -> None:
    rows = weekly("# a remark of somebody", weekly_row(name="#HEALTH Crosby"), "// another, with a comma")
    report = directory.import_files([written(tmp_path, "w.csv", rows)])
    assert (report.added, report.refused) == (1, ())


def test_the_same_code_in_two_files_is_one_service_and_the_later_word_counts(
    directory: Directory, tmp_path: Path
) -> None:
    first, second = written(tmp_path, "1.csv", ods_row()), written(tmp_path, "2.csv", ods_row(name="LATER"))
    report = directory.import_files([first, second])
    assert (report.added, report.renamed, directory.count()) == (1, 1, 1)
    service = directory.get("ods:A00001")
    assert service is not None
    assert (service.name, service.former_names) == ("Later", ("The Example Surgery",))


def test_a_cell_without_end_is_refused_with_its_line(directory: Directory, tmp_path: Path) -> None:
    endless = ods_row("A00050", "X" * 200_000)
    report = directory.import_files(
        [written(tmp_path, "epraccur.csv", "\n".join([ROWS[0], endless, ROWS[1]]))]
    )
    assert (report.added, [row.line for row in report.refused]) == (2, [2])


@settings(deadline=None)
@given(st.lists(st.text(max_size=14), min_size=27, max_size=27))
def test_no_row_is_too_odd_and_none_is_brought_in_askew(cells: list[str]) -> None:
    try:
        found = parse(cells, "gp")
    except Refused:
        return
    assert isinstance(found, Found)
    assert found.code == cells[0]
    assert found.name
    assert not found.postcode or found.postcode.replace(" ", "") == "".join(cells[9].split()).upper()


@settings(deadline=None)
@given(st.integers(1, 26), st.sampled_from("ACD"))
def test_a_row_that_lost_a_cell_is_refused_or_shows_no_cell_in_anothers_place(lost: int, status: str) -> None:
    cells = [cell.strip('"') for cell in ods_row(status=status).split(",")]
    shifted = [*cells[:lost], *cells[lost + 1 :], ""]
    try:
        found = parse(shifted, "gp")
    except Refused:
        return
    whole = parse(cells, "gp")
    assert (found.postcode, found.phone, found.status) == (whole.postcode, whole.phone, whole.status)

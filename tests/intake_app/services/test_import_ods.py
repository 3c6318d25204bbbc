"""NHS ODS files, plain and packed, and what a second edition changed."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from intake_app.errors import Cancelled
from intake_app.services.directory import Directory
from intake_app.services.model import Changed, Status
from tests.intake_app.services.service_files import REAL_FILES, ods_row, weekly, weekly_row, written


def test_a_practice_is_read_as_people_write_it(directory: Directory, tmp_path: Path) -> None:
    directory.import_files(
        [written(tmp_path, "epraccur.csv", ods_row(name="ST MARY'S NHS CTR AT O'BRIEN ROAD"))]
    )
    service = directory.get("ods:A00001")
    assert service is not None
    assert service.name == "St Mary's NHS Ctr at O'Brien Road"
    assert service.place == "Exampleton, ZZ1 1ZZ"
    assert (service.type, service.status) == ("gp", Status.OPEN)


@pytest.mark.parametrize("packing", ["plain", "gz", "zip"])
def test_packed_and_plain_files_bring_the_same(directory: Directory, tmp_path: Path, packing: str) -> None:
    content = "\r\n".join(ods_row(f"A0000{number}") for number in range(5)).encode()
    if packing == "gz":
        path = written(tmp_path, "epraccur.csv.gz", gzip.compress(content))
    elif packing == "zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("epraccur.csv", content)
            archive.writestr("epraccur.pdf", b"%PDF")
        path = written(tmp_path, "epraccur.zip", packed.getvalue())
    else:
        path = written(tmp_path, "epraccur.csv", content)
    assert directory.import_files([path]).added == 5


def test_broken_rows_are_refused_by_line(directory: Directory, tmp_path: Path) -> None:
    rows = [
        ods_row("A00001"),
        ods_row("A00002").removesuffix(',""'),
        ods_row("a2"),
        ods_row("A00003", status="X"),
        ods_row("A00004", opened="1974-04"),
        ods_row("A00005", postcode="01632 960001"),
        ods_row("A00006", name=" "),
        ods_row("A00001"),
        "",
        ods_row("A00007"),
    ]
    report = directory.import_files([written(tmp_path, "epraccur.csv", "\n".join(rows))])
    assert [(row.line, row.reason) for row in report.refused] == [
        (2, "column_count"),
        (3, "code_not_valid"),
        (4, "status_not_known"),
        (5, "date_not_valid"),
        (6, "postcode_not_valid"),
        (7, "no_name"),
        (8, "twice"),
    ]
    assert report.added == 2


@pytest.mark.parametrize(
    ("file", "setting", "kind"),
    [
        ("epraccur.csv", "4", "gp"), ("epraccur.csv", "25", "prison"), ("epraccur.csv", "0", "other"),
        ("edispensary.csv", "", "pharmacy"), ("egdpprac.csv", "", "dentist"),
        ("ets.csv", "", "hospital_other"),
        ("unheard-of.csv", "", "other"),
    ],
)  # fmt: skip
def test_the_kind_comes_from_the_setting_or_the_files_name(
    directory: Directory, tmp_path: Path, file: str, setting: str, kind: str
) -> None:
    directory.import_files([written(tmp_path, file, ods_row(setting=setting))])
    service = directory.get("ods:A00001")
    assert service is not None
    assert service.type == kind


def test_a_second_edition_says_what_changed(directory: Directory, tmp_path: Path) -> None:
    first = [ods_row(f"A0000{number}") for number in range(6)]
    second = [
        ods_row("A00000", name="RENAMED"),
        ods_row("A00001", status="D"),
        ods_row("A00002", postcode="ZZ2 2ZZ"),
        ods_row("A00003", phone="01632 960999"),
        ods_row("A00004"),
        ods_row("A00006"),
    ]
    directory.import_files([written(tmp_path, "1.csv", "\n".join(first))])
    report = directory.import_files([written(tmp_path, "2.csv", "\n".join(second))])
    assert (report.added, report.renamed, report.closed, report.moved, report.phone_changed) == (
        1,
        1,
        1,
        1,
        1,
    )
    assert (report.reopened, report.unchanged) == (0, 1)
    # Nothing is gone because a file lacks it.
    left_out = directory.get("ods:A00005")
    assert left_out is not None
    assert left_out.status is Status.OPEN
    assert directory.import_files([tmp_path / "1.csv"]).reopened == 1
    closed = directory.get("ods:A00001")
    assert closed is not None
    assert [change.kind for change in closed.changes] == [Changed.REOPENED, Changed.CLOSED]


def test_an_import_stops_when_asked_and_keeps_what_it_wrote(directory: Directory, tmp_path: Path) -> None:
    rows = "\n".join(ods_row(f"A{number:05}") for number in range(3000))
    path = written(tmp_path, "epraccur.csv", rows)
    told: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        directory.import_files([path], lambda *done: told.append(done), lambda: directory.count() > 0)
    written_then = directory.count()
    assert 0 < written_then < 3000
    assert told
    assert directory.import_files([path]).added == 3000 - written_then
    assert directory.count() == 3000


def test_a_practice_in_both_directories_is_offered_once(directory: Directory, tmp_path: Path) -> None:
    row = weekly_row(name="The Example Surgery", types="Doctors/GPs")
    directory.import_files(
        [written(tmp_path, "epraccur.csv", ods_row()), written(tmp_path, "weekly.csv", weekly(row))]
    )
    assert directory.count() == 2
    assert len(directory.search("example surgery")) == 1


def test_the_two_real_editions_differ_by_exactly_what_was_counted_by_hand(directory: Directory) -> None:
    older = REAL_FILES / "ods" / "prm-gp2gp" / "data" / "epraccur.csv.gz"
    newer = REAL_FILES / "ods" / "psychty" / "epraccur.zip"
    if not (older.exists() and newer.exists()):
        pytest.skip("the real ODS editions are not beside this checkout")
    first = directory.import_files([older])
    assert (first.added, first.refused) == (14_303, ())
    second = directory.import_files([newer])
    assert (second.added, second.renamed, second.closed, second.reopened) == (54, 60, 63, 6)
    assert (second.moved, second.phone_changed, second.refused) == (49, 57, ())
    assert directory.count() == 14_357
    again = directory.import_files([newer])
    assert (again.unchanged, again.added, again.renamed, again.closed) == (14_357, 0, 0, 0)

"""Editions of a directory: which is newer, and that an older one never undoes it unnoticed."""

from pathlib import Path

import pytest

from intake_app.errors import ServicesRefused
from intake_app.services.directory import Directory
from intake_app.services.editions import day_in, series_in
from intake_app.services.model import Status
from intake_app.services.repair import Unmendable, iso_date
from tests.intake_app.services.service_files import REAL_FILES, ods_row, weekly, weekly_row, written


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("This data was produced on 16 September 2026", "2026-09-16"),
        ("16_September_2026_CQC_directory.csv", "2026-09-16"),
        ("HSCA_Active_Locations_01_October_2026.csv", "2026-10-01"),
        ("1st Oct 2026", "2026-10-01"),
        ("epraccur_20191119.csv", "2019-11-19"),
        ("list 2019-11-19.csv", "2019-11-19"),
        ("as of 19/11/2019", "2019-11-19"),
        ("October 2026", "2026-10-01"),
        ("31 February 2026", ""),
        ("epraccur.csv", ""),
        ("0161 496 0000", ""),
        ("", ""),
    ],
)
def test_the_date_of_an_edition_is_read_from_its_words(text: str, day: str) -> None:
    assert day_in(text) == day


def test_issues_of_one_list_are_known_by_what_their_names_share() -> None:
    assert series_in("16_September_2026_CQC_directory.csv") == series_in("2_October_2026_CQC_directory.csv")
    assert series_in("pharmacy.csv") != series_in("dentists.csv")


def test_a_date_that_cannot_be_read_is_refused_every_time() -> None:
    for _again in range(2):
        with pytest.raises(Unmendable):
            iso_date("yesterday")


def _ods(*newest: str) -> str:
    rows = [ods_row(f"A0000{number}", opened=day) for number, day in enumerate(newest)]
    return "\n".join([*rows, ods_row("A00009", opened="20300101", status="P")])


def test_an_older_ods_edition_is_refused_with_both_dates_and_nothing_changes(
    directory: Directory, tmp_path: Path
) -> None:
    directory.import_files([written(tmp_path, "new.csv", _ods("19740401", "20191106"))])
    older = written(tmp_path, "old.csv", _ods("19740401", "20190807").replace("SURGERY", "HOUSE"))
    with pytest.raises(ServicesRefused) as refused:
        directory.import_files([older])
    details = refused.value.details
    assert (details["reason"], details["dated"], details["held"]) == ("older", "2019-08-07", "2019-11-06")
    kept = directory.get("ods:A00000")
    assert kept is not None
    assert kept.name == "The Example Surgery"


def test_an_older_edition_comes_in_where_somebody_wants_it(directory: Directory, tmp_path: Path) -> None:
    directory.import_files([written(tmp_path, "new.csv", _ods("19740401", "20191106"))])
    older = written(tmp_path, "old.csv", _ods("19740401", "20190807").replace("SURGERY", "HOUSE"))
    assert directory.import_files([older], older_too=True).renamed == 3
    # It is the one held now, so that the newer is newer again.
    assert directory.import_files([tmp_path / "new.csv"]).renamed == 3


def test_an_older_weekly_file_closes_nobody(directory: Directory, tmp_path: Path) -> None:
    rows = [weekly_row(f"1-10000001{number:02}") for number in range(10)]
    directory.import_files([written(tmp_path, "new.csv", weekly(*rows))])
    older = weekly(*rows[:-1]).replace(b"16 September 2026", b"9 September 2026")
    with pytest.raises(ServicesRefused) as refused:
        directory.import_files([written(tmp_path, "old.csv", older)])
    assert refused.value.details["held"] == "2026-09-16"
    kept = directory.get("cqc:1-1000000109")
    assert kept is not None
    assert kept.status is Status.OPEN


def test_the_order_of_files_in_one_go_is_the_order_of_editions(directory: Directory, tmp_path: Path) -> None:
    new, old = written(tmp_path, "n.csv", _ods("20191106")), written(tmp_path, "o.csv", _ods("20190807"))
    with pytest.raises(ServicesRefused):
        directory.import_files([new, old])
    assert directory.count() == 0
    assert directory.import_files([old, new]).added == 2


def test_another_list_is_no_older_edition(directory: Directory, tmp_path: Path) -> None:
    directory.import_files([written(tmp_path, "epraccur.csv", _ods("20191106"))])
    row = ods_row("FA001", "EXAMPLE PHARMACY", setting="", opened="20100101")
    assert directory.import_files([written(tmp_path, "edispensary.csv", row)]).added == 1


def test_a_plan_does_not_make_an_edition_newer(directory: Directory, tmp_path: Path) -> None:
    directory.import_files([written(tmp_path, "1.csv", _ods("20990101", "20191106"))])
    later = directory.import_files([written(tmp_path, "2.csv", _ods("20191106", "20191107"))])
    assert (later.rows, later.added) == (3, 0)


def test_the_real_older_edition_is_recognised(directory: Directory) -> None:
    older = REAL_FILES / "ods" / "prm-gp2gp" / "data" / "epraccur.csv.gz"
    newer = REAL_FILES / "ods" / "psychty" / "epraccur.zip"
    if not (older.exists() and newer.exists()):
        pytest.skip("the real ODS editions are not beside this checkout")
    directory.import_files([newer])
    with pytest.raises(ServicesRefused) as refused:
        directory.import_files([older])
    assert refused.value.details["reason"] == "older"
    back = directory.import_files([older], older_too=True)
    # Two had no telephone number then: an empty cell takes nothing away.
    assert (back.added, back.renamed, back.moved, back.phone_changed) == (0, 60, 49, 55)

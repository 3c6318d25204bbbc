"""Finding a service while somebody is still saying its name."""

from pathlib import Path

import pytest

from intake_app.assets import asset
from intake_app.services.directory import Directory
from intake_app.services.kinds import RANKS
from intake_app.services.model import Status
from intake_app.store.database import Database
from tests.intake_app.services.service_files import ods_row, weekly, weekly_row, written


@pytest.fixture
def filled(directory: Directory, tmp_path: Path) -> Directory:
    rows = [
        weekly_row(
            "1-1000000001",
            "St. Mary's House",
            address="7 Orchard Lane,Ilkley-on-Sea",
            postcode="ZZ9 9ZZ",
            aka="The Willows",
            provider="Bright & Kind Limited",
            council="Bradford",
        ),
        weekly_row("1-1000000002", "Marigold Court", address="1 High Street,Leeds", postcode="ZZ2 2ZZ"),
    ]
    practices = [
        ods_row("A00001", "OAKS SURGERY", town="LEEDS"),
        ods_row("A00002", "OAKTREE HOSPICE", town="LEEDS", setting="13", postcode="ZZ3 3ZZ"),
        ods_row("A00003", "OAK VIEW", town="LEEDS", status="C", postcode="ZZ4 4ZZ"),
        ods_row("A00004", "ŚWIATOWID CLINIC", town="HULL", postcode="ZZ5 5ZZ"),
    ]
    directory.import_files(
        [written(tmp_path, "w.csv", weekly(*rows)), written(tmp_path, "epraccur.csv", "\n".join(practices))]
    )
    return directory


@pytest.mark.parametrize(
    "typed",
    [
        "st mary", "saint marys", "St. Mary’s", "mary house", "hou mar", "willows", "ilkley", "orchard lane",
        "ZZ9 9ZZ", "zz99zz", "zz9", "bright kind", "bright & kind", "bradford mary", "1-1000000001",
        "1000000001", "arigol",
    ],
)  # fmt: skip
def test_any_part_of_what_is_known_finds_a_service(filled: Directory, typed: str) -> None:
    wanted = "Marigold Court" if typed == "arigol" else "St. Mary's House"
    assert filled.search(typed)[0].name == wanted


@pytest.mark.parametrize(
    "typed", ["", "   ", "?!", '"', "*", "house AND", "NOT mary", "a b c d e f g h i j k"]
)
def test_nothing_that_can_be_typed_breaks_the_search(filled: Directory, typed: str) -> None:
    assert isinstance(filled.search(typed), tuple)


@pytest.mark.parametrize("typed", ["swiatowid", "Światowid", "świat"])
def test_letters_with_marks_are_found_without_them(filled: Directory, typed: str) -> None:
    assert [hit.id for hit in filled.search(typed)] == ["ods:A00004"]


def test_open_ones_come_first_by_kind_and_closed_ones_last(filled: Directory) -> None:
    hits = filled.search("oak")
    assert [hit.name for hit in hits] == ["Oaks Surgery", "Oaktree Hospice", "Oak View"]
    assert [hit.status for hit in hits] == [Status.OPEN, Status.OPEN, Status.CLOSED]


def test_a_service_in_use_comes_first(filled: Directory) -> None:
    for _again in range(2):
        filled.note_use("ods:A00002")
    assert next(hit.name for hit in filled.search("oak")) == "Oaktree Hospice"
    for _again in range(3):
        filled.note_use("ods:A00001")
    assert next(hit.name for hit in filled.search("oak")) == "Oaks Surgery"
    filled.note_use("ods:A00003")
    assert filled.search("oak")[-1].name == "Oak View"
    filled.note_use("ods:unknown")


def test_a_hit_tells_services_of_a_name_apart(filled: Directory) -> None:
    (hit,) = filled.search("willows")
    assert (hit.place, hit.provider, hit.type, hit.code) == (
        "Ilkley-on-Sea, ZZ9 9ZZ", "Bright & Kind Limited", "nursing_home", "1-1000000001",
    )  # fmt: skip


def test_no_more_than_asked_for(directory: Directory, tmp_path: Path) -> None:
    rows = "\n".join(ods_row(f"A{number:05}", f"PARK {number}") for number in range(50))
    directory.import_files([written(tmp_path, "epraccur.csv", rows)])
    assert len(directory.search("park")) == 20
    assert len(directory.search("park", limit=7)) == 7


def test_an_unknown_id_has_no_service(directory: Directory) -> None:
    assert directory.get("cqc:1-404") is None


def test_councils_and_boards_are_found_as_subjects(directory: Directory) -> None:
    report = directory.add_subjects(asset("resources/code_lists"))
    assert report.added > 150
    assert directory.add_subjects(asset("resources/code_lists")).added == 0
    assert [hit.name for hit in directory.search("bristol council")] == ["Bristol City Council"]
    assert directory.search("kent county")[0].id == "council:kent"
    assert directory.search("black country icb")[0].type == "icb"
    service = directory.get("council:kent")
    assert service is not None
    assert service.codes == {"council": "kent"}


def test_every_kind_is_one_of_the_shipped_list(filled: Directory) -> None:
    lines = (asset("resources/code_lists") / "service_types.csv").read_text("utf-8").splitlines()
    assert set(RANKS) <= {line.partition(",")[0] for line in lines}


def test_the_index_holds_what_the_rows_say_after_changes(
    filled: Directory, database: Database, tmp_path: Path
) -> None:
    filled.note_use("ods:A00002")
    filled.import_files([written(tmp_path, "2.csv", ods_row("A00002", "NEW NAME", setting="13"))])
    assert [hit.was for hit in filled.search("oaktree")] == ["Oaktree Hospice"]
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO service_search (service_search) VALUES ('integrity-check')")
        rows = connection.exec_driver_sql("SELECT count(*) FROM service").scalar_one()
        indexed = connection.exec_driver_sql("SELECT count(*) FROM service_search").scalar_one()
    assert rows == indexed == filled.count()

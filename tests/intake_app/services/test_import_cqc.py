"""CQC's files: the traps of the weekly directory, and older layouts."""

import json
from pathlib import Path

import pytest

from intake_app.errors import ServicesRefused
from intake_app.services.directory import Directory
from intake_app.services.model import Changed, Status
from tests.intake_app.services.service_files import WEEKLY_HEADER, weekly, weekly_row, written


def test_a_weekly_file_is_read_past_its_preamble(directory: Directory, tmp_path: Path) -> None:
    report = directory.import_files([written(tmp_path, "weekly.csv", weekly(weekly_row()))])
    assert (report.added, report.refused) == (1, ())
    service = directory.get("cqc:1-1000000001")
    assert service is not None
    assert service.name == "Example House"
    assert service.type == "nursing_home"
    assert service.phone == "01632960001"
    assert service.address == "1 High Street, Exampleton"
    assert service.place == "Exampleton, ZZ1 1ZZ"
    assert service.provider == "Example Care Limited"
    assert service.codes == {"cqc": "1-1000000001"}


def test_rows_that_would_be_imported_askew_are_refused_by_line(directory: Directory, tmp_path: Path) -> None:
    good, shifted = weekly_row(), weekly_row("1-1000000002").split(",")
    # One cell lost in the middle: every later cell stands one to the left, and the file's width is kept.
    left = ",".join([*shifted[:3], *shifted[4:], ""])
    content = weekly(
        good,
        left,
        weekly_row("", name="No code"),
        weekly_row("1-1000000003", postcode="Kent"),
        weekly_row("1-1000000004", checked="yesterday"),
        weekly_row("1-1000000005", url="https://www.cqc.org.uk/location/1-9999999999"),
        weekly_row("1-1000000006") + ",one more",
        weekly_row("not a code"),
        weekly_row("1-1000000007", name=""),
        weekly_row("1-1000000008", phone="www.example.org"),
        good,
    )
    report = directory.import_files([written(tmp_path, "weekly.csv", content)])
    assert [(row.line, row.reason) for row in report.refused] == [
        (7, "column_count"),
        (8, "no_code"),
        (9, "postcode_not_valid"),
        (10, "date_not_valid"),
        (11, "shifted"),
        (12, "column_count"),
        (13, "code_not_valid"),
        (14, "no_name"),
        (15, "phone_not_valid"),
        (16, "twice"),
    ]
    assert {row.file for row in report.refused} == {"weekly.csv"}
    assert directory.count() == 1


def test_a_quote_never_closed_spoils_only_its_own_line(directory: Directory, tmp_path: Path) -> None:
    broken = weekly_row("1-1000000002").replace("Example House", '"Example House')
    rows = [weekly_row(f"1-10000001{number:02}") for number in range(30)]
    report = directory.import_files([written(tmp_path, "w.csv", weekly(*rows[:10], broken, *rows[10:]))])
    assert report.added == 30
    assert [row.line for row in report.refused] == [16]


def test_a_name_over_two_lines_is_one_name(directory: Directory, tmp_path: Path) -> None:
    row = weekly_row().replace("Example House", '"Example\r\nHouse"')
    directory.import_files([written(tmp_path, "w.csv", weekly(row))])
    service = directory.get("cqc:1-1000000001")
    assert service is not None
    assert service.name == "Example House"


def test_a_place_missing_from_a_later_weekly_file_is_closed_and_stays_found(
    directory: Directory, tmp_path: Path
) -> None:
    rows = [weekly_row(f"1-10000001{number:02}", name=f"House {number}") for number in range(10)]
    directory.import_files([written(tmp_path, "1.csv", weekly(*rows))])
    report = directory.import_files([written(tmp_path, "2.csv", weekly(*rows[:-1]))])
    assert (report.closed, report.added) == (1, 0)
    service = directory.get("cqc:1-1000000109")
    assert service is not None
    assert service.status is Status.CLOSED
    assert [change.kind for change in service.changes] == [Changed.CLOSED]
    assert [hit.id for hit in directory.search("House 9")] == ["cqc:1-1000000109"]
    assert directory.import_files([tmp_path / "1.csv"]).reopened == 1


def test_an_extract_closes_nobody(directory: Directory, tmp_path: Path) -> None:
    rows = [weekly_row(f"1-10000001{number:02}") for number in range(10)]
    directory.import_files([written(tmp_path, "1.csv", weekly(*rows))])
    assert directory.import_files([written(tmp_path, "2.csv", weekly(*rows[:3]))]).closed == 0


def test_a_refused_row_does_not_close_its_service(directory: Directory, tmp_path: Path) -> None:
    rows = [weekly_row(f"1-10000001{number:02}") for number in range(10)]
    directory.import_files([written(tmp_path, "1.csv", weekly(*rows))])
    rows[4] = weekly_row("1-1000000104", postcode="nowhere")
    report = directory.import_files([written(tmp_path, "2.csv", weekly(*rows))])
    assert (report.closed, len(report.refused)) == (0, 1)


def test_a_renamed_service_is_found_by_both_names(directory: Directory, tmp_path: Path) -> None:
    directory.import_files([written(tmp_path, "1.csv", weekly(weekly_row(name="Old Oaks")))])
    report = directory.import_files([written(tmp_path, "2.csv", weekly(weekly_row(name="New Elms")))])
    assert report.renamed == 1
    (hit,) = directory.search("old oak")
    assert (hit.name, hit.was) == ("New Elms", "Old Oaks")
    assert [hit.was for hit in directory.search("new elms")] == [""]
    service = directory.get(hit.id)
    assert service is not None
    assert service.former_names == ("Old Oaks",)
    assert [(change.before, change.after) for change in service.changes] == [("Old Oaks", "New Elms")]


def test_an_alias_is_found_and_named(directory: Directory, tmp_path: Path) -> None:
    directory.import_files([written(tmp_path, "1.csv", weekly(weekly_row(aka="The Cottage")))])
    (hit,) = directory.search("cottage")
    assert (hit.name, hit.also) == ("Example House", "The Cottage")


def test_api_answers_bring_deregistered_places_and_what_followed(
    directory: Directory, tmp_path: Path
) -> None:
    answer = {
        "locationId": "1-1000000001", "name": "Example House", "registrationStatus": "Deregistered",
        "postalCode": "ZZ1 1ZZ", "postalAddressLine1": "1 High Street", "postalAddressTownCity": "Exampleton",
        "mainPhoneNumber": "01632960001", "gacServiceTypes": [{"name": "Dentist"}], "odsCode": "V00001",
        "relationships": [{"type": "HSCA Successor", "relatedLocationId": "1-1000000002"}],
    }  # fmt: skip
    lines = [json.dumps(answer), "{}", "{broken", "", json.dumps(answer | {"locationId": "?"})]
    report = directory.import_files([written(tmp_path, "api.jsonl", "\n".join(lines))])
    assert report.added == 1
    assert [(row.line, row.reason) for row in report.refused] == [
        (2, "not_a_service"), (3, "unreadable"), (5, "code_not_valid"),
    ]  # fmt: skip
    service = directory.get("cqc:1-1000000001")
    assert service is not None
    assert (service.status, service.type) == (Status.CLOSED, "dentist")
    assert service.successors == ("cqc:1-1000000002",)
    assert service.codes == {"cqc": "1-1000000001", "ods": "V00001"}


def test_the_monthly_layout_is_read_by_its_names(directory: Directory, tmp_path: Path) -> None:
    header = (
        "Location ID,Location HSCA start date,Dormant (Y/N),Location Name,Location Telephone Number,"
        "Location Street Address,Location City,Location Postal Code,Provider Name,Registered manager,"
        "Service type - Dental service,Service type - Domiciliary care service"
    )
    row = "1-1000000001,01/10/2010,Y,Example,01632960001,1 High Street,Exampleton,ZZ1 1ZZ,Owner,A Name,,Y"
    directory.import_files([written(tmp_path, "HSCA_Active_Locations.csv", f"{header}\n{row}\n")])
    service = directory.get("cqc:1-1000000001")
    assert service is not None
    assert (service.status, service.type, service.town) == (Status.DORMANT, "home_care", "Exampleton")
    assert directory.search("A Name") == ()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b" \r\n\r\n", "empty"),
        ("a.csv", b"one,two\n1,2\n", "kind_unknown"),
        ("a.csv", WEEKLY_HEADER.replace("CQC Location ID", "Number").encode(), "kind_unknown"),
        ("a.pdf", b"%PDF-1.4", "kind_unknown"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spreadsheet"),
        ("a.zip", b"PK\x03\x04broken", "archive_damaged"),
        ("a.csv.gz", b"\x1f\x8b\x08\x00broken", "archive_damaged"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_whole(
    directory: Directory, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    good = written(tmp_path, "good.csv", weekly(weekly_row()))
    with pytest.raises(ServicesRefused) as refused:
        directory.import_files([good, written(tmp_path, name, content)])
    assert refused.value.details["reason"] == reason
    assert directory.count() == 0


def test_a_file_that_is_not_there_is_refused(directory: Directory, tmp_path: Path) -> None:
    with pytest.raises(ServicesRefused) as refused:
        directory.import_files([tmp_path / "none.csv"])
    assert refused.value.details["reason"] == "unreadable"

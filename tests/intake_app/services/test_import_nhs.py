"""Lists of the NHS website and of councils: other separators, no header, no codes."""

import gzip
from pathlib import Path

import pytest

from intake_app.errors import ServicesRefused
from intake_app.services.directory import Directory
from intake_app.services.model import Status
from tests.intake_app.services.service_files import REAL_FILES, written

DENTISTS = (
    "OrganisationID¬OrganisationCode¬OrganisationType¬SubType¬OrganisationStatus¬IsPimsManaged"
    "¬OrganisationName¬Address1¬Address2¬Address3¬City¬County¬Postcode¬Latitude¬Longitude¬Phone¬Email"
    "¬Website¬Fax"
)
HOSPITALS = (
    "OrganisationID¬OrganisationCode¬OrganisationType¬SubType¬Sector¬OrganisationStatus¬IsPimsManaged"
    "¬OrganisationName¬Address1¬Address2¬Address3¬City¬County¬Postcode¬Latitude¬Longitude¬ParentODSCode"
    "¬ParentName¬Phone¬Email¬Website¬Fax"
)


def dentist(number: int = 26, code: str = "5ZZ086__000001_ZZ11ZZ", phone: str = "01632 960001") -> str:
    return (
        f"{number}¬{code}¬Dentists¬UNKNOWN¬Visible¬True¬The “Corner” Café Practice¬1 High Street¬¬"
        f"¬Exampleton¬Kent¬ZZ1 1ZZ¬53.7¬-2.4¬{phone}¬a@example.org¬http://example.org/¬01632 960002"
    )


def pharmacy(code: str = "FZZ01", name: str = "Example Chemist", latitude: str = "52.2447") -> str:
    return f"{code},{name},,Unit 61 The Centre,,Exampleton,ZZ1 1ZZ,01632 960003,{latitude},0.4055"


def council(name: str = "Smile Example", phone: str = "1632960001") -> str:
    return f'{name},Dentist,"390 Example Road, Exampleton",ZZ1 1ZZ,{phone},http://example.org,Salford'


COUNCIL = "name,type,address,postcode,telephone,website,area_name"


def test_dentists_are_read_past_not_signs_and_western_letters(directory: Directory, tmp_path: Path) -> None:
    text = "\r\n".join([DENTISTS, dentist(phone="01632 960001 or 960414"), ""])
    report = directory.import_files([written(tmp_path, "Dentists.csv", text.encode("cp1252"))])
    assert (report.added, report.refused) == (1, ())
    service = directory.get("nhs:26")
    assert service is not None
    assert service.name == "The “Corner” Café Practice"
    assert service.phone == "01632 960001 or 960414"
    assert (service.type, service.town) == ("dentist", "Exampleton")
    assert [hit.id for hit in directory.search("corner cafe")] == ["nhs:26"]


def test_a_dentist_that_ods_knows_keeps_the_code_of_ods(directory: Directory, tmp_path: Path) -> None:
    text = "\n".join([DENTISTS, dentist(code="V00001"), dentist(27, "310320141256")])
    directory.import_files([written(tmp_path, "Dentists.csv", text.encode("cp1252"))])
    assert directory.get("ods:V00001") is not None
    # A number alone is none of the codes that ODS gives.
    assert directory.get("nhs:27") is not None


def test_hospitals_tell_their_trust_and_their_kind(directory: Directory, tmp_path: Path) -> None:
    row = (
        "668¬5ZZ02¬Hospital¬{kind}¬NHS Sector¬{status}¬False¬{name}¬Park Road West¬¬¬Exampleton¬Kent¬ZZ1 4ZZ"
        "¬52.5¬-2.1¬RZZ¬The Example NHS Trust¬01632 960004¬¬http://www.example.org¬"
    )
    rows = [
        row.format(kind="Hospital", name="West Park", status="Visible"),
        row.format(kind="Mental Health Hospital", name="The Oaks", status="Hidden").replace("5ZZ02", "5ZZ03"),
    ]
    directory.import_files(
        [written(tmp_path, "Hospital.csv", "\r\n".join([HOSPITALS, *rows]).encode("cp1252"))]
    )
    west, oaks = directory.get("ods:5ZZ02"), directory.get("ods:5ZZ03")
    assert west is not None
    assert oaks is not None
    assert (west.provider, west.type, west.status) == (
        "The Example NHS Trust", "hospital_other", Status.OPEN
    )  # fmt: skip
    assert (oaks.type, oaks.status) == ("mental_health_inpatient", Status.CLOSED)


def test_pharmacies_without_a_header_are_read_by_their_shape(directory: Directory, tmp_path: Path) -> None:
    rows = [
        pharmacy(),
        pharmacy("FZZ02", "Shifted", latitude="0161 496 0000"),
        pharmacy("FZZ03"),
        pharmacy("FZZ01"),
        "FZZ04,Too short",
    ]
    report = directory.import_files([written(tmp_path, "list.csv", "\n".join(rows))])
    assert report.added == 2
    assert [(row.line, row.reason) for row in report.refused] == [
        (2, "shifted"), (4, "twice"), (5, "column_count"),
    ]  # fmt: skip
    service = directory.get("ods:FZZ01")
    assert service is not None
    assert (service.type, service.address) == ("pharmacy", "Unit 61 The Centre, Exampleton")


def test_a_councils_list_without_codes_knows_a_place_by_name_and_postcode(
    directory: Directory, tmp_path: Path
) -> None:
    first = written(tmp_path, "1.csv", "\n".join([COUNCIL, council(), council("Other"), council()]))
    report = directory.import_files([first])
    assert (report.added, [row.reason for row in report.refused]) == (2, ["twice"])
    (hit,) = directory.search("smile example")
    assert (hit.type, hit.place, hit.code) == ("dentist", "Exampleton, ZZ1 1ZZ", "")
    second = "\n".join([COUNCIL, council(phone="1632960999"), council("Other")])
    again = directory.import_files([written(tmp_path, "2.csv", second)])
    assert (again.added, again.phone_changed, again.unchanged) == (0, 1, 1)
    service = directory.get(hit.id)
    assert service is not None
    assert service.phone == "01632960999"


@pytest.mark.parametrize(
    "content",
    [
        "OrganisationId¬WeekDay¬Times¬IsOpen\n46763¬Monday¬09:30-13:00¬True\n",
        "AB10 1XG,57.144165160000000,-2.114847768000000\nAB10 6RN,57.1,-2.1\n",
        '"A81001","5E1","W","20010401","20130331","0"\n',
        "name,age\nSomebody,44\n",
        '{"type": "FeatureCollection",\n"features": []}\n',
        "[]\n",
    ],
)
def test_what_lists_no_services_is_refused_whole(directory: Directory, tmp_path: Path, content: str) -> None:
    with pytest.raises(ServicesRefused) as refused:
        directory.import_files([written(tmp_path, "x.csv", content.encode("cp1252"))])
    assert refused.value.details["reason"] == "kind_unknown"


@pytest.mark.parametrize(
    ("path", "added", "refused"),
    [
        ("nhs_choices/pauldurbin-2014/data/Dentists.csv.gz", 7_892, 0),
        ("nhs_choices/pauldurbin-2014/data/Hospital.csv.gz", 1_029, 0),
        ("nhs_choices/nhsfinder-2020/data/pharmacy.csv.gz", 11_206, 0),
        ("nhs_choices/nhsfinder-2020/testdata/Pharmacy.csv", 4, 0),
        ("cqc/trafford/dentists/gm_dentists.csv", 518, 21),
        ("cqc/trafford/pharmacies/gm_pharmacies.csv", 631, 0),
        ("cqc/trafford/care_homes/trafford_care_homes.csv", 56, 0),
        ("cqc/trafford/mental_health/raw/mental_health_services_RAW.csv", 59, 1),
        ("cqc/cqc-companies/output-head.csv", 329, 171),
        ("cqc/derived-no-personal-names/Locations-head.csv", 999, 0),
        ("cqc/derived-no-personal-names/oldham-locations.jsonl", 451, 0),
    ],
)
def test_the_real_files_come_in_as_they_are(
    directory: Directory, path: str, added: int, refused: int
) -> None:
    file = REAL_FILES / path
    if not file.exists():
        pytest.skip("the real lists are not beside this checkout")
    report = directory.import_files([file])
    assert (report.added, len(report.refused)) == (added, refused)
    assert directory.import_files([file]).added == 0


def test_the_real_dentists_keep_two_numbers_in_one_cell(directory: Directory) -> None:
    file = REAL_FILES / "nhs_choices" / "pauldurbin-2014" / "data" / "Dentists.csv.gz"
    if not file.exists():
        pytest.skip("the real lists are not beside this checkout")
    directory.import_files([file])
    text = gzip.decompress(file.read_bytes()).decode("cp1252")
    line = next(line for line in text.splitlines() if "01666 500032 or 502414" in line)
    cells = line.split("¬")
    found = [directory.get(hit.id) for hit in directory.search(f"{cells[6]} {cells[12]}")]
    assert "01666 500032 or 502414" in [one.phone for one in found if one is not None]

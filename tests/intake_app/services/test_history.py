"""What a service was called when it happened, and what followed it."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.services.directory import Directory
from intake_app.services.history import Remark, as_of, closed_on, names_between, periods, remark, span
from intake_app.services.model import Change, Changed, Service, Status
from intake_app.times import Instant
from tests.intake_app.services.service_files import REAL_FILES, ods_row, weekly, weekly_row, written

IMPORTED = Instant.parse("2026-11-20T12:00:00.000Z")


def change(kind: Changed, before: str, after: str, day: str) -> Change:
    return Change(kind, before, after, IMPORTED, day)


OAKS = Service(
    "ods:A1", "New Elms", postcode="ZZ1 1ZZ", address="2 High Street", status=Status.CLOSED,
    opened="1974-04-01", closed="2020-03-03", provider="Bright Limited",
    changes=(
        change(Changed.CLOSED, "open", "closed", "2020-03-03"),
        change(Changed.RENAMED, "Middle Elms", "New Elms", "2019-10-01"),
        change(Changed.PHONE, "1", "2", "2019-01-01"),
        change(Changed.MOVED, "1 Low Street, ZZ2 2ZZ", "2 High Street, ZZ1 1ZZ", "2018-06-01"),
        change(Changed.RENAMED, "Old Oaks", "Middle Elms", "2018-06-01"),
        change(Changed.PROVIDER, "Kind Limited", "Bright Limited", "2017-05-01"),
    ),
)  # fmt: skip


def test_the_history_is_told_newest_first_without_gaps() -> None:
    told = [(one.since, one.until, one.name, one.status, one.provider) for one in periods(OAKS)]
    assert told == [
        ("2020-03-03", "", "New Elms", Status.CLOSED, "Bright Limited"),
        ("2019-10-01", "2020-03-03", "New Elms", Status.OPEN, "Bright Limited"),
        ("2018-06-01", "2019-10-01", "Middle Elms", Status.OPEN, "Bright Limited"),
        ("2017-05-01", "2018-06-01", "Old Oaks", Status.OPEN, "Bright Limited"),
        ("1974-04-01", "2017-05-01", "Old Oaks", Status.OPEN, "Kind Limited"),
    ]
    assert [one.address for one in periods(OAKS)][-1] == "1 Low Street, ZZ2 2ZZ"


@pytest.mark.parametrize(
    ("day", "name", "status"),
    [
        ("2026-01-01", "New Elms", Status.CLOSED), ("2020-03-03", "New Elms", Status.CLOSED),
        ("2020-03-02", "New Elms", Status.OPEN), ("2019-10-01", "New Elms", Status.OPEN),
        ("2019-09-30", "Middle Elms", Status.OPEN), ("2018-05-31", "Old Oaks", Status.OPEN),
        ("1960-01-01", "Old Oaks", Status.OPEN),
    ],
)  # fmt: skip
def test_a_day_in_the_past_has_its_own_name(day: str, name: str, status: Status) -> None:
    then = as_of(OAKS, day)
    assert (then.name, then.status) == (name, status)


def test_a_span_in_which_it_was_renamed_has_both_names() -> None:
    assert names_between(OAKS, "2019-09-01", "2019-10-31") == ("Middle Elms", "New Elms")
    assert names_between(OAKS, "2018-01-01", "2026-01-01") == ("Old Oaks", "Middle Elms", "New Elms")
    assert names_between(OAKS, "1950-01-01", "1950-12-31") == ("Old Oaks",)


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("2019-10-05", ("2019-10-05", "2019-10-05")), ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2019", ("2019-01-01", "2019-12-31")), ("2019-03/2019-04-02", ("2019-03-01", "2019-04-02")),
        ("2019-03/..", ("2019-03-01", "9999-99-99")), ("../..", None), ("", None), ("2019-13", None),
        ("2019-02-30", None), ("soon", None),
    ],
)  # fmt: skip
def test_an_answer_to_when_is_a_span_of_days(when: str, days: tuple[str, str] | None) -> None:
    assert span(when) == days


def test_a_record_keeps_its_name_and_is_told_what_else_there_is() -> None:
    assert remark(OAKS, "Old Oaks", "2018-01", "The Poplars") == Remark(
        (), "New Elms", True, "2020-03-03", "The Poplars"
    )
    assert remark(OAKS, "New Elms", "2018-01").then == ("Old Oaks",)
    assert remark(OAKS, "New Elms", "they cannot remember").then == ()
    assert remark(Service("x", "Open House"), "Open House", "2020") == Remark()


def test_one_that_had_closed_when_it_was_first_met_was_open_before() -> None:
    met = Service("ods:A2", "Gone", status=Status.CLOSED, closed="2017-10-31")
    assert [(one.since, one.until, one.status) for one in periods(met)] == [
        ("2017-10-31", "", Status.CLOSED), ("", "2017-10-31", Status.OPEN),
    ]  # fmt: skip
    assert closed_on(met) == "2017-10-31"
    assert closed_on(Service("x", "Open House")) == ""


_DAYS = st.dates(date(1990, 1, 1), date(2026, 12, 31)).map(date.isoformat)


@given(st.lists(st.tuples(_DAYS, st.sampled_from("ABCDE")), max_size=8), _DAYS)
def test_every_day_has_exactly_one_period(renamings: list[tuple[str, str]], day: str) -> None:
    name, changes = "A", []
    for since, after in sorted(renamings):
        changes.append(change(Changed.RENAMED, name, after, since))
        name = after
    service = Service("x", name, changes=tuple(reversed(changes)))
    found = periods(service)
    assert [one.until for one in found[1:]] == [one.since for one in found[:-1]]
    holding = [one for one in found if (one.since or "0") <= day < (one.until or "9")]
    assert holding == [as_of(service, day)]
    wanted = next((after for since, after in sorted(renamings, reverse=True) if since <= day), "A")
    if len({since for since, _ in renamings}) == len(renamings):
        assert holding[0].name == wanted
    assert names_between(service, day, day) == (holding[0].name,)


def test_a_day_that_the_edition_tells_is_kept_with_the_change(directory: Directory, tmp_path: Path) -> None:
    directory.import_files([written(tmp_path, "1.csv", weekly(weekly_row(name="Old Oaks")))])
    later = weekly(weekly_row(name="New Elms")).replace(b"16 September 2026", b"7 October 2026")
    directory.import_files([written(tmp_path, "2.csv", later)])
    service = directory.get("cqc:1-1000000001")
    assert service is not None
    assert [one.since for one in service.changes] == ["2026-10-07"]
    assert as_of(service, "2026-10-06").name == "Old Oaks"
    said = directory.remarks(
        [("cqc:1-1000000001", "New Elms"), ("", "As written"), ("cqc:1", "?")], "2026-09"
    )
    assert said == {"cqc:1-1000000001": Remark(then=("Old Oaks",))}


def test_the_publishers_own_day_of_closing_is_kept(directory: Directory, tmp_path: Path) -> None:
    directory.import_files([written(tmp_path, "1.csv", ods_row())])
    gone = ods_row(status="C", closed="20200303")
    directory.import_files([written(tmp_path, "2.csv", gone)])
    service = directory.get("ods:A00001")
    assert service is not None
    assert (service.opened, service.closed, closed_on(service)) == ("1974-04-01", "2020-03-03", "2020-03-03")
    assert [(one.since, one.status) for one in periods(service)] == [
        ("2020-03-03", Status.CLOSED), ("1974-04-01", Status.OPEN),
    ]  # fmt: skip
    directory.import_files([tmp_path / "1.csv"], older_too=True)
    again = directory.get("ods:A00001")
    assert again is not None
    assert (again.status, again.closed) == (Status.OPEN, "")


def _answer(code: str, name: str, **more: object) -> str:
    known = {"locationId": code, "name": name, "registrationStatus": "Registered", "postalCode": "ZZ1 1ZZ"}
    return json.dumps(known | more)


def _gone(successor: str) -> dict[str, object]:
    related = [{"type": "HSCA Successor", "relatedLocationId": successor}]
    return {
        "registrationStatus": "Deregistered", "deregistrationDate": "2020-03-03", "relationships": related,
    }  # fmt: skip


def test_a_closed_service_offers_the_open_one_behind_it(directory: Directory, tmp_path: Path) -> None:
    lines = [
        _answer("1-1000001", "Old Oaks", **_gone("1-1000002")),
        _answer("1-1000002", "Middle Elms", **_gone("1-1000003")),
        _answer("1-1000003", "New Poplars"),
    ]
    directory.import_files([written(tmp_path, "api.jsonl", "\n".join(lines))])
    old, new = directory.search("old oaks")
    assert (old.status, old.closed, old.now) == (Status.CLOSED, "2020-03-03", "New Poplars")
    assert (new.id, new.instead_of) == ("cqc:1-1000003", "Old Oaks")
    said = directory.remarks([(old.id, old.name)])
    assert said[old.id] == Remark((), "", True, "2020-03-03", "New Poplars")
    service = directory.get("cqc:1-1000002")
    assert service is not None
    assert directory.related(service).successors == (("cqc:1-1000003", "New Poplars"),)


def test_a_ring_of_successors_ends(directory: Directory, tmp_path: Path) -> None:
    lines = [
        _answer("1-1000001", "Old Oaks", **_gone("1-1000002")),
        _answer("1-1000002", "Middle Elms", **_gone("1-1000001")),
    ]
    directory.import_files([written(tmp_path, "api.jsonl", "\n".join(lines))])
    (hit,) = directory.search("old oaks")
    assert hit.now == ""


def test_a_second_registration_of_a_place_is_linked(directory: Directory, tmp_path: Path) -> None:
    header = (
        "Location ID,Location Name,Location HSCA Start Date,Provider ID,Provider Name,Linked Organisation ID,"
        "Linked Organisation Name,Relationship,Relationship Start Date,Primary ID"
    )
    row = "1-1000001,Old Oaks,01/10/2010,1-2000001,Owner,1-1000002,Old Oaks,Dual,01/10/2012,1-1000001"
    directory.import_files([written(tmp_path, "api.jsonl", _answer("1-1000002", "Old Oaks at Night"))])
    directory.import_files([written(tmp_path, "Dual.csv", f"{header}\n{row}\n")])
    service = directory.get("cqc:1-1000001")
    assert service is not None
    assert service.linked == ("cqc:1-1000002",)
    assert directory.related(service).linked == (("cqc:1-1000002", "Old Oaks at Night"),)


def test_the_real_answers_lead_from_closed_to_open(directory: Directory) -> None:
    file = REAL_FILES / "cqc" / "derived-no-personal-names" / "oldham-locations.jsonl"
    if not file.exists():
        pytest.skip("the real answers are not beside this checkout")
    directory.import_files([file])
    answers = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    gone = [one for one in answers if one["registrationStatus"] == "Deregistered"]
    followed = 0
    for one in gone:
        service = directory.get(f"cqc:{one['locationId']}")
        assert service is not None
        assert closed_on(service) == one["deregistrationDate"]
        assert (
            as_of(service, (date.fromisoformat(service.closed) - timedelta(1)).isoformat()).status == "open"
        )
        later = directory.related(service).successors
        followed += bool(later)
        for successor, _name in later:
            assert successor != service.id
    assert followed > 20

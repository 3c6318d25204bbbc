"""What is kept apart from a record, changed apart: joined, or opened with a reason and settled."""

from pathlib import Path

import pytest

from intake_app.documents import Kind
from intake_app.drafting import EQUALITY
from intake_app.errors import NotSettled
from intake_app.hub.scopes import DeviceKind
from intake_app.merging.decisions import Choice
from intake_app.people import EqualityAnswers, SealedPerson
from intake_app.records import Decided
from intake_app.store import audit
from intake_app.store.conflicts import Conflict
from intake_app.store.notices import Notice
from intake_app.store.summaries import RecordQuery
from tests.flow.changes import (
    agree,
    answered,
    conflict_of,
    details,
    edit,
    everything,
    heads_on_the_hub,
    rounds,
    settle,
    settle_all,
    shared,
    with_details,
)
from tests.flow.computers import Computer, computers
from tests.hub.hub_fixtures import RunningHub

SAM_PHONE, AMINA_PHONE = "07700 900125", "07700 900124"


@pytest.fixture
def pair(three: list[Computer]) -> list[Computer]:
    return three[:2]


@pytest.fixture
def two_numbers(pair: list[Computer]) -> str:
    """A record whose person has another number since: one for Amina, another one for Sam."""
    amina, sam = pair
    record_id = shared(pair)
    with_details(amina, record_id, person_name="Mary Example", phone="07700 900123")
    rounds(pair, 2)
    with_details(amina, record_id, phone=AMINA_PHONE)
    with_details(sam, record_id, phone=SAM_PHONE)
    rounds(pair, 3)
    return record_id


def opened(computer: Computer, record_id: str) -> Conflict:
    found = conflict_of(computer, record_id)
    assert (found.blocked, found.merged, found.about) == ("sealed", None, None)
    by = computer.store.staff.current.id
    found = computer.store.conflicts.open_details(found, computer.library, "two numbers", by)
    assert found is not None
    return found


def told(computer: Computer) -> list[Notice]:
    """Of what is kept apart; the record that both saved with it is joined too."""
    return [one for one in computer.store.notices.unread() if one.details]


def side_of(found: Conflict, name: str) -> int:
    return [one.name for one in found.sides].index(name)


def test_a_persons_details_are_joined_too_and_stay_sealed(pair: list[Computer], hub: RunningHub) -> None:
    amina, sam = pair
    record_id = shared(pair)
    with_details(amina, record_id, person_name="Mary Example")
    rounds(pair, 2)
    with_details(amina, record_id, phone="07700 900123")
    with_details(sam, record_id, email="mary@example.org")
    rounds(pair, 3)
    agree(pair, record_id)
    wanted = {"person_name": "Mary Example", "phone": "07700 900123", "email": "mary@example.org"}
    for one in pair:
        assert wanted.items() <= details(one, record_id).items()
        assert one.store.people.matches("07700 900123") == 1
        assert one.store.people.matches("mary@example.org") == 1
    person = amina.store.records.get(record_id).person
    assert heads_on_the_hub(hub, person) == 1
    assert "mary@example.org" not in everything(sam.store, "version")
    for one in pair:
        told = one.store.notices.unread()
        assert [notice.details for notice in told].count(True) == 1
        assert {notice.record_id for notice in told} == {record_id}


def test_the_same_detail_changed_to_two_waits_in_the_list_and_is_opened_with_a_reason(
    pair: list[Computer], two_numbers: str, hub: RunningHub
) -> None:
    amina, sam = pair
    person = amina.store.records.get(two_numbers).person
    for one in pair:
        assert one.round().joined == 0
        assert one.store.sync.counts().conflicts == 1
        assert [row.where.state for row in one.listed()] == ["conflict"]
        assert [row.id for row in one.store.records.find(RecordQuery(state="conflict")).rows] == [two_numbers]
    before = len(sam.store.audit.all(person))
    found = opened(sam, two_numbers)
    entry, *earlier = sam.store.audit.all(person)
    assert len(earlier) == before
    assert (entry.act, entry.reason) == (audit.OPENED_PERSON, "two numbers")
    assert entry.by == sam.store.staff.current.id
    (asked,) = found.differences
    assert asked.path[-1] == "phone"
    assert [one["value"] for one in asked.sides] == [
        {"Amina": AMINA_PHONE, "Sam": SAM_PHONE}[side.name] for side in found.sides
    ]
    assert asked.before["value"] == "07700 900123"
    assert "07700" not in repr(found), "what is printed by accident tells nothing"
    sam.store.conflicts.keep(found, {asked.key: Choice(Decided.COMBINED, text="not on the disk")})
    assert "not on the disk" not in everything(sam.store, "settling")
    assert opened(sam, two_numbers).choices[asked.key].text == "not on the disk"


def test_one_decides_it_is_sealed_again_and_both_are_told(
    pair: list[Computer], two_numbers: str, hub: RunningHub
) -> None:
    amina, sam = pair
    person = amina.store.records.get(two_numbers).person
    heads = {one.mutation for one in opened(sam, two_numbers).sides}
    found = opened(sam, two_numbers)
    settle_all(sam, found, Choice(Decided.SIDE, side_of(found, "Amina")))
    assert [row.where.state for row in sam.listed()] == ["received"]
    assert sam.store.conflicts.open(two_numbers, sam.library) is None
    agree(pair, two_numbers)
    assert heads_on_the_hub(hub, person) == 1
    for one in pair:
        known = details(one, two_numbers)
        assert (known["phone"], known["person_name"]) == (AMINA_PHONE, "Mary Example")
        assert one.store.people.matches(AMINA_PHONE) == 1
        assert one.store.people.matches(SAM_PHONE) == 0
        assert "900124" not in everything(one.store, "version")
    sealed = SealedPerson.parse(shown(amina, person))
    assert sealed.joined is not None
    assert {one.mutation for one in sealed.joined.versions} == heads
    assert sealed.joined.by == sealed.by == sam.store.staff.current.id
    (kept,) = sealed.joined.decisions
    assert kept.how is Decided.SIDE
    (notice,) = told(amina)
    assert (notice.record_id, notice.details, notice.decided) == (two_numbers, True, True)
    assert (notice.settled_by, notice.writers) == ("Sam", ("Sam",))
    assert told(sam) == [], "whoever decided knows it"


def test_what_both_wrote_can_be_put_into_one(pair: list[Computer], two_numbers: str) -> None:
    _amina, sam = pair
    found = opened(sam, two_numbers)
    assert found.differences[0].may_combine
    both = f"{AMINA_PHONE}, evenings {SAM_PHONE}"
    settle_all(sam, found, Choice(Decided.COMBINED, text=both))
    agree(pair, two_numbers)
    assert {details(one, two_numbers)["phone"] for one in pair} == {both}


def test_the_record_is_settled_first_and_then_its_details(pair: list[Computer], two_numbers: str) -> None:
    amina, sam = pair
    edit(amina, two_numbers, answered("care", "health"))
    edit(sam, two_numbers, answered("care", "social"))
    rounds(pair, 2)
    assert conflict_of(sam, two_numbers).kind == Kind.RECORD
    settle(sam, two_numbers, Choice(Decided.SIDE, 0))
    assert [row.where.state for row in sam.listed()] == ["conflict"]
    settle_all(sam, opened(sam, two_numbers), Choice(Decided.SIDE, 0))
    agree(pair, two_numbers)


def test_an_outreach_computer_that_holds_no_persons_has_nothing_to_settle(
    pair: list[Computer], hub: RunningHub, tmp_path: Path
) -> None:
    amina, _sam = pair
    with computers(hub, tmp_path, "tent") as (tent,):
        tent.join(DeviceKind.OUTREACH)
        tent.store.staff.add("Tess")
        record_id = tent.take_down("At the fair", written_by=tent.store.staff.current.id).id
        with_details(tent, record_id, phone="07700 900123")
        rounds([tent, amina])
        with_details(tent, record_id, phone=SAM_PHONE)
        with_details(amina, record_id, phone=AMINA_PHONE)
        rounds([amina, tent, amina], 2)
        assert [row.where.state for row in amina.listed()] == ["conflict"]
        assert [row.where.state for row in tent.listed()] == ["received"]
        assert tent.store.conflicts.open(record_id, tent.library) is None
        assert tent.store.sync.counts().conflicts == 0
        assert AMINA_PHONE not in str(details(tent, record_id))
        found = opened(amina, record_id)
        settle_all(amina, found, Choice(Decided.SIDE, side_of(found, "Amina")))
        rounds([amina, tent], 2)
        assert [row.where.state for row in tent.listed()] == ["received"]


def test_details_erased_meanwhile_are_gone_with_what_was_decided(
    pair: list[Computer], two_numbers: str
) -> None:
    amina, sam = pair
    found = opened(sam, two_numbers)
    sam.store.conflicts.keep(found, {found.differences[0].key: Choice(Decided.COMBINED, text="both")})
    amina.store.erase(two_numbers, "asked by the person")
    rounds(pair, 2)
    for one in pair:
        assert one.listed() == ()
        assert one.store.sync.counts().conflicts == 0
        assert everything(one.store, "settling") == "[]"
    with pytest.raises(NotSettled):
        settle_all(sam, found, Choice(Decided.SIDE, 0))


def test_equality_answers_are_joined_where_nothing_is_in_dispute(
    pair: list[Computer], hub: RunningHub
) -> None:
    amina, sam = pair
    record_id = shared(pair)
    with_details(amina, record_id, EQUALITY, sex="female")
    rounds(pair, 2)
    with_details(amina, record_id, EQUALITY, age_band="65_79")
    with_details(sam, record_id, EQUALITY, religion="none")
    rounds(pair, 3)
    agree(pair, record_id)
    equality = amina.store.records.get(record_id).equality
    assert heads_on_the_hub(hub, equality) == 1
    for one in pair:
        known = details(one, record_id, EQUALITY)
        assert {"sex": "female", "age_band": "65_79", "religion": "none"}.items() <= known.items()
        (notice,) = told(one)
        assert (notice.record_id, notice.details, notice.decided) == (record_id, True, False)


def test_the_same_equality_answer_changed_to_two_is_settled_with_a_reason(
    pair: list[Computer], hub: RunningHub
) -> None:
    amina, sam = pair
    record_id = shared(pair)
    with_details(amina, record_id, EQUALITY, sex="female")
    rounds(pair, 2)
    with_details(amina, record_id, EQUALITY, religion="christian")
    with_details(sam, record_id, EQUALITY, religion="none")
    rounds(pair, 3)
    for one in pair:
        assert [row.where.state for row in one.listed()] == ["conflict"]
        assert [row.id for row in one.store.records.find(RecordQuery(state="conflict")).rows] == [record_id]
    found = opened(sam, record_id)
    equality = sam.store.records.get(record_id).equality
    assert sam.store.audit.all(equality)[0].act == audit.OPENED_EQUALITY
    settle_all(sam, found, Choice(Decided.SIDE, side_of(found, "Amina")))
    agree(pair, record_id)
    assert heads_on_the_hub(hub, equality) == 1
    for one in pair:
        assert details(one, record_id, EQUALITY)["religion"] == "christian"
    settled = EqualityAnswers.parse(shown(amina, equality))
    assert settled.joined is not None
    assert settled.joined.by == sam.store.staff.current.id
    (notice,) = told(amina)
    assert (notice.decided, notice.details, notice.settled_by) == (True, True, "Sam")


def shown(computer: Computer, document: str) -> str:
    with computer.store._database.read() as connection:
        asked = "SELECT v.body FROM version v JOIN document d ON d.mutation = v.mutation WHERE d.id = :id"
        return str(connection.exec_driver_sql(asked, {"id": document}).scalar_one())

"""Changes of one record by several people, and what may be asked about it afterwards."""

from collections.abc import Callable

from intake_app import drafting
from intake_app.documents import Document, Kind
from intake_app.drafting import EQUALITY, FRAME, PERSON, Draft, item_key
from intake_app.merging.decisions import Choice
from intake_app.records import Answer, Record, Sheet
from intake_app.store.conflicts import Conflict
from intake_app.store.store import Store
from intake_app.sync.client import HubClient
from intake_app.taking_down import finish, opened
from tests.flow.computers import Computer
from tests.hub.hub_fixtures import RunningHub

Change = Callable[[Draft], Draft]


def edit(computer: Computer, record_id: str, change: Change) -> Record:
    draft = change(computer.store.records.draft_for_edit(record_id))
    by = computer.store.staff.current.id
    return computer.store.records.save(finish(draft, computer.library, computer.clock(), by))


def answered(question: str, value: object, label: str = "") -> Change:
    """An answer of the first item."""

    def change(draft: Draft) -> Draft:
        key = item_key(draft.record.items[0].id)
        return drafting.with_answer(draft, key, question, Answer(value=value, label=label))

    return change


def framed(question: str, value: object) -> Change:
    return lambda draft: drafting.with_answer(draft, FRAME, question, Answer(value=value))


def story(computer: Computer, words: str) -> Change:
    return lambda draft: drafting.with_narrative(draft, words, computer.ids)


def value(computer: Computer, record_id: str, question: str) -> object:
    return computer.store.records.get(record_id).items[0].value(question)


def shared(computers_: list[Computer], words: str = "As told") -> str:
    """A record that everybody has."""
    by = computers_[0].store.staff.current.id
    record = computers_[0].take_down(words, written_by=by)
    rounds(computers_)
    return record.id


def rounds(computers_: list[Computer], times: int = 1) -> None:
    for _time in range(times):
        for one in computers_:
            one.round()


def conflict_of(computer: Computer, record_id: str) -> Conflict:
    found = computer.store.conflicts.open(record_id, computer.library)
    assert found is not None
    return found


def settle(computer: Computer, record_id: str, *choices: Choice) -> None:
    settle_all(computer, conflict_of(computer, record_id), *choices)


def settle_all(computer: Computer, found: Conflict, *choices: Choice) -> None:
    keys = [one.key for one in found.differences]
    by = computer.store.staff.current.id
    made = dict(zip(keys, choices, strict=True))
    computer.store.conflicts.settle(found, made, computer.library, by)


def agree(computers_: list[Computer], record_id: str) -> Record:
    """Every computer shows the same record, in no conflict, with nothing left to send."""
    rounds(computers_, 2)
    bodies = {one.store.records.get(record_id).to_json() for one in computers_}
    assert len(bodies) == 1
    for one in computers_:
        assert [row.where.state for row in one.listed()] == ["received"]
        counts = one.store.sync.counts()
        assert (counts.waiting, counts.conflicts, counts.quarantined) == (0, 0, 0)
        assert one.store.check().whole
    return computers_[0].store.records.get(record_id)


def heads_on_the_hub(hub: RunningHub, record_id: str) -> int:
    def count(connection: object) -> int:
        asked = "SELECT count(*) FROM version WHERE document = ? AND head"
        return int(connection.exec_driver_sql(asked, (record_id,)).scalar_one())

    return hub.database.read(count)


def with_details(computer: Computer, record_id: str, kind: str = PERSON, **answers: str) -> None:
    """Adds to what is kept apart from a record, as whoever opened it does."""
    store = computer.store
    by = store.staff.current.id
    draft = opened(store.records.draft_for_edit(record_id), kind, computer.library, computer.ids)
    known = _opened(computer, record_id, kind)
    if known is not None:
        draft = draft.model_copy(update={kind: known})
    for question, value in answers.items():
        draft = drafting.with_answer(draft, kind, question, Answer(value=value))
    store.records.save(finish(draft, computer.library, computer.clock(), by))


def details(computer: Computer, record_id: str, kind: str = PERSON) -> dict[str, object]:
    found = _opened(computer, record_id, kind)
    assert found is not None
    return {question: answer.value for question, answer in found.answers.items()}


def _opened(computer: Computer, record_id: str, kind: str) -> Sheet | None:
    record, people = computer.store.records.get(record_id), computer.store.people
    if kind == EQUALITY:
        return people.open_equality(record.equality, "look", "test") if record.equality else None
    return people.open_person(record.person, "look", "test") if record.person else None


def take_away(computer: Computer, record_id: str, hub: RunningHub) -> None:
    """As a program does that lets somebody delete the version it has."""
    body = computer.store.records.get(record_id).to_json()
    base = max(one.revision or 0 for one in computer.store.records.history(record_id))
    gone = Document(
        organisation=computer.store.organisation.id, kind=Kind.RECORD, id=record_id, mutation=computer.ids(),
        body=body, base=base, deleted=True,
    )  # fmt: skip
    client(computer, hub).push([gone])


def client(computer: Computer, hub: RunningHub) -> HubClient:
    kept = computer.store.sync.enrolment()
    return HubClient(kept.hub_url, kept.token, hub.http)


def everything(store: Store, table: str) -> str:
    with store._database.read() as connection:
        return repr(connection.exec_driver_sql(f"SELECT * FROM {table}").all())

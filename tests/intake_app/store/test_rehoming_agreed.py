"""What was taken before joining a hub waits for it only after a person agreed, and the person still opens."""

from collections.abc import Callable
from dataclasses import dataclass

from intake_app.drafting import Draft
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery

TakeDown = Callable[..., Draft]
HUB = "11111111-0000-7000-8000-000000000000"
KEY = "ab" * 32


@dataclass(frozen=True)
class Enrolment:
    hub_url: str = "https://hub.example"
    token: str = "secret"
    organisation: str = HUB
    organisation_name: str = "Exemplar"
    area: str = "Exemplar"
    device: str = "d"
    device_kind: str = "office"
    organisation_key: str = KEY


def states(store: Store) -> list[str]:
    return [row.where.state for row in store.records.find(RecordQuery()).rows]


def test_records_wait_for_the_hub_only_after_the_yes(store: Store, take_down: TakeDown) -> None:
    for words in ("First", "Second"):
        store.records.save(take_down(words))
    store.sync.save_enrolment(Enrolment())
    assert states(store) == ["alone", "alone"]
    store.sync.rehome(HUB, KEY)
    assert states(store) == ["waiting", "waiting"]
    assert store.check().findings == ()


def test_a_second_yes_changes_nothing(store: Store, take_down: TakeDown) -> None:
    record = store.records.save(take_down("First"))
    store.sync.save_enrolment(Enrolment())
    store.sync.rehome(HUB, KEY)
    before = store.records.history(record.id)
    store.sync.rehome(HUB, KEY)
    assert store.records.history(record.id) == before
    assert store.records.get(record.id).narratives == record.narratives

"""Numbers commit in their order: no reader behind a cursor ever misses a late one, however many write."""

import threading
from collections.abc import Callable

from intake_app.hub import records
from intake_app.hub.scopes import Caller, DeviceKind
from intake_app.sync.protocol import PullAnswer, envelope_of, pull_answer_of
from tests.hub.hub_fixtures import RunningHub

WRITERS, BATCHES, SIZE = 4, 12, 5
ORGANISATIONS, READERS = 3, 2


def test_readers_that_race_with_writers_of_one_organisation_see_every_revision_once(hub: RunningHub) -> None:
    organisations = [hub.organisation]
    seen, failures = _raced(hub, organisations, READERS)
    assert failures == []
    assert seen == {
        (hub.organisation, reader): list(range(1, WRITERS * BATCHES * SIZE + 1)) for reader in range(READERS)
    }


def test_organisations_that_write_at_once_have_numbers_of_their_own_without_a_gap(hub: RunningHub) -> None:
    organisations = [
        hub.organisation,
        *(hub.new_organisation(f"Number {n}") for n in range(2, ORGANISATIONS + 1)),
    ]
    seen, failures = _raced(hub, organisations, 1)
    assert failures == []
    whole = list(range(1, WRITERS * BATCHES * SIZE + 1))
    assert seen == {(organisation, 0): whole for organisation in organisations}


def test_devices_that_push_the_same_batch_at_once_commit_it_once(hub: RunningHub) -> None:
    """A copied computer, or a second try while the first still runs: a mutation gets one number for ever."""
    batch = [_wire(hub, hub.organisation) for _ in range(SIZE)]
    statuses: list[str] = []
    failures: list[BaseException] = []

    def push() -> None:
        answer = _push(hub, hub.organisation, batch)
        statuses.extend(receipt.status for receipt in answer.receipts)

    _together([push] * WRITERS, failures)
    assert failures == []
    assert sorted(statuses) == ["accepted"] * SIZE + ["already"] * SIZE * (WRITERS - 1)
    page = _page(hub, hub.organisation, 0)
    assert [one.revision for one in page.documents] == list(range(1, SIZE + 1))


def _raced(
    hub: RunningHub, organisations: list[str], readers: int
) -> tuple[dict[tuple[str, int], list[int]], list[BaseException]]:
    """WRITERS of each organisation push while ``readers`` of each follow with a cursor."""
    seen: dict[tuple[str, int], list[int]] = {}
    failures: list[BaseException] = []
    finished = threading.Event()

    def write(organisation: str, mine: list[list[dict[str, object]]]) -> Callable[[], None]:
        return lambda: [_push(hub, organisation, batch) for batch in mine] and None

    def read(organisation: str, number: int) -> None:
        mine: list[int] = []
        since = 0
        while True:
            last = finished.is_set()
            page = _page(hub, organisation, since)
            mine += [one.revision for one in page.documents]
            since = page.next
            if last and not page.more:
                break
        seen[organisation, number] = mine

    reading = [
        threading.Thread(target=_guarded, args=(lambda o=o, n=n: read(o, n), failures))
        for o in organisations
        for n in range(readers)
    ]
    for thread in reading:
        thread.start()
    batches = [
        write(organisation, [[_wire(hub, organisation) for _ in range(SIZE)] for _ in range(BATCHES)])
        for organisation in organisations
        for _ in range(WRITERS)
    ]
    _together(batches, failures)
    finished.set()
    for thread in reading:
        thread.join(60)
    return seen, failures


def _together(works: list[Callable[[], None]], failures: list[BaseException]) -> None:
    threads = [threading.Thread(target=_guarded, args=(work, failures)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def _guarded(work: Callable[[], None], failures: list[BaseException]) -> None:
    try:
        work()
    except BaseException as error:  # noqa: BLE001 - shown by the test
        failures.append(error)


def _caller(organisation: str) -> Caller:
    return Caller(organisation, "reader", DeviceKind.MANAGER)


def _push(hub: RunningHub, organisation: str, batch: list[dict[str, object]]):
    return hub.database.write(
        lambda connection: records.push(connection, _caller(organisation), batch, hub.settings)
    )


def _wire(hub: RunningHub, organisation: str) -> dict[str, object]:
    document = hub.document(organisation=organisation)
    return {**envelope_of(document), "body": document.body}


def _page(hub: RunningHub, organisation: str, since: int) -> PullAnswer:
    caller = _caller(organisation)
    return pull_answer_of(
        hub.database.read(
            lambda connection: records.pull(connection, caller, since, caller.scope, hub.settings)
        )
    )

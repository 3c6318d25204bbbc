"""Numbers commit in their order: a reader behind its cursor never misses a late one."""

import threading

from intake_app.hub import access, records
from intake_app.sync.protocol import PullAnswer, envelope_of, pull_answer_of
from tests.hub.hub_fixtures import RunningHub

WRITERS, BATCHES, SIZE = 4, 12, 5


def test_a_reader_that_races_with_writers_sees_every_revision_once(hub: RunningHub) -> None:
    caller = access.Caller(hub.organisation, "reader", access.DeviceKind.MANAGER)
    failures: list[BaseException] = []
    batches = [[[_wire(hub) for _ in range(SIZE)] for _ in range(BATCHES)] for _ in range(WRITERS)]

    def write(mine: list[list[dict[str, object]]]) -> None:
        try:
            for batch in mine:
                hub.database.write(
                    lambda connection, batch=batch: records.push(connection, caller, batch, hub.settings)
                )
        except BaseException as error:  # noqa: BLE001 - shown by the test
            failures.append(error)

    threads = [threading.Thread(target=write, args=(mine,)) for mine in batches]
    for thread in threads:
        thread.start()
    seen: list[int] = []
    since = 0
    while True:
        finished = not any(thread.is_alive() for thread in threads)
        page = _page(hub, caller, since)
        seen += [one.revision for one in page.documents]
        since = page.next
        if finished and not page.more:
            break
    for thread in threads:
        thread.join()
    assert failures == []
    assert seen == list(range(1, WRITERS * BATCHES * SIZE + 1))


def _wire(hub: RunningHub) -> dict[str, object]:
    document = hub.document()
    return {**envelope_of(document), "body": document.body}


def _page(hub: RunningHub, caller: access.Caller, since: int) -> PullAnswer:
    return pull_answer_of(
        hub.database.read(
            lambda connection: records.pull(connection, caller, since, caller.scope, hub.settings)
        )
    )

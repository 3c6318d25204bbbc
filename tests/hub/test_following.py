"""The hub's projection follows behind the pushes, in a process of its own, for as long as the hub runs."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from intake_app.hub import following
from intake_app.hub.tables import PROJECTED
from intake_app.projection.tables import RECORD
from tests.hub.hub_fixtures import RunningHub, running_hub
from tests.hub.test_projecting import record

PATIENCE_SECONDS = 60


def waits_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def projected(hub: RunningHub) -> int:
    reached = select(PROJECTED.c.revision).where(PROJECTED.c.organisation == hub.organisation)
    return int(hub.database.read(lambda connection: connection.execute(reached).scalar_one()))


def listed(hub: RunningHub) -> list[str]:
    of_hub = select(RECORD.c.id).where(RECORD.c.organisation == hub.organisation)
    return hub.database.read(lambda connection: list(connection.execute(of_hub).scalars()))


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[RunningHub]:
    """A database of the test's own: other tests read the shared one's bytes, which takes this process's locks
    on it away (POSIX), and a process that ends then takes its log away."""
    with running_hub(f"sqlite:///{tmp_path / 'hub.sqlite'}") as hub:
        yield hub


@contextmanager
def followed(hub: RunningHub, quiet_seconds: float) -> Iterator[None]:
    closing = threading.Event()
    thread = threading.Thread(target=following.follow, args=(hub.database, quiet_seconds, closing))
    thread.start()
    try:
        yield
    finally:
        closing.set()
        thread.join()


def test_it_follows_when_nothing_is_pushed_for_a_moment(hub: RunningHub) -> None:
    one = record(hub, "Followed")
    with followed(hub, 0.01):
        hub.device().push([hub.document(one.to_json(), id=one.id)])
        waits_for(lambda: projected(hub) == 1)
    assert listed(hub) == [one.id]


def test_a_document_that_the_database_could_not_list_stops_no_other(hub: RunningHub) -> None:
    """PostgreSQL holds no NUL; JSON may spell one."""
    strange, good = record(hub, "Before NUL after"), record(hub, "Good")
    body = strange.to_json().replace("NUL", "\\u0000")
    with followed(hub, 0.01):
        hub.device().push([hub.document(body, id=strange.id), hub.document(good.to_json(), id=good.id)])
        waits_for(lambda: projected(hub) == 2)
    assert listed(hub) == [good.id]


def test_it_follows_a_hub_that_is_never_quiet(hub: RunningHub) -> None:
    device = hub.device()

    def pushed_and_followed() -> bool:
        one = record(hub, "Once more")
        device.push([hub.document(one.to_json(), id=one.id)])
        return projected(hub) > 0

    with followed(hub, 0.05):
        waits_for(pushed_and_followed)


def test_the_process_follows_ends_with_its_hub_and_begins_again_if_it_ends_before(
    alone: RunningHub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(following, "RESTART_SECONDS", 0.01)
    device = alone.device()
    with following.FollowingProcess(alone.settings) as process:
        waits_for(lambda: process.running is not None)
        first = process.running
        assert first is not None
        first.kill()
        one = record(alone, "After a fall")
        device.push([alone.document(one.to_json(), id=one.id)])
        waits_for(lambda: projected(alone) == 1)
        second = process.running
        assert second is not None
        if sys.platform != "win32":
            # systemd tells both at once; the hub may still be answering.
            second.terminate()
    assert first is not second
    assert second.wait(PATIENCE_SECONDS) == 0
    assert caplog.text.count("it begins again") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system for processes in its own way")
def test_a_hub_that_is_killed_leaves_no_process_behind(alone: RunningHub) -> None:
    """Killed, it cannot say goodbye: the end of the pipe says it."""
    program = (
        "import sys, time\n"
        "from intake_app.hub.following import FollowingProcess\n"
        "from intake_app.hub.settings import HubSettings\n"
        "with FollowingProcess(HubSettings(sys.argv[1])) as process:\n"
        "    while process.running is None: time.sleep(0.01)\n"
        "    print(process.running.pid, flush=True)\n"
        "    time.sleep(600)\n"
    )
    command = [sys.executable, "-c", program, alone.settings.database]
    # The follower holds the other end of this one too, until it ends.
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert int(parent.stdout.readline()) > 0
        parent.kill()
        assert parent.stdout.read() == ""

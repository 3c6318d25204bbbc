"""A real hub on a free port of this computer, and computers that join it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow.computers import Computer, computers
from tests.hub.hub_fixtures import RunningHub, running_hub


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(f"sqlite:///{tmp_path / 'hub.sqlite'}", "loopback") as running:
        yield running


@pytest.fixture
def pair(hub: RunningHub, tmp_path: Path) -> Iterator[list[Computer]]:
    """Two computers that have joined the hub."""
    with computers(hub, tmp_path, "here", "there") as both:
        for one in both:
            one.join()
        yield both


@pytest.fixture
def three(hub: RunningHub, tmp_path: Path) -> Iterator[list[Computer]]:
    """Amina, Sam and Zoë, each at a computer of their own that has joined the hub."""
    with computers(hub, tmp_path, "amina", "sam", "zoe") as found:
        for one, name in zip(found, ("Amina", "Sam", "Zoë"), strict=True):
            one.join()
            one.store.staff.add(name)
        yield found

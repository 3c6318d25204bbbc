"""A save is let before the slices of long work, and nobody waits for ever."""

import threading
from pathlib import Path

import pytest

from intake_app.store import turnstile
from intake_app.store.turnstile import Turnstile


def test_a_slice_begins_only_after_whoever_goes_first_has_the_lock(tmp_path: Path) -> None:
    order: list[str] = []
    looking = threading.Event()

    def slice_() -> None:
        looking.set()
        Turnstile(tmp_path).let_pass()
        order.append("slice")

    with Turnstile(tmp_path).going_first():
        thread = threading.Thread(target=slice_)
        thread.start()
        assert looking.wait(10)
        # Had it passed, it would be long done.
        thread.join(0.05)
        order.append("save")
    thread.join(10)
    assert order == ["save", "slice"]


def test_a_second_save_does_not_wait_for_the_first(tmp_path: Path) -> None:
    with Turnstile(tmp_path).going_first(), Turnstile(tmp_path).going_first():
        pass
    Turnstile(tmp_path).let_pass()


def test_a_hand_that_stays_up_stops_nobody_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turnstile, "_MOST_LOOKS", 3)
    with Turnstile(tmp_path).going_first():
        Turnstile(tmp_path).let_pass()

"""Work that overlaps nothing."""

import threading

import pytest

from intake_app.sync.in_turn import InTurn


def test_work_waits_until_its_result_is_asked_for_and_is_done_in_that_thread() -> None:
    done: list[object] = []
    later = InTurn().submit(lambda word: done.append((word, threading.current_thread())), "sent")
    assert done == []
    later.result()
    assert done == [("sent", threading.current_thread())]


def test_what_went_wrong_is_raised_to_whoever_asks() -> None:
    later = InTurn().submit(int, "no number")
    with pytest.raises(ValueError, match="no number"):
        later.result()

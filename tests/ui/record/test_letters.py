"""Letters typed fast around the keys that change the record, on the whole window and the real store."""

import pytest
from PySide6.QtTest import QTest

from intake_app.errors import DiskFull
from tests.ui.record.desk import Desk, parse


def burst(desk: Desk, *keys: str) -> None:
    """Keys as the system gives them to the window, with no turn of the event loop between them."""
    for key in keys:
        if len(key) == 1:
            QTest.keyClick(desk.shell.windowHandle(), key)
        else:
            QTest.keyClick(desk.shell.windowHandle(), *parse(key))


def test_letters_around_ctrl_n_are_in_the_record_that_was_open_when_they_were_pressed(desk: Desk) -> None:
    burst(desk, "a", "b", "Ctrl+N", "c", "d", "F9", "e", "F12", "F12", "f")
    desk.settle()
    desk.settle()
    desk.settle()
    assert sorted(one.last_words for one in desk.store.drafts.all()) == ["ab", "cd"]
    assert [one.narratives[0].text for one in desk.records()] == ["e"]
    assert desk.shell.narrative.words() == "f"


def test_letters_after_enter_on_a_parked_record_are_its_next_ones(desk: Desk) -> None:
    desk.type("First")
    desk.press("F9")
    desk.settle()
    desk.type("Second")
    desk.press("Shift+F9")
    desk.settle()
    burst(desk, "Return", "x")
    desk.settle()
    desk.settle()
    assert desk.shell.narrative.words() == "Firstx"
    assert [one.last_words for one in desk.store.drafts.all() if one.id != desk.draft.id] == ["Second"]


def test_on_a_full_disk_the_letters_after_ctrl_n_stay_with_the_record_that_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_draft: object) -> None:
        raise DiskFull(path="here")

    monkeypatch.setattr(desk.store.drafts, "keep", full)
    burst(desk, "a", "Ctrl+N", "b")
    desk.settle()
    assert desk.shell.narrative.words() == "ab"
    assert "NOT SAVED" in desk.find("saved_state").text()  # type: ignore[attr-defined]

"""Letters typed fast around the keys that change the record, on the whole window and the real store."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

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


def test_what_no_store_can_hold_is_pasted_as_a_sign_and_kept(desk: Desk) -> None:
    QApplication.clipboard().setText("a\x00b\ud800c\r\nd")
    desk.shell.narrative.paste()
    desk.press("Ctrl+S")
    desk.settle()
    words = desk.shell.narrative.words()
    assert words.startswith("a")
    assert words.endswith("c\nd")
    assert "\x00" not in words
    words.encode()
    (summary,) = desk.store.drafts.all()
    assert desk.store.drafts.load(summary.id).record.narratives[0].text == words


def test_a_clock_set_back_loses_no_word_and_orders_no_record_wrong(desk: Desk) -> None:
    desk.type("First")
    desk.press("Ctrl+S")
    desk.settle()
    desk.clock.forward(-3 * 60 * 60)
    desk.type(" and more")
    desk.press("F12", times=2)
    desk.settle()
    desk.type("Second")
    desk.press("F12", times=2)
    desk.settle()
    records = desk.records()
    assert sorted(one.narratives[0].text for one in records) == ["First and more", "Second"]
    by_text = {one.narratives[0].text: one.id for one in records}
    assert by_text["Second"] > by_text["First and more"]
    assert desk.store.check().findings == ()

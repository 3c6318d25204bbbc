"""The bar says state, reference and saving in words, and each of its buttons names its key."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.record.call_bar import CallBar


def make_bar(qtbot: QtBot) -> tuple[CallBar, list[str]]:
    done: list[str] = []
    bar = CallBar(done.append)
    qtbot.addWidget(bar)
    bar.show()
    return bar, done


def test_facts_stand_in_words(qtbot: QtBot) -> None:
    bar, _done = make_bar(qtbot)
    bar.show_state(lambda: "● On call")
    bar.show_reference(lambda: "Ref 123 456 789")
    bar.show_saved(lambda: "✓ Saved 10:14", "ok")
    assert (bar.state.text(), bar.reference.text(), bar.saved.text()) == (
        "● On call", "Ref 123 456 789", "✓ Saved 10:14",
    )  # fmt: skip


def test_each_button_does_what_its_key_does_and_shows_the_key(qtbot: QtBot) -> None:
    bar, done = make_bar(qtbot)
    keys = {"park": "F9", "new_record": "Ctrl+N", "rang_off": "Ctrl+R", "wrap_up": "F12"}
    for button in bar.findChildren(QPushButton):
        assert button.text().endswith(keys[button.accessibleIdentifier()])
        button.click()
    assert sorted(done) == sorted(keys)


def test_with_little_room_it_holds_the_others_too_and_gives_them_back(qtbot: QtBot) -> None:
    bar, _done = make_bar(qtbot)
    other = QPushButton("Danger")
    bar.set_stacked(True, (other,))
    bar.resize(300, 400)
    assert other.isVisible()
    assert bar.park.isVisible()
    assert bar.isAncestorOf(other)
    bar.set_stacked(False, ())
    assert bar.park.isVisible()
    assert bar.wrap_up.isVisible()

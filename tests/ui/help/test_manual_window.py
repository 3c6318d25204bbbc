"""The manual beside the call: pages found by words, read with keys, and the call left as it was."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.audit import audit, clipped
from ui.help import manual
from ui.help.manual_window import ManualWindow
from ui.translation import use_language


@pytest.fixture
def window(desk: Desk) -> ManualWindow:
    desk.type("She waited.")
    desk.window.help.open_manual()
    (found,) = desk.shell.findChildren(ManualWindow)
    desk.qtbot.waitUntil(found.isActiveWindow)
    turn()
    return found


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key) -> None:
    QTest.keyClick(focus(), key)
    turn()


def shown(window: ManualWindow) -> list[str]:
    results = window.finder.results
    return [results.item(row).text() for row in range(results.count())]


def test_it_opens_with_its_pages_listed_and_the_focus_in_the_search(window: ManualWindow) -> None:
    assert focus() is window.finder.line
    assert shown(window) == [page.title for page in manual.pages()]
    assert window.windowTitle() == "Intake manual"
    assert not window.isModal()
    assert not window.status.isVisible()
    assert audit(window) == []


def test_a_word_finds_its_pages_and_enter_reads_one(window: ManualWindow) -> None:
    QTest.keyClicks(window.finder.line, "recovery code")
    assert shown(window)[0] == "Your first day"
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert focus() is window.text
    assert window.text.accessibleName() == "Your first day"
    assert window.text.textCursor().position() == 0
    press(Qt.Key.Key_Down)
    assert window.text.textCursor().position() > 0


def test_esc_goes_back_to_the_pages_then_closes_and_the_call_is_as_it_was(
    desk: Desk, window: ManualWindow
) -> None:
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    assert focus() is window.finder.line
    press(Qt.Key.Key_Escape)
    assert not window.isVisible()
    desk.shell.activateWindow()
    desk.qtbot.waitUntil(desk.shell.isActiveWindow)
    assert desk.focused() == "narrative"
    assert desk.shell.narrative.words() == "She waited."


def test_a_second_time_the_same_window_comes_forward(desk: Desk, window: ManualWindow) -> None:
    desk.window.help.open_manual()
    assert desk.shell.findChildren(ManualWindow) == [window]


@pytest.mark.parametrize("page", manual.pages(), ids=lambda one: one.name)
def test_every_page_is_shown_as_text_and_no_picture_is_wider_than_it(
    window: ManualWindow, page: manual.Page
) -> None:
    window.show_page(page)
    turn()
    text = window.text.toPlainText()
    assert text.startswith(page.title)
    assert "](" not in text
    assert "**" not in text
    window.text.moveCursor(QTextCursor.MoveOperation.End)
    assert window.text.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut_off_at_large_text(window: ManualWindow, qapp: QApplication, percent: int) -> None:
    theme.apply(qapp, "light", percent)
    turn()
    assert clipped(window) == []


def test_in_a_language_from_right_to_left_the_english_text_stays_from_left(
    window: ManualWindow, qapp: QApplication, tmp_path: Path
) -> None:
    use_language(qapp, "ar-XB", tmp_path / "cache")
    assert window.text.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert window.windowTitle() != "Intake manual"
    assert clipped(window) == []


def test_a_page_that_somebody_adds_is_found_too(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Manual\n\n- [Two](two.md)\n- [One](one.md)\n", "utf-8")
    for name, title in (("one", "One"), ("two", "Two"), ("later", "Later")):
        (tmp_path / f"{name}.md").write_text(f"# {title}\n\nSee [One](one.md).\n", "utf-8")
    assert [page.name for page in manual.pages(tmp_path)] == ["README.md", "two.md", "one.md", "later.md"]
    assert "See One." in manual.pages(tmp_path)[1].text
    assert [page.title for page in manual.matching(manual.pages(tmp_path), "LATER")] == ["Later"]

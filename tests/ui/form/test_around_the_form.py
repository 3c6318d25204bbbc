"""The error summary, the section list and autosave."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.audit import audit
from ui.form.autosave import AUTOSAVE_DELAY_MS, AUTOSAVE_LONGEST_MS, Autosave
from ui.form.error_summary import ErrorSummary
from ui.form.section_list import SectionList, SectionState

Key = Qt.Key


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def window_with(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "light", 100)
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    for widget in widgets:
        layout.addWidget(widget)
    window.resize(400, 400)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_the_summary_takes_the_focus_and_each_link_goes_to_its_question(qtbot: QtBot) -> None:
    summary, ward, phone = ErrorSummary(), QLineEdit(), QLineEdit()
    for place, line in enumerate((ward, phone)):
        line.setAccessibleName(f"Line {place}")
        line.setAccessibleIdentifier(f"line_{place}")
    window = window_with(qtbot, summary, ward, phone)
    assert not summary.isVisible()
    summary.show_problems([("Say which ward", ward.setFocus), ("Look at R&D again", phone.setFocus)])
    assert focused().accessibleIdentifier() == "error_summary"
    heading = QAccessible.queryAccessibleInterface(focused())
    assert heading.text(QAccessible.Text.Name) == "There is a problem. 2 answers need attention."
    qtbot.keyClick(focused(), Key.Key_Tab)
    link = QAccessible.queryAccessibleInterface(focused())
    assert link.text(QAccessible.Text.Name) == "Say which ward"
    assert link.role() in (QAccessible.Role.Link, QAccessible.Role.PushButton)
    qtbot.keyClick(focused(), Key.Key_Tab)
    qtbot.keyClick(focused(), Key.Key_Return)
    assert focused() is phone
    assert audit(window) == []


def test_an_empty_summary_hides(qtbot: QtBot) -> None:
    summary = ErrorSummary()
    window = window_with(qtbot, summary)
    summary.show_problems([("One", lambda: None)])
    assert summary.count() == 1
    summary.show_problems([])
    assert summary.count() == 0
    assert window.isVisible()
    assert not summary.isVisible()


def test_sections_say_what_is_left_in_words(qtbot: QtBot) -> None:
    sections = SectionList()
    window = window_with(qtbot, sections)
    sections.set_sections(
        [SectionState("a", "Start", 0), SectionState("b", "Service", 2), SectionState("c", "Wrap up", 1, 1)]
    )
    spoken = [
        QAccessible.queryAccessibleInterface(sections).child(row).text(QAccessible.Text.Name)
        for row in range(3)
    ]
    assert spoken == ["Start, complete", "Service, 2 left", "Wrap up, 1 problem, 1 left"]
    assert "✓" in sections.item(0).text()
    assert "✓" not in sections.item(1).text()
    assert audit(window) == []


def test_arrows_read_the_sections_and_enter_opens_one(qtbot: QtBot) -> None:
    sections = SectionList()
    window = window_with(qtbot, sections)
    sections.set_sections([SectionState("a", "Start", 0), SectionState("b", "Service", 2)])
    opened: list[str] = []
    sections.chosen.connect(opened.append)
    sections.setFocus()
    qtbot.keyClick(sections, Key.Key_Down)
    assert opened == []
    qtbot.keyClick(sections, Key.Key_Return)
    assert opened == ["b"]
    assert window.isActiveWindow()


def test_the_current_section_stays_when_counts_or_sections_change(qtbot: QtBot) -> None:
    sections = SectionList()
    window = window_with(qtbot, sections)
    sections.set_sections([SectionState("a", "Start", 3), SectionState("b", "Service", 2)])
    sections.set_current("b")
    sections.set_sections([SectionState("a", "Start", 0), SectionState("b", "Service", 1)])
    assert sections.current_key() == "b"
    sections.set_sections(
        [SectionState("x", "Danger", 1), SectionState("a", "Start", 0), SectionState("b", "Service", 1)]
    )
    assert sections.current_key() == "b"
    assert window.isVisible()


def test_what_is_typed_is_kept_soon_after_the_last_key_and_never_late() -> None:
    assert AUTOSAVE_DELAY_MS == 800
    assert AUTOSAVE_LONGEST_MS + 800 <= 2000  # promise 1: on disk within two seconds


def test_autosave_keeps_once_after_the_last_key(qtbot: QtBot) -> None:
    kept: list[int] = []
    autosave = Autosave(lambda: kept.append(1), delay_ms=20, longest_ms=2000)
    autosave.touched()
    autosave.touched()
    qtbot.waitUntil(lambda: bool(kept))
    assert kept == [1]
    assert not autosave.waiting


def test_autosave_does_not_wait_for_somebody_who_never_pauses(qtbot: QtBot) -> None:
    kept: list[int] = []
    autosave = Autosave(lambda: kept.append(1), delay_ms=60_000, longest_ms=20)
    autosave.touched()
    qtbot.waitUntil(lambda: kept == [1])


def test_flush_keeps_at_once_and_only_what_waits(qtbot: QtBot) -> None:
    kept: list[int] = []
    autosave = Autosave(lambda: kept.append(1))
    autosave.flush()
    assert kept == []
    autosave.touched()
    autosave.flush()
    autosave.flush()
    assert kept == [1]
    autosave.touched()
    autosave.forget()
    autosave.flush()
    assert kept == [1]

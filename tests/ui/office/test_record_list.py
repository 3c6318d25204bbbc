"""Records are found again by words, reference, state and date, and every deed keeps the history."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QTableView

from intake_app.records import RecordState
from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.audit import audit, clipped
from ui.record_list.reason_dialog import ReasonDialog
from ui.record_list.table_model import RecordTableModel
from ui.translation import use_language


def finish(desk: Desk, story: str) -> str:
    """Takes a record down and returns its id."""
    desk.type(story)
    record_id = desk.draft.id
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    desk.clock.forward(60)
    return record_id


def open_list(desk: Desk) -> None:
    desk.press("Ctrl+L")
    desk.settle()


def shown(desk: Desk) -> list[str]:
    model = desk.window.list.model
    rows = [model.record(row) for row in range(model.rowCount())]
    return [row.first_words for row in rows if row is not None]


def look_for(desk: Desk, words: str) -> None:
    desk.press("Ctrl+F")
    desk.settle()
    desk.type(words)
    desk.press("Return")
    desk.settle()


def give_reason(reason: str) -> None:
    """Answers the next reason dialog as soon as it is shown."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReasonDialog)
        dialog.edit.setText(reason)
        dialog.accept() if reason else dialog.reject()

    QTimer.singleShot(0, answer)


def test_newest_record_comes_first_and_says_where_it_is(desk: Desk) -> None:
    finish(desk, "The ward was cold.")
    finish(desk, "The nurse was kind.")
    open_list(desk)
    assert shown(desk) == ["The nurse was kind.", "The ward was cold."]
    where = desk.window.list.model.index(0, RecordTableModel.WHERE).data()
    assert where == "On this computer, encrypted, not backed up yet"


@pytest.mark.parametrize("words", ["kind", "NURS", "the kind nurse"])
def test_record_is_found_by_its_words(desk: Desk, words: str) -> None:
    finish(desk, "The ward was cold.")
    finish(desk, "The nurse was kind.")
    look_for(desk, words)
    assert shown(desk) == ["The nurse was kind."]
    assert desk.last_said() == "1 record"


def test_record_is_found_by_the_reference_as_it_was_read_aloud(desk: Desk) -> None:
    record_id = finish(desk, "The ward was cold.")
    finish(desk, "The nurse was kind.")
    reference = desk.store.records.get(record_id).reference
    look_for(desk, f"{reference[:3]} {reference[3:6]} {reference[6:]}")
    assert shown(desk) == ["The ward was cold."]


def test_nothing_found_says_what_to_do(desk: Desk) -> None:
    finish(desk, "The ward was cold.")
    look_for(desk, "zebra")
    assert desk.last_said().startswith("No records match")
    assert desk.window.list.table.accessibleDescription().startswith("No records match")
    look_for(desk, "ward")
    assert desk.window.list.table.accessibleDescription() == "Enter opens the record."


def test_record_with_danger_stays_on_top_of_what_was_not_looked_for(desk: Desk) -> None:
    desk.press("F7")
    desk.press("Escape")
    finish(desk, "He has no food.")
    finish(desk, "The nurse was kind.")
    look_for(desk, "kind")
    assert shown(desk) == ["He has no food.", "The nurse was kind."]
    assert "Danger, open" in desk.window.list.model.index(0, RecordTableModel.STATE).data()


def test_draft_in_danger_is_on_top_too(desk: Desk) -> None:
    finish(desk, "The nurse was kind.")
    desk.press("F7")
    desk.press("Escape")
    desk.type("He has no food.")
    desk.press("F9")
    desk.settle()
    open_list(desk)
    assert shown(desk)[0] == "He has no food."


def test_date_that_cannot_be_read_is_told_and_the_list_stays(desk: Desk) -> None:
    finish(desk, "The nurse was kind.")
    open_list(desk)
    filters = desk.window.list.filters
    filters.earliest.setText("the day after")
    filters.changed.emit()
    desk.settle()
    assert "Error: Write a date" in filters.earliest.accessibleDescription()
    assert shown(desk) == ["The nurse was kind."]


def test_dates_of_receipt_narrow_the_list(desk: Desk) -> None:
    finish(desk, "The nurse was kind.")
    open_list(desk)
    filters = desk.window.list.filters
    filters.latest.setText("19 11 2026")
    filters.changed.emit()
    desk.settle()
    assert shown(desk) == []
    filters.latest.setText("20 11 2026")
    filters.changed.emit()
    desk.settle()
    assert shown(desk) == ["The nurse was kind."]


def test_selected_record_stays_selected_when_a_newer_one_arrives(desk: Desk) -> None:
    finish(desk, "The ward was cold.")
    open_list(desk)
    desk.window.show_record()
    finish(desk, "The nurse was kind.")
    open_list(desk)
    assert desk.window.list.table.currentIndex().row() == 1


def test_enter_opens_the_record_and_escape_leads_back_to_its_row(desk: Desk) -> None:
    finish(desk, "The nurse was kind.")
    open_list(desk)
    table = desk.window.list.table
    table.setFocus()
    desk.press("Return")
    desk.settle()
    assert "The nurse was kind." in desk.window.list.view.text.toPlainText()
    assert desk.focus() is desk.window.list.view.heading
    desk.press("Escape")
    assert isinstance(desk.focus(), QTableView)


def test_edit_makes_a_version_and_keeps_the_first(desk: Desk) -> None:
    record_id = finish(desk, "The nurse was kind.")
    open_list(desk)
    desk.window.list.show_record(record_id)
    desk.settle()
    desk.window.list.view.edit.click()
    desk.settle()
    desk.press("F4") if desk.focused() != "narrative" else None
    desk.press("Ctrl+End")
    desk.type(" Very kind.")
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    versions = desk.store.records.history(record_id)
    assert len(versions) == 2
    assert desk.store.records.version(versions[0].mutation).narratives[0].text == "The nurse was kind."
    assert desk.store.records.get(record_id).narratives[0].text == "The nurse was kind. Very kind."


def test_withdrawing_needs_a_reason_and_keeps_the_words(desk: Desk) -> None:
    record_id = finish(desk, "The nurse was kind.")
    open_list(desk)
    desk.window.list.show_record(record_id)
    desk.settle()
    give_reason("")
    desk.window.list.view.withdraw.click()
    desk.settle()
    assert desk.store.records.get(record_id).state is RecordState.FINISHED
    give_reason("She asked us to")
    desk.window.list.view.withdraw.click()
    desk.settle()
    record = desk.store.records.get(record_id)
    assert record.state is RecordState.WITHDRAWN
    assert record.narratives[0].text == "The nurse was kind."
    assert desk.last_said() == "Withdrawn"


def test_closing_the_danger_card_takes_the_record_off_the_top_and_keeps_the_card(desk: Desk) -> None:
    desk.press("F7")
    desk.press("Escape")
    record_id = finish(desk, "He has no food.")
    open_list(desk)
    desk.window.list.show_record(record_id)
    desk.settle()
    give_reason("The council was told at 10:20")
    desk.window.list.view.close_danger.click()
    desk.qtbot.waitUntil(lambda: not desk.window.list.view.close_danger.isVisible(), timeout=60_000)
    record = desk.store.records.get(record_id)
    assert record.danger is not None
    assert not record.in_danger
    assert not desk.window.list.view.close_danger.isVisible()


def test_erased_record_is_gone_from_the_list(desk: Desk) -> None:
    record_id = finish(desk, "The nurse was kind.")
    open_list(desk)
    desk.window.list.show_record(record_id)
    desk.settle()
    give_reason("She asked for it")
    desk.window.list.view.erase.click()
    desk.qtbot.waitUntil(lambda: shown(desk) == [], timeout=60_000)


def test_switching_the_language_keeps_rows_filters_and_focus(desk: Desk, qapp: QApplication) -> None:
    finish(desk, "The nurse was kind.")
    look_for(desk, "kind")
    use_language(qapp, "en-XA")
    turn()
    assert shown(desk) == ["The nurse was kind."]
    assert desk.window.list.filters.words.text() == "kind"
    assert desk.focus() is desk.window.list.filters.words


@pytest.mark.parametrize("page", ["list", "view"])
def test_list_and_record_pass_the_audit(desk: Desk, page: str) -> None:
    record_id = finish(desk, "The nurse was kind.")
    open_list(desk)
    if page == "view":
        desk.window.list.show_record(record_id)
        desk.settle()
    assert audit(desk.shell) == []


@pytest.mark.parametrize("language", ["en", "en-XA", "ar-XB"])
def test_nothing_is_cut_off_at_200_percent(
    make_desk: Callable[..., Desk], qapp: QApplication, language: str
) -> None:
    theme.apply(qapp, "light", 200)
    use_language(qapp, language)
    desk = make_desk()
    finish(desk, "The nurse was kind.")
    open_list(desk)
    assert clipped(desk.window.list) == []


@pytest.mark.parametrize("page", ["list", "view"])
def test_list_fits_a_small_screen_at_200_percent(
    make_desk: Callable[..., Desk], qapp: QApplication, page: str
) -> None:
    theme.apply(qapp, "light", 200)
    desk = make_desk(width=1366, height=720)
    record_id = finish(desk, "The nurse was kind.")
    open_list(desk)
    if page == "view":
        desk.window.list.show_record(record_id)
        desk.settle()
    assert desk.shell.minimumSizeHint().width() <= 1366
    assert desk.shell.minimumSizeHint().height() <= 720


def test_more_ways_to_find_come_when_they_are_wanted(desk: Desk) -> None:
    open_list(desk)
    filters = desk.window.list.filters
    assert not filters.state.isVisible()
    filters.more.click()
    assert filters.state.isVisible()
    assert filters.more.text() == "Fewer ways to find"
    assert audit(desk.shell) == []


def test_f6_goes_from_the_search_to_the_rows_and_stays_on_the_list(desk: Desk) -> None:
    finish(desk, "The nurse was kind.")
    desk.press("Ctrl+F")
    desk.settle()
    desk.press("F6")
    assert desk.focus() is desk.window.list.table
    desk.press("F6")
    assert desk.focus() is desk.window.list.filters.words


def test_a_record_with_an_enquiry_is_read_piece_by_piece_and_found_by_what_was_told(desk: Desk) -> None:
    desk.type("The ward was cold. How do I complain?")
    desk.press("Ctrl+Shift+I")
    desk.press("2")
    desk.press("Ctrl+3")
    desk.press("1")
    desk.press("Ctrl+Return")
    desk.type("Write to the matron first")
    record_id = desk.draft.id
    desk.press("F12", times=2)
    desk.settle()
    look_for(desk, "matron")
    assert shown(desk) == ["The ward was cold. How do I complain?"]
    desk.window.list.show_record(record_id)
    desk.settle()
    words = desk.window.list.view.text.toPlainText()
    assert words.index("Feedback 1") < words.index("Enquiry 2") < words.index("Asked for: Advice")
    assert "Given: Information" in words
    assert "Information given: Write to the matron first" in words


@pytest.mark.parametrize("percent", [100, 200, 250])
def test_where_it_is_and_the_height_of_rows_are_never_cut(
    desk: Desk, qapp: QApplication, percent: int
) -> None:
    finish(desk, "She waited six hours and nobody came to her in all that time.")
    theme.apply(qapp, "light", percent)
    open_list(desk)
    turn()
    table, where = desk.window.list.table, RecordTableModel.WHERE
    assert table.columnWidth(where) >= table.sizeHintForColumn(where)
    assert table.rowHeight(0) >= table.fontMetrics().height()
    if percent == 100:
        assert table.horizontalHeader().length() <= table.viewport().width()
        assert not table.horizontalScrollBar().isVisible()


def test_what_a_record_holds_does_not_push_where_it_is_out_of_sight(desk: Desk, qapp: QApplication) -> None:
    desk.type("The ward was cold. How do I complain?")
    desk.press("F7")
    desk.press("Esc")
    desk.press("Ctrl+Shift+I")
    desk.press("2")
    desk.settle()
    open_list(desk)
    turn()
    table = desk.window.list.table
    assert "feedback and enquiry" in str(desk.window.list.model.index(0, RecordTableModel.STATE).data())
    assert table.horizontalHeader().length() <= table.viewport().width()
    assert not table.horizontalScrollBar().isVisible()

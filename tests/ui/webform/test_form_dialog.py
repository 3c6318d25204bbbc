"""A file is read, its columns are put where they belong, its first records are shown, and all come once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from tests.intake_app.channels.webform.forms import FIRST, SECOND, TITLES, csv_file
from tests.ui.record.desk import Desk, turn
from ui.audit import audit
from ui.webform.answers_dialog import AnswersDialog
from ui.webform.column_dialog import ColumnDialog
from ui.webform.form_dialog import FormDialog
from ui.webform.responses_dialog import ResponsesDialog

LONGEST_MS = 60_000
ODD = ("103", "2026-03-11 09:30:00", "It was all right.", "Somewhere in between", "")


def opened(desk: Desk, file: Path) -> tuple[ResponsesDialog, FormDialog]:
    """Both steps, the second on top of the first."""
    first = ResponsesDialog(desk.workplace, desk.shell)
    desk.qtbot.addWidget(first)
    first.open()
    first.file.setText(str(file))
    first.start()
    desk.qtbot.waitUntil(lambda: first.findChild(FormDialog) is not None, timeout=LONGEST_MS)
    second = first.findChild(FormDialog)
    assert isinstance(second, FormDialog)
    desk.qtbot.waitExposed(second)
    turn()
    return first, second


@contextmanager
def worked(desk: Desk, dialog: FormDialog) -> Iterator[None]:
    """Until what is begun inside has come to an end, one way or another."""
    dialog.outcome.hide()
    dialog.problem.hide()
    yield
    desk.qtbot.waitUntil(lambda: dialog.outcome.isVisible() or dialog.problem.isVisible(), timeout=LONGEST_MS)
    desk.settle()


def child(desk: Desk, dialog: QDialog, kind: type[QDialog]) -> QDialog:
    desk.qtbot.waitUntil(lambda: dialog.findChild(kind) is not None, timeout=LONGEST_MS)
    found = dialog.findChild(kind)
    assert isinstance(found, kind)
    desk.qtbot.waitExposed(found)
    turn()
    return found


def test_responses_come_in_after_their_first_records_were_shown(desk: Desk, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "march.csv", [TITLES, FIRST, SECOND])
    first, dialog = opened(desk, file)
    assert (
        first.outcome.text()
        == "2 responses, 5 columns. Look at where each column goes before you bring it in."
    )
    assert audit(first) == []
    assert audit(dialog) == []
    assert "What happened?\u2069. The story: what they told." in dialog.columns.texts()[2]
    assert "The nurse was kind." in dialog.columns.texts()[2]
    dialog.name.setText("Our form")
    with worked(desk, dialog):
        dialog.start()
    assert dialog.outcome.text() == "It would be: 2 finished records."
    assert desk.records() == []
    assert "Nobody rang back." in dialog.preview.toPlainText()
    assert audit(dialog) == []
    with worked(desk, dialog):
        dialog.start()
    assert dialog.outcome.text() == "Brought in: 2 finished records."
    assert [one.channel for one in desk.records()] == ["web_form", "web_form"]


def test_a_form_is_known_again_and_brings_nothing_twice(desk: Desk, tmp_path: Path) -> None:
    _first, dialog = opened(desk, csv_file(tmp_path / "march.csv", [TITLES, FIRST]))
    dialog.name.setText("Our form")
    for _time in range(2):
        with worked(desk, dialog):
            dialog.start()
    dialog.reject()
    changed = ("101", "2026-03-09 10:15:00", "The nurse was very kind.", "Good experience", "")
    first, dialog = opened(desk, csv_file(tmp_path / "april.csv", [TITLES, changed, SECOND]))
    assert "Known as \u2068Our form\u2069" in first.outcome.text()
    assert dialog.name.text() == "Our form"
    with worked(desk, dialog):
        dialog.start()
    assert dialog.outcome.text() == "It would be: 1 finished record and 1 here reads otherwise now."
    (reference,) = (one.reference for one in desk.records())
    assert dialog.left_out.toPlainText().startswith("Row 2: it is here as record ")
    assert reference in dialog.left_out.toPlainText().replace(" ", "")


def test_a_person_says_where_a_column_goes_and_what_its_answers_mean(desk: Desk, tmp_path: Path) -> None:
    titles = (*TITLES[:2], "Anything else", "Kind of experience", TITLES[4])
    _first, dialog = opened(desk, csv_file(tmp_path / "march.csv", [titles, FIRST, ODD]))
    dialog.columns.go_to("2")
    assert "Kept in the record as it was written" in dialog.columns.texts()[2]
    dialog.change.click()
    column = child(desk, dialog, ColumnDialog)
    assert isinstance(column, ColumnDialog)
    assert audit(column) == []
    column.list.go_to("story")
    desk.press("Return")
    assert "The story" in dialog.columns.texts()[2]
    dialog.columns.go_to("3")
    assert "1 answer is no choice" in dialog.columns.texts()[3]
    dialog.answers.click()
    answers = child(desk, dialog, AnswersDialog)
    assert isinstance(answers, AnswersDialog)
    assert audit(answers) == []
    answers.meaning.setFocus()
    desk.press("Down", times=4)
    assert answers.list.texts() == ["“\u2068Somewhere in between\u2069”: Both good and bad experience"]
    answers._keep()
    assert "no choice" not in dialog.columns.texts()[3]
    for _time in range(2):
        with worked(desk, dialog):
            dialog.start()
    assert dialog.outcome.text() == "Brought in: 2 finished records."
    kinds = {one.items[0].value("experience_kind") for one in desk.records()}
    assert kinds == {"good", "both"}


def test_dates_that_can_be_read_in_two_ways_are_asked_about(desk: Desk, tmp_path: Path) -> None:
    row = ("101", "3/9/2026 10:15", *FIRST[2:])
    _first, dialog = opened(desk, csv_file(tmp_path / "march.csv", [TITLES, row]))
    assert dialog.dates.isVisible()
    dialog.start()
    assert "Say whether the day or the month comes first" in dialog.problem.text()
    assert desk.focused() == "form_day_first"
    assert audit(dialog) == []
    dialog._order.button(1).setChecked(True)
    for _time in range(2):
        with worked(desk, dialog):
            dialog.start()
    (record,) = desk.records()
    assert record.received.civil.isoformat() == "2026-03-09"


def test_what_needs_a_look_waits_in_the_list_and_says_why_when_it_is_read_back(
    desk: Desk, tmp_path: Path
) -> None:
    _first, dialog = opened(desk, csv_file(tmp_path / "march.csv", [TITLES, ODD, ("", "", "", "", "")]))
    for _time in range(2):
        with worked(desk, dialog):
            dialog.start()
    assert dialog.outcome.text() == "Brought in: 1 to look through, Shift+F9."
    (draft,) = desk.store.drafts.all()
    assert draft.parked is not None
    desk.window.record.calls.open_waiting(draft.id)
    desk.settle()
    shown = [one.text() for one in desk.shell.findChildren(QLabel) if one.isVisible()]
    assert "● Came by a web form: 1 answer to check, F8" in shown
    assert "To check, \u2068Kind of experience\u2069: “Somewhere in between” (none of the choices)" in (
        dialog_text(desk, draft.id)
    )


def dialog_text(desk: Desk, draft_id: str) -> str:
    from ui.record.read_back import rows

    return "\n".join(one.text for one in rows(desk.store.drafts.load(draft_id), desk.workplace.library))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty. Export the responses once more."),
        (b"%PDF-1.7 ", "is not a table that can be read. Export the responses as .csv or .xlsx."),
    ],
)
def test_a_file_that_is_no_table_is_told(desk: Desk, tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "it.csv"
    file.write_bytes(content)
    dialog = ResponsesDialog(desk.workplace, desk.shell)
    desk.qtbot.addWidget(dialog)
    dialog.open()
    dialog.start()
    assert "Choose a file" in dialog.problem.text()
    dialog.file.setText(str(file))
    dialog.start()
    desk.qtbot.waitUntil(lambda: words in dialog.problem.text(), timeout=LONGEST_MS)
    assert QApplication.focusWidget() is dialog.file

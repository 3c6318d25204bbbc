"""The office names who has checked a language, and gives the questions to a translator and takes them in."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from intake_app.forms.library import Library
from intake_app.forms.prompts import PromptStatus
from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.audit import audit
from ui.settings.wordings_dialog import WordingsDialog


@pytest.fixture
def library() -> Library:
    """One of its own: what an organisation says of its wordings stays in it."""
    return Library.shipped()


@pytest.fixture
def dialog(desk: Desk, library: Library) -> Iterator[WordingsDialog]:
    desk.workplace.library = library
    made = WordingsDialog(desk.workplace, desk.shell)
    made.show()
    desk.settle()
    yield made
    made.close()


def choose(dialog: WordingsDialog, tag: str) -> None:
    dialog.language.setCurrentIndex(dialog._tags.index(tag))
    turn()


def press(dialog: WordingsDialog, identifier: str) -> None:
    (button,) = [one for one in dialog.findChildren(type(dialog.deeds.itemAt(0).widget()))
                 if one.accessibleIdentifier() == identifier]  # fmt: skip
    button.click()


def test_a_named_reviewer_is_kept_for_everybody(desk: Desk, dialog: WordingsDialog, library: Library) -> None:
    choose(dialog, "pl")
    dialog.reviewer.setText("Ewa Nowak")
    press(dialog, "wording_keep")
    desk.settle()
    desk.settle()
    assert desk.last_said() == "Polish: kept, checked."
    assert library.wordings.status("pl") is PromptStatus.OFFICIAL
    assert dialog.language.currentText().endswith("✓ checked")
    (waiting,) = desk.store.wordings.all().approvals
    assert (waiting.reviewed_by, waiting.language) == ("Ewa Nowak", "pl")
    choose(dialog, "ur")
    assert dialog.reviewer.text() == ""
    choose(dialog, "pl")
    assert dialog.reviewer.text() == "Ewa Nowak"


def test_a_language_is_found_by_its_first_letters_and_read_in_the_language_of_the_screens(
    dialog: WordingsDialog,
) -> None:
    dialog.language.setFocus()
    QTest.keyClicks(dialog.language, "urd")
    assert dialog.language.currentText() == "Urdu · draft, not checked"
    shown = [dialog.language.itemText(row) for row in range(dialog.language.count())]
    assert not [one for one in shown if re.search("[\u0600-\u06ff\u2066-\u2069]", one)]
    assert dialog.drafts.accessibleDescription().startswith("Never shown unchecked: danger")


def test_a_translators_workbook_goes_out_and_comes_back(
    desk: Desk, dialog: WordingsDialog, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "pl.xlsx"
    choose(dialog, "pl")
    dialog.write(path)
    desk.settle()
    assert desk.last_said().endswith("texts written to \u2066pl.xlsx\u2069.")
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[4].value == "Good experience":
            row[5].value = "Było dobrze"
        elif row[4].value == "Question {number} of {total}":
            row[5].value = "Pytanie"
    book.save(path)
    book.close()
    dialog.take_in(path)
    desk.settle()
    assert ": 1 text" not in desk.last_said()
    assert "Left out (the words in braces differ: 1)" in desk.last_said()
    assert dialog.problem.isVisible()
    feedback = library.latest("feedback")
    question = feedback.question("experience_kind")
    good = question.choice("good")
    assert good is not None
    assert library.wordings.prompts(feedback, "pl").choice(question, good).text == "Było dobrze"


def test_another_file_is_refused_in_words(desk: Desk, dialog: WordingsDialog, tmp_path: Path) -> None:
    (tmp_path / "rubbish.xlsx").write_bytes(b"rubbish")
    dialog.take_in(tmp_path / "rubbish.xlsx")
    desk.settle()
    assert dialog.problem.isVisible()
    assert "cannot be" in dialog.problem.text()
    dialog.write(tmp_path / "nowhere" / "pl.xlsx")
    desk.settle()
    assert "cannot be written" in dialog.problem.text()


@pytest.mark.parametrize("size", [100, 200])
def test_the_dialog_passes_the_audit(
    desk: Desk, dialog: WordingsDialog, qapp: QApplication, size: int, make_desk: Callable[..., Desk]
) -> None:
    theme.apply(qapp, "light", size)
    turn()
    assert audit(dialog) == []
    assert dialog.minimumSizeHint().width() <= 1366
    assert dialog.minimumSizeHint().height() <= 720
    theme.apply(qapp, "light", 100)

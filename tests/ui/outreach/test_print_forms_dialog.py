"""Forms are printed, saved and looked at from the window, by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from intake_app.approvals import Approval
from intake_app.channels.outreach.paper import SIZES
from tests.ui.record.desk import LONG_ENOUGH_MS, Desk, turn
from ui import theme
from ui.audit import audit, clipped
from ui.outreach.preview import PreviewDialog
from ui.outreach.print_forms_dialog import PrintFormsDialog
from ui.translation import use_language


def opened(desk: Desk) -> PrintFormsDialog:
    dialog = desk.window._print_forms()
    assert isinstance(dialog, PrintFormsDialog)
    desk.window._open_dialog(dialog)
    desk.settle()
    desk.settle()
    return dialog


def told(desk: Desk, dialog: PrintFormsDialog) -> str:
    desk.qtbot.waitUntil(lambda: dialog.outcome.isVisible(), timeout=LONG_ENOUGH_MS)
    turn()
    return dialog.outcome.text()


def test_copies_are_saved_as_a_print_copy_and_the_next_number_and_address_are_kept(
    desk: Desk, tmp_path: Path
) -> None:
    dialog = opened(desk)
    dialog.count.setText("2")
    dialog.first.setText("12")
    dialog.reach.setPlainText("0300 000 0000")
    path = tmp_path / "forms.pdf"
    dialog.save_pdf(path)
    assert str(path) in told(desk, dialog)
    data = path.read_bytes()
    assert data.startswith(b"%PDF")
    pages = data.count(b"/Type /Page\n")
    assert pages > 20
    assert pages % 2 == 0, "two whole copies"
    dialog.close()
    again = opened(desk)
    assert again.first.text() == "14"
    assert again.reach.toPlainText() == "0300 000 0000"
    again.close()


def test_a_short_form_for_a_stall_is_a_few_pages(desk: Desk, tmp_path: Path) -> None:
    dialog = opened(desk)
    dialog.short.setChecked(True)
    dialog.equality.setChecked(False)
    path = tmp_path / "forms.pdf"
    dialog.save_pdf(path)
    assert str(path) in told(desk, dialog)
    assert path.read_bytes().count(b"/Type /Page\n") <= 5
    dialog.close()


def test_a_web_page_is_saved_in_the_language_and_size(desk: Desk, tmp_path: Path) -> None:
    desk.store.wordings.approve(Approval(language="ur", shows_drafts=True))
    dialog = opened(desk)
    dialog.choose_language("ur")
    dialog.letters.setCurrentIndex(SIZES.index(20))
    dialog.event_name.setText("Eid market")
    dialog.save_html(tmp_path / "forms.html")
    told(desk, dialog)
    page = (tmp_path / "forms.html").read_text("utf-8")
    assert '<html lang="ur" dir="rtl">' in page
    assert "20pt" in page
    assert "Eid market" in page
    assert "Healthwatch Exemplar" in page
    dialog.close()


def test_it_says_how_much_stays_english(desk: Desk) -> None:
    dialog = opened(desk)
    assert not dialog.told.isVisible()
    dialog.choose_language("ur")
    assert dialog.told.text().startswith("45 of 45 questions are in English")
    assert dialog.language.accessibleDescription() == dialog.told.text()
    dialog.equality.setChecked(False)
    assert dialog.told.text().startswith("29 of 29")
    dialog.close()


def test_it_is_painted_on_a_printer_page_by_page_and_can_be_stopped(desk: Desk, tmp_path: Path) -> None:
    dialog = opened(desk)
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.print_on(printer)
    assert dialog.focusWidget() is dialog.stop
    assert told(desk, dialog) == "Sent to the printer."
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    dialog.count.setText("500")
    dialog.print_on(printer)
    turn()
    dialog.reject()
    assert dialog.isVisible(), "the first Esc stops the printing"
    assert "Stopped" in told(desk, dialog)
    assert dialog.print.isEnabled()
    dialog.reject()
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("field", "words", "complaint"),
    [
        ("count", "0", "0 forms cannot be printed at once: write a number from 1 to 500."),
        ("count", "many", "many forms cannot be"),
        ("count", "", "write a number from 1 to 500"),
        ("first", "9999999", "Forms have numbers from 1 to 9999"),
    ],
)
def test_what_is_wrong_is_said_beside_it(desk: Desk, field: str, words: str, complaint: str) -> None:
    dialog = opened(desk)
    line = getattr(dialog, field)
    line.setText(words)
    dialog.print_on(QPrinter())
    said = dialog.problem.text().replace("\u2066", "").replace("\u2069", "")
    assert complaint in said
    assert dialog.focusWidget() is line
    assert line.text() == words
    dialog.close()


def test_a_folder_that_is_missing_is_said(desk: Desk, tmp_path: Path) -> None:
    dialog = opened(desk)
    dialog.save_html(tmp_path / "none" / "forms.html")
    desk.qtbot.waitUntil(lambda: dialog.problem.isVisible(), timeout=LONG_ENOUGH_MS)
    assert "forms.html" in dialog.problem.text()
    dialog.close()


def test_letters_that_no_font_has_are_said_before_anything_is_printed(desk: Desk) -> None:
    dialog = opened(desk)
    dialog.reach.setPlainText("a \U00013000")
    dialog.print_on(QPrinter())
    assert "no letters for" in dialog.problem.text()
    assert dialog.focusWidget() is dialog.reach
    dialog.close()


def test_the_preview_is_read_page_by_page(desk: Desk) -> None:
    dialog = opened(desk)
    dialog.look.click()
    desk.qtbot.waitUntil(lambda: dialog.findChild(PreviewDialog) is not None, timeout=LONG_ENOUGH_MS)
    preview = dialog.findChild(PreviewDialog)
    assert preview is not None
    turn()
    assert preview.text.accessibleName().startswith("Page 1 of ")
    first = preview.text.toPlainText()
    assert "What would you like to tell us" in first
    QTest.keyClick(preview.text, Qt.Key.Key_PageDown)
    assert preview.text.accessibleName().startswith("Page 2 of ")
    assert preview.picture.accessibleName() == preview.text.accessibleName()
    assert preview.text.toPlainText() != first
    QTest.keyClick(preview, Qt.Key.Key_PageUp)
    QTest.keyClick(preview, Qt.Key.Key_PageUp)
    assert preview.text.toPlainText() == first
    assert preview.status.text() == "There is no other page that way."
    assert audit(preview) == []
    assert clipped(preview) == []
    preview.close()
    dialog.close()


@pytest.mark.parametrize(
    ("language", "percent"), [("en", 100), ("en", 200), ("en-XA", 100), ("ar-XB", 100), ("en-XA", 200)]
)
def test_the_dialog_passes_the_audit_and_nothing_is_cut(
    desk: Desk, qapp: QApplication, language: str, percent: int
) -> None:
    theme.apply(qapp, "light", percent)
    use_language(qapp, language)
    turn()
    dialog = opened(desk)
    dialog.choose_language("ur")
    turn()
    assert audit(dialog) == []
    assert clipped(dialog) == []
    dialog.close()

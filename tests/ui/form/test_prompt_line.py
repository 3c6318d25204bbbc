"""Words in the person's language: whole letters, numbers in their order, nothing for an English voice."""

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from intake_app.forms.prompts import Prompt, PromptStatus
from ui.form.prompt_line import ForeignLabel, PromptLine, readable


def prompt(text: str, language: str, status: PromptStatus = PromptStatus.DRAFT) -> Prompt:
    return Prompt(text, "Have you told the service about this?", status, language)


@pytest.fixture
def page(qtbot: QtBot, app: QApplication) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    made.resize(600, 200)
    return made


@pytest.mark.parametrize("factor", [1.0, 2.5])
def test_no_letter_of_nastaliq_is_cut_at_the_edge(page: QWidget, factor: float) -> None:
    label = ForeignLabel(page)
    page.layout().addWidget(label)
    label.show_prompt(prompt("کیا آپ نے سروس والوں کو یہ بات بتائی ہے؟", "ur"), factor)
    page.show()
    image = label.grab().toImage()
    paper = image.pixel(2, 2)
    right = image.width() - 1
    assert {image.pixel(right, row) for row in range(image.height())} == {paper}
    rows, columns = range(0, image.height(), 3), range(0, image.width(), 3)
    assert any(image.pixel(column, row) != paper for row in rows for column in columns)


def test_groups_of_a_number_keep_their_order_between_words_from_right_to_left() -> None:
    assert readable(prompt("اتصل 116 123 الآن", "ar")) == "اتصل \u2066116 123\u2069 الآن"
    assert readable(prompt("Zadzwoń 116 123", "pl")) == "Zadzwoń 116 123"


def test_an_english_voice_has_nothing_to_read(page: QWidget) -> None:
    label = ForeignLabel(page)
    label.show_prompt(prompt("Czy placówka już o tym wie?", "pl"))
    assert label.accessibleName().strip() == ""
    assert label.text() == "Czy placówka już o tym wie?"


def test_narrow_lines_stand_one_above_the_other(page: QWidget) -> None:
    line = PromptLine("told_service", page)
    page.layout().addWidget(line)
    line.show_words("Say: “Have you told the service about this?”")
    line.show_prompt(prompt("Czy placówka już o tym wie?", "pl"), True)
    page.resize(1600, 200)
    page.show()
    QApplication.processEvents()
    foreign = line.findChild(ForeignLabel)
    assert foreign is not None
    assert foreign.mapTo(page, foreign.rect().topLeft()).x() > page.width() // 3
    page.resize(400, 300)
    QApplication.processEvents()
    assert foreign.mapTo(page, foreign.rect().topLeft()).x() < page.width() // 3

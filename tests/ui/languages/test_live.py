"""A switch turns what is on the screen, also what was filled in before: rows, lists, a record."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.languages.pages import show_as
from tests.ui.record.desk import Desk


def start(desk: Desk) -> None:
    desk.type("She waited six hours.")
    desk.choose_service("rose")
    desk.press("Ctrl+3")
    desk.press("2")


def test_the_read_back_is_in_the_new_language(desk: Desk, qapp: QApplication) -> None:
    start(desk)
    desk.press("F12")
    rows = desk.window.record.parts.wrap_up.rows
    key, english = rows.current_key(), rows.texts()
    assert any(one.startswith("Kind of experience: ") for one in english)

    show_as(qapp, ("pl", 100))

    assert not set(rows.texts()) & set(english)
    assert len(rows.texts()) == len(english)
    assert rows.current_key() == key


def test_the_list_and_a_record_are_in_the_new_language(desk: Desk, qapp: QApplication) -> None:
    start(desk)
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    record = desk.records()[0]
    desk.press("Ctrl+L")
    desk.settle()
    table = desk.window.list.model

    def cells() -> list[str]:
        return [str(table.index(0, column).data()) for column in range(table.COLUMNS)]

    assert "Phone" in cells()
    show_as(qapp, ("pl", 100))
    assert "Phone" not in cells()
    assert "Telefon" in cells()
    desk.window.list.show_record(record.id)
    desk.settle()
    shown = desk.find("record_text").toPlainText()  # type: ignore[attr-defined]
    assert "How it came in" not in shown
    assert "Kind of experience" not in shown
    assert "Telefon" in shown


@pytest.mark.parametrize(("language", "comma"), [("ur", "، "), ("pl", ", ")])
def test_parts_of_a_line_stand_apart_as_the_language_does_it(
    desk: Desk, qapp: QApplication, language: str, comma: str
) -> None:
    show_as(qapp, (language, 100))
    desk.press("F7")
    desk.settle()
    contacts = desk.window.record.parts.danger_card.numbers.texts()
    assert comma in contacts[0]


@pytest.mark.parametrize("language", ["ur", "ar"])
def test_no_colon_follows_a_question_mark(desk: Desk, qapp: QApplication, language: str) -> None:
    start(desk)
    show_as(qapp, (language, 100))
    desk.press("F12")
    rows = desk.window.record.parts.wrap_up.rows.texts()
    assert len(rows) > 3
    assert not [one for one in rows if "؟:" in one]
    desk.press("F12")
    desk.settle()
    record = desk.records()[0]
    desk.press("Ctrl+L")
    desk.window.list.show_record(record.id)
    desk.settle()
    shown = desk.find("record_text").toPlainText()  # type: ignore[attr-defined]
    assert "؟ " in shown
    assert "؟:" not in shown


def test_what_is_wrong_with_an_answer_is_said_in_the_language_of_the_screens(
    desk: Desk, qapp: QApplication
) -> None:
    start(desk)
    show_as(qapp, ("pl", 100))
    desk.press("F12")
    desk.press("Esc")
    desk.press("Ctrl+1")
    form = desk.window.record.parts.form_pane.form
    assert form is not None
    said = [one.text() for one in form.findChildren(QLabel) if "Powiedziano" in one.text()]
    assert any("Odpowiedz na „" in one for one in said), said


def test_a_number_in_a_story_from_right_to_left_is_read_back_in_its_order(
    desk: Desk, qapp: QApplication
) -> None:
    show_as(qapp, ("ur", 100))
    desk.shell.narrative.insertPlainText("میں نے 0113 496 0000 پر فون کیا۔")
    desk.press("F12")
    assert "\u20660113 496 0000\u2069" in desk.window.record.parts.wrap_up.rows.texts()[0]
    assert desk.draft.record.narratives[0].text == "میں نے 0113 496 0000 پر فون کیا۔"

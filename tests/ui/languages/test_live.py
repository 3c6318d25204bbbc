"""A switch turns what is on the screen, also what was filled in before: rows, lists, a record."""

import pytest
from PySide6.QtWidgets import QApplication

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

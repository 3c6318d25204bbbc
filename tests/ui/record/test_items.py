"""Several pieces in one record, each with its own services, topics and feelings."""

from tests.ui.record.desk import Desk


def test_two_pieces_have_services_of_their_own(desk: Desk) -> None:
    desk.type("The surgery was kind, the home was not.")
    desk.choose_service("rosewood")
    desk.press("Ctrl+Shift+N")
    assert desk.focused() == "service_search"
    desk.choose_service("rose lo")
    desk.press("Ctrl+J")
    assert "Piece 1 of 2" in desk.last_said()
    desk.press("F12", times=2)
    (record,) = desk.records()
    names = [[one.name for one in item.services] for item in record.items]
    assert names == [["Rosewood Surgery"], ["Rose Lodge"]]
    assert {item.narratives for item in record.items} == {(record.narratives[0].id,)}


def test_a_removed_piece_is_put_back_with_its_answers(desk: Desk) -> None:
    desk.choose_service("rosewood")
    desk.press("Ctrl+Shift+N")
    desk.choose_service("rose lo")
    desk.window.record.act("remove_item")
    assert len(desk.draft.record.items) == 1
    desk.find("put_back_item").click()  # type: ignore[attr-defined]
    assert [one.services[0].name for one in desk.draft.record.items] == ["Rosewood Surgery", "Rose Lodge"]


def test_the_only_piece_stays(desk: Desk) -> None:
    desk.window.record.act("remove_item")
    assert len(desk.draft.record.items) == 1
    assert "only piece" in desk.last_said()


def test_one_section_of_one_piece_is_in_the_window(desk: Desk) -> None:
    from PySide6.QtWidgets import QWidget

    desk.press("Ctrl+Shift+N")
    desk.press("Ctrl+3")
    found = [one.accessibleIdentifier() for one in desk.shell.findChildren(QWidget)]
    questions = [one for one in found if one in desk.workplace.library.latest("feedback").by_id]
    assert len(questions) == len(set(questions))
    assert "services" not in questions

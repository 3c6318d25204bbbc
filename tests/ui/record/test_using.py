"""One key takes words of relay turns over, another finds the turns again."""

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from intake_app.drafting import story
from intake_app.records import Answer, Source
from tests.ui.record.desk import Desk, turn

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing", extend=True)


def with_turns(desk: Desk, *words: str) -> None:
    desk.window.record.relay.switch_on()
    desk.settle()
    for one in words:
        desk.type(f"{one} GA")
        desk.press("Return")
        desk.window.record.act("relay_said")


def use(desk: Desk, words: str) -> None:
    desk.press("Ctrl+Shift+U")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if words in one.text()).trigger()
    menu.close()
    turn()


def test_the_turn_that_an_answer_was_taken_from_is_chosen_again(desk: Desk) -> None:
    with_turns(desk, "THE WARD WAS COLD", "NOBODY CAME")
    pane = desk.window.record.relay.pane
    assert pane is not None
    first = desk.draft.record.turns[0]
    item = desk.draft.record.items[0].id
    desk.window.record.open_record.answer(f"item:{item}", "experience_kind", Answer(value="bad"))
    pane.choose([first.id])
    use(desk, "Part of service")
    answer = desk.draft.record.items[0].answers["service_part"]
    assert (answer.value, answer.source) == ("THE WARD WAS COLD", Source.NARRATIVE)
    (passage,) = answer.taken_from
    assert (passage.turn, passage.start, passage.end) == (first.id, 0, len("THE WARD WAS COLD"))
    pane.choose([desk.draft.record.turns[2].id])
    section = next(
        one
        for one in desk.window.record.display.sections()
        if "service_part" in {held.id for held in one.question_set.in_group(one.group)}
    )
    desk.window.record.navigation.go_to_question(section.key, "service_part")
    turn()
    assert desk.focused() == "service_part"
    desk.press("Ctrl+Shift+M")
    assert desk.focused() == "relay_log"
    assert pane.selected() == (first.id,)
    assert desk.last_said() == "Taken from this turn."
    desk.press("Ctrl+Shift+M")
    assert desk.focused() == "service_part"


def test_turns_in_the_story_are_noted_and_staffs_own_are_not(desk: Desk) -> None:
    with_turns(desk, "THE WARD WAS COLD", "NOBODY CAME")
    pane = desk.window.record.relay.pane
    assert pane is not None
    turns = desk.draft.record.turns
    pane.choose([one.id for one in turns])
    use(desk, "What they said")
    told = story(desk.draft)
    assert told is not None
    assert told.text == "THE WARD WAS COLD\nNOBODY CAME"
    assert [one.turn for one in told.taken_from] == [turns[0].id, turns[2].id]
    desk.shell.narrative.setFocus()
    desk.press("Ctrl+Shift+M")
    assert desk.last_said() == "Taken from these 2 turns."
    assert pane.selected() == (turns[0].id, turns[2].id)


def test_where_the_focus_is_on_no_answer_it_says_what_to_do(desk: Desk) -> None:
    desk.find("park").setFocus()
    desk.press("Ctrl+Shift+M")
    assert "Go to an answer" in desk.last_said()

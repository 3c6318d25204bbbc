"""Reading back and wrapping up: what was never said is asked once more, and Finish always works."""

from PySide6.QtWidgets import QWidget

from tests.ui.record.desk import Desk
from ui.record.rows import Rows


def rows(desk: Desk) -> list[str]:
    found = desk.find("read_back_rows")
    assert isinstance(found, Rows)
    return found.texts()


def test_the_read_back_has_the_story_and_every_answer(desk: Desk) -> None:
    desk.type("She waited six hours.")
    desk.choose_service("rose lo")
    desk.press("Ctrl+3")
    desk.press("2")
    desk.press("F8")
    assert "answers" in desk.last_said()
    shown = rows(desk)
    assert "She waited six hours." in shown[0]
    assert any("Rose Lodge" in row for row in shown)
    assert any("Bad experience" in row for row in shown)
    assert desk.focused() == "read_back_rows"


def test_enter_on_a_row_changes_it_and_esc_comes_back_to_the_row(desk: Desk) -> None:
    desk.choose_service("rose lo")
    desk.press("Ctrl+3")
    desk.press("2")
    desk.press("F8")
    shown = rows(desk)
    place = next(number for number, row in enumerate(shown) if "Bad experience" in row)
    desk.press("Home")
    desk.press("Down", times=place)
    desk.press("Return")
    assert desk.focused().startswith("experience_kind")
    desk.press("1")
    desk.press("Esc")
    assert desk.focused() == "read_back_rows"
    assert "Good experience" in rows(desk)[place]
    assert desk.find("read_back_rows").currentIndex().row() == place  # type: ignore[attr-defined]


def test_the_summary_takes_the_focus_and_its_links_lead_to_the_questions(desk: Desk) -> None:
    desk.type("She waited.")
    desk.press("F12")
    assert desk.focused() == "error_summary"
    desk.press("Tab", times=3)
    assert desk.focused() == "error_summary.3"
    desk.press("Return")
    assert desk.focused().startswith("experience_kind")


def test_danger_and_confidentiality_are_asked_at_wrap_up_if_not_said(desk: Desk) -> None:
    desk.type("She waited.")
    desk.press("F12")
    desk.press("Tab")
    desk.press("Return")
    assert desk.focused().startswith("confidentiality_said")
    desk.press("Space")
    form = desk.window.record.parts.wrap_up._form
    assert form is not None
    form.focus_question("danger_asked")
    desk.press("1")
    desk.press("F12")
    (record,) = desk.records()
    assert record.frame.value("confidentiality_said")
    assert record.frame.value("danger_asked") == "no_danger_said"
    said = desk.workplace.library.latest("frame").wording("en").sha256
    assert record.frame.answers["danger_asked"].wording == said


def test_what_was_said_during_the_call_is_not_asked_again(desk: Desk) -> None:
    desk.type("She waited.")
    desk.press("F11")
    desk.press("F7", times=2)
    desk.press("F12")
    shown = {one.accessibleIdentifier() for one in desk.shell.findChildren(QWidget)}
    assert "danger_asked" not in shown
    assert "confidentiality_said" not in shown


def test_esc_leaves_the_wrap_up_and_the_call_goes_on(desk: Desk) -> None:
    desk.type("She waited.")
    desk.press("F12")
    desk.press("Esc")
    assert desk.focused() == "narrative"
    desk.type(" Long.")
    assert desk.shell.narrative.words() == "She waited. Long."
    desk.press("F12")
    assert desk.records() == []


def test_the_form_is_the_same_widget_after_the_wrap_up(desk: Desk) -> None:
    desk.press("F2")
    desk.type("rose")
    field = desk.focus()
    desk.press("F12")
    desk.press("F8")
    desk.press("Esc")
    desk.press("Esc")
    assert field.isVisible()

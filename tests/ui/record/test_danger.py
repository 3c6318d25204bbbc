"""The danger card: one key away, in the way of nothing, and back to the exact place."""

from PySide6.QtWidgets import QLabel, QLineEdit

from tests.ui.record.desk import Desk
from ui.record.rows import Rows


def test_the_card_opens_from_the_story_and_goes_back_to_the_very_place(desk: Desk) -> None:
    desk.type("She is on the roof.")
    desk.press("Left", times=6)
    desk.press("F7")
    assert desk.focused() == "danger_card_heading"
    desk.press("F7")
    assert desk.focused() == "narrative"
    assert desk.shell.narrative.textCursor().position() == len("She is on the roof.") - 6


def test_the_card_opens_from_an_answer_and_comes_back_into_it(desk: Desk) -> None:
    desk.press("F2")
    desk.type("rose lodge")
    desk.press("Left", times=3)
    field = desk.focus()
    assert isinstance(field, QLineEdit)
    desk.press("F7")
    desk.press("Esc")
    assert desk.focus() is field
    assert field.text() == "rose lodge"
    assert field.cursorPosition() == 7


def test_the_card_comes_back_to_the_wrap_up_it_was_opened_from(desk: Desk) -> None:
    desk.type("Words.")
    desk.press("F12")
    desk.press("F7")
    desk.press("Esc")
    assert desk.find("finish").isVisible()
    desk.press("F12")
    (record,) = desk.records()
    assert record.in_danger


def test_whom_to_ring_is_on_the_card_from_data(desk: Desk) -> None:
    desk.press("F7")
    numbers = desk.find("danger_numbers")
    assert isinstance(numbers, Rows)
    shown = "\n".join(numbers.texts())
    for words in ("999", "18000", "BSL", "111", "option 2", "116 123"):
        assert words in shown


def test_a_mark_of_danger_is_on_disk_and_on_top_as_a_draft_with_no_name_and_no_answer(desk: Desk) -> None:
    desk.press("F7")
    desk.settle()
    (draft,) = desk.store.drafts.all()
    assert draft.danger
    from intake_app.store.summaries import RecordQuery

    page = desk.store.records.find(RecordQuery(words="nothing like this"))
    assert [row.id for row in page.danger] == [draft.id]


def test_the_council_chosen_shows_its_number_or_that_the_list_has_none(desk: Desk) -> None:
    from intake_app.records import Answer

    desk.press("F7")
    desk.window.record.open_record.answer("danger", "council", Answer(value="barnet"))
    label = desk.find("council_safeguarding")
    assert isinstance(label, QLabel)
    assert "Barnet" in label.text()
    assert "no safeguarding number" in label.text()


def test_without_a_mark_nothing_says_that_there_is_no_risk(desk: Desk) -> None:
    button = desk.find("danger")
    assert button.text() == "Danger: not asked  F7"  # type: ignore[attr-defined]
    for label in desk.shell.findChildren(QLabel):
        assert "no risk" not in label.text().lower()


def test_a_mark_by_mistake_can_be_taken_away(desk: Desk) -> None:
    desk.type("Words.")
    desk.press("F7")
    desk.find("danger_unmark").click()  # type: ignore[attr-defined]
    desk.settle()
    assert desk.draft.record.danger is None
    assert "danger_asked" not in desk.draft.record.frame.answers
    assert desk.focused() == "narrative"


def test_a_closed_card_says_who_closed_it_and_f7_opens_it_again(desk: Desk) -> None:
    desk.type("Words.")
    desk.press("F7")
    desk.find("danger_close").click()  # type: ignore[attr-defined]
    desk.settle()
    danger = desk.draft.record.danger
    assert danger is not None
    assert danger.closed is not None
    assert danger.closed_by == desk.store.staff.all()[0].id
    assert not desk.draft.record.in_danger


def test_answers_on_the_card_are_kept(desk: Desk) -> None:
    desk.press("F7")
    card = desk.window.record.parts.danger_card
    assert card.form is not None
    card.form.focus_question("where_now")
    desk.type("Flat 3, the roof")
    desk.press("F7")
    desk.press("Ctrl+S")
    desk.settle()
    (summary,) = desk.store.drafts.all()
    kept = desk.store.drafts.load(summary.id)
    assert kept.record.danger is not None
    assert kept.record.danger.value("where_now") == "Flat 3, the roof"

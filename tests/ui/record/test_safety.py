"""F7 and F11 are one key away from everywhere, do at once what they say, and can be undone."""

from intake_app.store.summaries import RecordQuery
from tests.ui.record.desk import Desk


def test_confidentiality_is_said_in_words_and_taken_back(desk: Desk) -> None:
    desk.press("F11")
    assert desk.last_said().startswith("Confidentiality: said. ")
    assert len(desk.last_said().removeprefix("Confidentiality: said. ").split()) <= 25
    desk.press("F11")
    assert desk.last_said() == "Confidentiality: not said"


def test_danger_is_marked_on_disk_by_one_key_without_a_word_typed(desk: Desk) -> None:
    desk.press("F7")
    desk.settle()
    (draft,) = desk.store.drafts.all()
    assert draft.danger
    assert desk.focused() == "danger_card_heading"
    assert desk.focus().text().startswith("Danger, marked")  # type: ignore[attr-defined]


def test_danger_after_a_finished_record_is_of_the_new_one(desk: Desk) -> None:
    desk.type("Kind nurse")
    desk.press("F12", times=2)
    desk.settle()
    desk.press("F7")
    desk.settle()
    (row,) = desk.store.records.find(RecordQuery(include_drafts=False)).rows
    assert desk.store.records.get(row.id).danger is None
    assert desk.draft.record.danger is not None
    assert desk.draft.id != row.id
    assert desk.focused() == "danger_card_heading"


def test_danger_said_in_an_answer_is_told_and_opens_nothing(desk: Desk) -> None:
    desk.type("He said it")
    desk.window.record.navigation.go_to_question("frame/wrap_up", "danger_asked")
    desk.window.record.open_record.danger_said.emit()
    assert desk.last_said() == "Danger is marked. F7 opens the danger card."
    assert desk.window.record.parts.centre.current() is desk.window.record.parts.form_pane

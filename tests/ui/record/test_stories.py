"""A story in any language, and what the person said beside what the interpreter said, by keys alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextBlock
from PySide6.QtWidgets import QApplication

from intake_app.records import Narrative, NarrativeKind
from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.audit import audit, clipped
from ui.narrative import NarrativeBox
from ui.translation import use_language

ENGLISH, URDU = "She waited three hours.", "انہوں نے تین گھنٹے انتظار کیا۔"
MIXED = f"{URDU}\n\nDr Smith said “10 o’clock”.\n(0113) 496 0000 پر فون کیا"
VERBATIM, INTERPRETED = NarrativeKind.VERBATIM, NarrativeKind.INTERPRETED


def paste(desk: Desk, words: str) -> None:
    box = desk.focus()
    assert isinstance(box, NarrativeBox)
    box.insertPlainText(words)
    turn()


def told(desk: Desk) -> tuple[Narrative, ...]:
    return desk.draft.record.narratives


def choose_language(desk: Desk, letters: str) -> None:
    """In the panel that is open: a few letters, into the list, Enter."""
    assert desk.focused() == "story_language_search"
    if letters.isascii():
        desk.type(letters)
    else:
        compose(desk, ready=letters)
    desk.press("Return", times=2)


def test_a_story_is_english_and_the_persons_own_unless_somebody_says_otherwise(desk: Desk) -> None:
    desk.type(ENGLISH)
    (story,) = told(desk)
    assert (story.language, story.kind, story.speaker) == ("en", VERBATIM, "person")
    assert desk.shell.narrative.accessibleName() == "What they said"
    assert desk.window.record.parts.story.second is None, "one box, until another is asked for"


@pytest.mark.parametrize("letters", ["urd", "اردو"])
def test_language_is_set_with_a_few_keys_and_the_focus_comes_back(desk: Desk, letters: str) -> None:
    paste(desk, URDU)
    desk.press("Ctrl+Shift+G")
    choose_language(desk, letters)
    assert desk.focused() == "narrative"
    assert desk.last_said() == "What they said, in Urdu"
    assert desk.shell.narrative.accessibleName() == "What they said, in Urdu"
    (story,) = told(desk)
    assert (story.language, story.text) == ("ur", URDU)
    desk.press("Ctrl+Shift+G")
    desk.press("Ctrl+Shift+G")
    assert desk.focused() == "narrative", "the same key goes back"


def test_english_again_leaves_no_trace(desk: Desk) -> None:
    desk.type(ENGLISH)
    before = told(desk)
    for letters in ("polski", "english"):
        desk.press("Ctrl+Shift+G")
        choose_language(desk, letters)
    assert told(desk) == before


def test_what_is_hardly_written_is_written_in_what_its_speakers_read(desk: Desk) -> None:
    desk.press("Ctrl+Shift+G")
    choose_language(desk, "sylh")
    (story,) = told(desk)
    assert (story.language, story.spoken) == ("bn", "syl")
    assert desk.last_said() == "What they said, in Bengali. Bengali, Sylheti is not usually written."
    desk.press("Ctrl+Shift+G")
    choose_language(desk, "bsl")
    (story,) = told(desk)
    assert (story.language, story.spoken) == ("en", "bfi")


def test_whose_words_they_are_is_said_in_the_same_panel(desk: Desk) -> None:
    desk.type(ENGLISH)
    desk.press("Ctrl+Shift+G")
    desk.press("Tab")
    assert desk.focused() == f"story_kind.{VERBATIM}"
    desk.press("Down")
    desk.press("Esc")
    assert desk.focused() == "narrative"
    (story,) = told(desk)
    assert (story.kind, story.speaker) == (INTERPRETED, "interpreter")
    assert desk.shell.narrative_label.text() == "What the interpreter said"


def test_the_original_stands_beside_what_the_interpreter_said(desk: Desk) -> None:
    desk.type(ENGLISH)
    desk.press("Ctrl+Shift+O")
    choose_language(desk, "urd")
    assert desk.focused() == "narrative_beside"
    paste(desk, URDU)
    said, original = told(desk)
    assert (said.text, said.language, said.kind) == (ENGLISH, "en", INTERPRETED)
    assert (original.text, original.language, original.kind) == (URDU, "ur", VERBATIM)
    assert (said.derived_from, original.derived_from) == (original.id, "")
    assert said.by == original.by != ""
    assert desk.draft.record.items[0].narratives == (said.id, original.id)


def test_beside_a_story_in_another_language_stands_what_the_interpreter_said(desk: Desk) -> None:
    paste(desk, URDU)
    desk.press("Ctrl+Shift+G")
    choose_language(desk, "urd")
    assert desk.find("story_beside").text() == "Add what the interpreter said"  # type: ignore[attr-defined]
    desk.press("Ctrl+Shift+O")
    assert desk.focused() == "narrative_beside"
    assert desk.last_said() == "What the interpreter said"
    desk.type(ENGLISH)
    original, said = told(desk)
    assert (original.kind, said.kind, said.language) == (VERBATIM, INTERPRETED, "en")
    assert said.derived_from == original.id


def test_both_are_on_the_disk_and_come_back_with_carets_and_focus(desk: Desk) -> None:
    desk.type(ENGLISH)
    desk.press("Ctrl+Shift+O")
    choose_language(desk, "urd")
    paste(desk, URDU)
    desk.press("Left", times=3)
    draft_id, place = desk.draft.id, desk.focus().textCursor().position()  # type: ignore[attr-defined]
    desk.press("F9")
    desk.qtbot.waitUntil(
        lambda: desk.window.record.parts.story.boxes() == (desk.shell.narrative,), timeout=10_000
    )
    desk.settle()
    assert desk.focused() == "narrative"
    assert [one.text for one in desk.store.drafts.load(draft_id).record.narratives] == [ENGLISH, URDU]
    desk.type("Another call")
    desk.press("Shift+F9")
    desk.settle()
    desk.press("Return")
    desk.qtbot.waitUntil(lambda: desk.focused() == "narrative_beside", timeout=10_000)
    box = desk.focus()
    assert isinstance(box, NarrativeBox)
    assert (box.words(), box.textCursor().position()) == (URDU, place)
    assert desk.shell.narrative.words() == ENGLISH


def test_the_second_text_is_saved_by_itself_like_the_first(desk: Desk) -> None:
    desk.type(ENGLISH)
    desk.press("Ctrl+Shift+O")
    choose_language(desk, "pol")
    paste(desk, "Czekała")
    desk.qtbot.waitUntil(lambda: bool(desk.store.drafts.all()), timeout=10_000)
    desk.qtbot.waitUntil(
        lambda: desk.store.drafts.load(desk.draft.id).record.narratives[-1].text == "Czekała", timeout=10_000
    )


def test_f4_goes_through_both_and_back(desk: Desk) -> None:
    desk.press("Ctrl+Shift+O")
    choose_language(desk, "urd")
    desk.press("F2")
    field = desk.focus()
    seen = []
    for _time in range(2):
        desk.press("F4")
        seen.append(desk.focused())
    assert seen == ["narrative", "narrative_beside"]
    desk.press("F4")
    assert desk.focus() is field


def test_time_stamp_and_quick_code_go_where_somebody_types(desk: Desk) -> None:
    desk.press("Ctrl+Shift+O")
    choose_language(desk, "urd")
    desk.press("Ctrl+Shift+T")
    desk.press("Ctrl+.")
    desk.press("Down")
    desk.press("Return")
    assert desk.focused() == "narrative_beside"
    first, second = told(desk)
    assert first.text == ""
    assert second.text.startswith("[10:14] ")
    assert len(second.text) > len("[10:14] ")


def test_an_empty_second_text_is_taken_away_and_one_with_words_stays(desk: Desk) -> None:
    desk.type(ENGLISH)
    before = told(desk)
    desk.press("Ctrl+Shift+O")
    desk.press("Esc")
    assert desk.focused() == "narrative_beside"
    desk.press("Ctrl+Shift+O")
    assert desk.focused() == "narrative"
    assert told(desk) == before
    assert desk.last_said() == "One text: What they said"
    desk.press("Ctrl+Shift+O")
    choose_language(desk, "urd")
    paste(desk, URDU)
    desk.press("Ctrl+Shift+O")
    assert desk.last_said() == "The second text has words. It stays."
    assert [one.text for one in told(desk)] == [ENGLISH, URDU]


def test_the_language_that_the_person_is_asked_in_need_not_be_said_again(desk: Desk) -> None:
    desk.press("Ctrl+Shift+W")
    desk.type("urdu")
    desk.press("Return", times=2)
    desk.settle()
    desk.shell.activateWindow()  # a screen without a window manager activates no window by itself
    desk.qtbot.waitUntil(desk.shell.isActiveWindow)
    desk.shell.narrative.setFocus()
    desk.type(ENGLISH)
    desk.press("Ctrl+Shift+O")
    assert desk.focused() == "narrative_beside"
    assert desk.last_said() == "What they said, in Urdu"


def test_read_back_has_both_and_leads_to_each(desk: Desk) -> None:
    desk.type(ENGLISH)
    desk.press("Ctrl+Shift+O")
    choose_language(desk, "urd")
    paste(desk, URDU)
    desk.press("F8")
    rows = desk.find("read_back_rows").texts()  # type: ignore[attr-defined]
    assert rows[0].startswith("What the interpreter said: “")
    assert rows[1].startswith("What they said, in Urdu: “")
    desk.press("Down")
    desk.press("Return")
    assert desk.focused() == "narrative_beside"


def test_both_are_in_the_finished_record_and_found_by_either(desk: Desk) -> None:
    desk.type(ENGLISH)
    desk.press("Ctrl+Shift+O")
    choose_language(desk, "urd")
    paste(desk, URDU)
    desk.press("F12", times=2)
    desk.settle()
    (record,) = desk.records()
    assert [(one.text, one.language, one.kind) for one in record.narratives] == [
        (ENGLISH, "en", INTERPRETED), (URDU, "ur", VERBATIM),
    ]  # fmt: skip
    assert desk.store.records.untranslated() == 1
    assert not desk.window.record.parts.story.second.isVisible()  # type: ignore[union-attr]
    assert desk.shell.narrative.accessibleName() == "What they said"


def test_an_empty_second_text_is_no_part_of_the_finished_record(desk: Desk) -> None:
    desk.type(ENGLISH)
    desk.press("Ctrl+Shift+O")
    desk.press("Esc")
    desk.press("F12", times=2)
    desk.settle()
    (record,) = desk.records()
    assert [(one.text, one.derived_from) for one in record.narratives] == [(ENGLISH, "")]


# Directions and input methods


def blocks(box: NarrativeBox) -> list[QTextBlock]:
    found, block = [], box.document().begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


@pytest.mark.parametrize("screens", ["en", "ar-XB"])
def test_every_paragraph_has_its_own_direction(desk: Desk, qapp: QApplication, screens: str) -> None:
    use_language(qapp, screens)
    turn()
    paste(desk, MIXED)
    right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
    found = [block.textDirection() for block in blocks(desk.shell.narrative) if block.text()]
    assert found == [right, left, right]
    assert told(desk)[0].text == MIXED, "nothing is added to what was pasted"


def compose(desk: Desk, shown: str = "", ready: str = "") -> None:
    event = QInputMethodEvent(shown, [])
    if ready:
        event.setCommitString(ready)
    QApplication.sendEvent(desk.focus(), event)
    turn()


@pytest.mark.parametrize("second", [False, True])
def test_no_key_of_ours_acts_while_a_word_is_composed(desk: Desk, second: bool) -> None:
    if second:
        desk.press("Ctrl+Shift+O")
        choose_language(desk, "chinese, mand")
    before, box = desk.draft.id, desk.focus()
    compose(desk, "ni hao")
    for keys in ("F9", "F12", "F4", "Ctrl+N", "Ctrl+Return", "F7"):
        desk.press(keys)
        assert desk.focus() is box
    assert desk.draft.id == before
    assert desk.draft.record.danger is None
    assert [one.text for one in told(desk) if one.text] == [], "what is being composed is no text yet"
    compose(desk, ready="你好")
    assert [one.text for one in told(desk) if one.text] == ["你好"]
    desk.settle()
    desk.press("F7")
    assert desk.draft.record.danger is not None, "now they act again"


def test_composed_words_are_saved_like_typed_ones(desk: Desk) -> None:
    compose(desk, "ni hao")
    compose(desk, ready="你好")
    desk.qtbot.waitUntil(lambda: bool(desk.store.drafts.all()), timeout=10_000)
    assert desk.store.drafts.load(desk.draft.id).record.narratives[0].text == "你好"


# To be seen and reached


@pytest.mark.parametrize("language", ["en", "en-XA", "ar-XB"])
def test_page_with_two_texts_and_the_panel_pass_the_audit(
    desk: Desk, qapp: QApplication, language: str
) -> None:
    desk.press("Ctrl+Shift+O")
    assert audit(desk.shell) == []
    assert clipped(desk.shell) == []
    choose_language(desk, "urd")
    use_language(qapp, language)
    turn()
    assert audit(desk.shell) == []
    assert clipped(desk.shell) == []


@pytest.fixture
def small_desk(make_desk: Callable[..., Desk], qapp: QApplication) -> Desk:
    desk = make_desk(width=1366, height=700)
    theme.apply(qapp, "light", 200)
    desk.shell.resize(1366, 700)
    turn()
    turn()
    return desk


def test_at_large_text_the_text_that_is_worked_in_has_the_room(small_desk: Desk) -> None:
    desk = small_desk
    desk.type(ENGLISH)
    desk.press("Ctrl+Shift+O")
    choose_language(desk, "urd")
    story = desk.window.record.parts.story
    second = story.second
    assert second is not None
    assert desk.focused() == "narrative_beside"
    assert second.height() > desk.shell.narrative.height() > second.fontMetrics().lineSpacing()
    desk.press("F2")
    assert not second.isVisible(), "the form has the room"
    desk.press("F4")
    assert second.isVisible()
    assert desk.shell.narrative.height() > second.height()
    desk.press("F4")
    assert desk.focused() == "narrative_beside"
    desk.press("Ctrl+Shift+G")
    assert not second.isVisible()
    desk.press("Esc")
    assert desk.focused() == "narrative_beside"

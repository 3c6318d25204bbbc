"""The screen handed to the person: their record and no other, skip and stop everywhere, and back to staff."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from intake_app import drafting
from intake_app.approvals import Approval
from intake_app.drafting import FRAME
from intake_app.records import Answer, AnswerState, ServiceMention, Source
from tests.ui.outreach.test_batch import begin as begin_batch
from tests.ui.outreach.test_events import at_fair
from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.audit import audit, clipped
from ui.outreach.respondent_mode import END, IDLE_MS, STORY, WELCOME, RespondentMode
from ui.outreach.respondent_screen import RespondentScreen
from ui.record.open_record import Saved

TOUCH_PX = 44
KEY = "Ctrl+Shift+B"


def mode_of(desk: Desk) -> RespondentMode:
    return desk.window.outreach.alone


def screen_of(desk: Desk) -> RespondentScreen:
    screen = mode_of(desk).screen
    assert screen is not None
    return screen


def lend(desk: Desk, tag: str = "") -> RespondentScreen:
    desk.press(KEY)
    desk.settle()
    dialog = mode_of(desk).dialog
    assert dialog is not None
    dialog.language.setCurrentIndex(dialog.language.findData(tag))
    dialog.go.click()
    turn()
    desk.shell.activateWindow()
    desk.qtbot.waitUntil(desk.shell.isActiveWindow)
    desk.settle()
    return screen_of(desk)


def take_back(desk: Desk) -> None:
    desk.press(KEY)
    desk.settle()


def asked(desk: Desk) -> str:
    page = screen_of(desk).shown
    assert page is not None
    return page.heading.text()


def go_to(desk: Desk, question: str) -> None:
    """Next until the page asks this question."""
    for _page in range(40):
        step = mode_of(desk)._step
        if step == question or (isinstance(step, tuple) and step[1] == question):
            return
        screen_of(desk).deeds["next"].click()
        turn()
    raise KeyError(question)


def seen(desk: Desk) -> str:
    """Everything in words on the screen, and all that a screen reader could find."""
    words = [desk.shell.windowTitle()]
    for widget in desk.shell.findChildren(QWidget):
        if widget.isVisible():
            words += [widget.accessibleName(), widget.accessibleDescription()]
            words += [widget.text()] if isinstance(widget, QLabel) else []
    return "\n".join(words)


@pytest.fixture(autouse=True)
def _taken_back(desk: Desk) -> Iterator[None]:
    yield
    mode_of(desk).take_back()


def test_a_person_answers_alone_and_staff_go_on_where_they_were(desk: Desk) -> None:
    event = at_fair(desk)
    lend(desk)
    assert desk.focused() == "respondent_question"
    desk.press("Return")
    assert asked(desk) == "What would you like to tell us about your care?"
    desk.press("Tab")
    desk.type("The ward was cold")
    desk.press("Ctrl+Return")
    go_to(desk, "experience_kind")
    desk.press("2")
    desk.press("Return")
    go_to(desk, "may_quote")
    screen_of(desk).deeds["skip"].click()
    go_to(desk, END)
    assert asked(desk) == "Thank you for telling us."
    take_back(desk)
    assert desk.last_said() == (
        "The screen is back with you. 1 answer is theirs, 1 question passed over. The record is still open."
    )
    assert desk.focused() == "narrative"
    assert desk.shell.narrative.words() == "The ward was cold"
    desk.press("F12", 2)
    (record,) = desk.records()
    (story,) = record.narratives
    assert (story.text, story.own_hand, story.by, story.speaker) == ("The ward was cold", True, "", "person")
    kind = record.items[0].answers["experience_kind"]
    assert (kind.source, kind.language, record.event) == (Source.PERSON, "en", event)
    assert record.frame.answers["may_quote"].state is AnswerState.DECLINED
    assert record.frame.answers["may_quote"].source is Source.PERSON
    assert record.frame.answers["channel"].source is Source.ASKED


def test_each_answer_is_on_the_disk_while_they_have_the_screen(desk: Desk) -> None:
    lend(desk)
    go_to(desk, STORY)
    desk.press("Tab")
    desk.type("Half a sent")
    desk.qtbot.waitUntil(lambda: desk.window.record.open_record.state is Saved.SAVED, timeout=2_000)
    draft = desk.store.drafts.load(desk.draft.id)
    assert draft.record.narratives[0].text == "Half a sent"


def test_nothing_else_is_seen_or_reached(desk: Desk) -> None:
    at_fair(desk)
    desk.type("Mrs Secret rang")
    desk.press("F9")
    desk.settle()
    desk.type("Their own words")
    before = desk.draft.id
    lend(desk)
    go_to(desk, "experience_kind")
    for secret in ("Secret", "Their own words", "Health fair", "Intake.", "record"):
        assert secret not in seen(desk), secret
    assert desk.shell.windowTitle() == "Intake"
    assert not desk.shell.menuBar().isVisible()
    here = mode_of(desk)._step
    for key in ("Ctrl+L", "Ctrl+F", "Shift+F9", "Ctrl+N", "F12", "F1", "F2", "F8", "Ctrl+Shift+P",
                "Ctrl+Shift+J", "Ctrl+Shift+S", "Escape", "F10", "Alt+R", "Alt+O"):  # fmt: skip
        desk.press(key)
        assert mode_of(desk)._step == here, key
        assert QApplication.activeModalWidget() is None, key
        assert QApplication.activePopupWidget() is None, key
        assert desk.shell.isActiveWindow(), key
    assert desk.draft.id == before
    take_back(desk)
    assert "Health fair" in desk.shell.windowTitle()
    assert desk.shell.menuBar().isVisible()
    desk.press("Ctrl+L")
    assert desk.window._on_list()


def test_the_actions_that_were_off_stay_off_and_the_others_come_back(desk: Desk) -> None:
    found = {one.objectName(): one for one in desk.shell.findChildren(QAction)}
    found["relay_said"].setEnabled(False)
    lend(desk)
    assert not found["find"].isEnabled()
    assert found["lend_screen"].isEnabled()
    take_back(desk)
    assert found["find"].isEnabled()
    assert not found["relay_said"].isEnabled()


def test_a_telephone_call_and_a_second_copy_change_nothing_behind_their_page(desk: Desk) -> None:
    lend(desk)
    before = desk.draft.id
    desk.shell.new_wanted.emit("phone", "01130000000")
    desk.shell.come_forward()
    turn()
    go_to(desk, STORY)
    desk.press("Tab")
    desk.type("Mine")
    take_back(desk)
    assert desk.draft.id == before
    assert desk.draft.record.channel == "phone"
    assert desk.window.record.open_record.number == ""
    assert desk.draft.record.narratives[0].text == "Mine"


def test_back_shows_what_they_answered_and_stop_shows_nothing(desk: Desk) -> None:
    lend(desk)
    go_to(desk, "experience_kind")
    desk.press("1")
    screen_of(desk).deeds["stop"].click()
    turn()
    assert "experience" not in seen(desk)
    assert screen_of(desk).staff.isVisible()
    screen_of(desk).deeds["back"].click()
    turn()
    page = screen_of(desk).shown
    assert page is not None
    assert page.value() == "good"
    assert not screen_of(desk).staff.isVisible()
    screen_of(desk).deeds["back"].click()
    turn()
    assert asked(desk) != page.heading.text()


def test_staff_hold_their_button_and_a_touch_in_passing_does_nothing(desk: Desk) -> None:
    lend(desk)
    screen_of(desk).deeds["stop"].click()
    staff = screen_of(desk).staff
    QTest.mouseClick(staff, Qt.MouseButton.LeftButton)
    assert mode_of(desk).is_on
    assert not staff.holding.isActive()
    QTest.mousePress(staff, Qt.MouseButton.LeftButton)
    assert staff.holding.isActive()
    staff.holding.timeout.emit()
    turn()
    assert not mode_of(desk).is_on
    assert desk.last_said().startswith("The screen is back with you. 0 answers")


def test_after_three_quiet_minutes_the_words_are_covered_and_a_key_shows_them_again(desk: Desk) -> None:
    lend(desk)
    go_to(desk, STORY)
    desk.press("Tab")
    desk.type("Not for everybody")
    idle = mode_of(desk)._idle
    assert idle.isActive()
    assert idle.interval() == IDLE_MS == 180_000
    idle.timeout.emit()
    turn()
    assert "Not for everybody" not in seen(desk)
    assert "tell us about" not in seen(desk)
    assert desk.focus().text() == "Touch the screen or press a key to go on."  # type: ignore[attr-defined]
    desk.settle()
    assert desk.window.record.open_record.state is Saved.SAVED
    desk.press("Shift")
    assert screen_of(desk).is_covered
    desk.press("X")
    assert not screen_of(desk).is_covered
    assert desk.focused() == "respondent_story"
    desk.type("!")
    assert desk.draft.record.narratives[0].text == "Not for everybody!"


def test_a_touch_uncovers_and_presses_nothing_below(desk: Desk) -> None:
    lend(desk)
    mode_of(desk)._idle.timeout.emit()
    turn()
    QTest.mouseClick(desk.focus(), Qt.MouseButton.LeftButton)
    turn()
    assert not screen_of(desk).is_covered
    assert mode_of(desk)._step == WELCOME


def test_closing_the_window_covers_it_instead(desk: Desk) -> None:
    lend(desk)
    assert not desk.shell.close()
    assert screen_of(desk).is_covered
    assert desk.shell.isVisible()


def test_help_is_shown_until_it_is_pressed_again(desk: Desk) -> None:
    lend(desk)
    go_to(desk, "experience_kind")
    help_wanted = screen_of(desk).deeds["need_help"]
    help_wanted.click()
    assert "The member of staff sees that you need help" in seen(desk)
    help_wanted.click()
    assert "you need help" not in seen(desk)


def test_a_choice_can_be_passed_over_and_typed_words_are_never_lost_to_a_key(desk: Desk) -> None:
    lend(desk)
    go_to(desk, "services")
    desk.press("Tab")
    desk.type("Rose Lodge")
    screen_of(desk).deeds["skip"].click()
    turn()
    (mention,) = desk.draft.record.items[0].services
    assert mention.name == "Rose Lodge"
    go_to(desk, "experience_kind")
    desk.press("2")
    screen_of(desk).deeds["skip"].click()
    assert desk.draft.record.items[0].answers["experience_kind"].state is AnswerState.DECLINED


def test_next_without_an_answer_leaves_the_question_to_staff(desk: Desk) -> None:
    lend(desk)
    go_to(desk, END)
    take_back(desk)
    assert desk.window.record.open_record.is_untouched()


def test_words_that_staff_took_down_are_not_theirs_to_write_over(desk: Desk) -> None:
    desk.type("Told to staff")
    lend(desk)
    screen_of(desk).deeds["next"].click()
    assert mode_of(desk)._step != STORY
    take_back(desk)
    assert desk.shell.narrative.words() == "Told to staff"
    assert not desk.draft.record.narratives[0].own_hand


def test_their_own_words_can_be_gone_on_with_when_the_screen_is_lent_again(desk: Desk) -> None:
    lend(desk)
    go_to(desk, STORY)
    desk.press("Tab")
    desk.type("One")
    take_back(desk)
    lend(desk)
    go_to(desk, STORY)
    page = screen_of(desk).shown
    assert page is not None
    assert page.value() == "One"


def test_a_service_that_staff_looked_up_is_not_asked_again(desk: Desk) -> None:
    mention = ServiceMention(id="1-101671690", name="Rose Lodge").model_dump(exclude_defaults=True)
    key = f"item:{desk.draft.record.items[0].id}"
    desk.window.record.open_record.answer(key, "services", Answer(value=[mention]))
    desk.settle()
    lend(desk)
    with pytest.raises(KeyError):
        go_to(desk, "services")


def test_questions_that_follow_from_an_answer_come_at_once(desk: Desk) -> None:
    lend(desk)
    go_to(desk, "may_contact")
    steps = mode_of(desk)._steps()
    assert (FRAME, "contact_how") not in [one[-2:] for one in steps if isinstance(one, tuple)]
    desk.press("1")
    screen_of(desk).deeds["next"].click()
    turn()
    assert asked(desk) == "How would you like us to contact you?"


def test_a_form_keyed_from_paper_is_not_handed_over(desk: Desk) -> None:
    begin_batch(desk)
    desk.press(KEY)
    assert "keyed from paper" in desk.last_said()
    assert mode_of(desk).dialog is None


def test_from_the_list_it_is_said_which_record_it_would_be(desk: Desk) -> None:
    desk.press("Ctrl+L")
    desk.settle()
    desk.press(KEY)
    assert desk.last_said().startswith("Go to the record first")
    assert mode_of(desk).dialog is None


def test_the_dialog_says_plainly_that_the_lock_is_soft(desk: Desk) -> None:
    desk.press(KEY)
    desk.settle()
    dialog = mode_of(desk).dialog
    assert dialog is not None
    told = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "This is a soft lock. Somebody can still change to another program" in told
    assert "Ctrl+Shift+B" in told
    assert audit(dialog) == []
    dialog.reject()
    assert not mode_of(desk).is_on


def test_not_on_the_disk_is_told_to_them_and_a_lost_record_takes_no_words(desk: Desk) -> None:
    lend(desk)
    go_to(desk, "experience_kind")
    record = desk.window.record.open_record
    record._say_state(Saved.FAILED)
    assert "not saved yet. Please call the member of staff" in seen(desk)
    record.draft = drafting.with_record(record.draft, id="01a1f872-0000-7000-8000-000000000000")
    desk.press("1")
    assert "experience_kind" not in record.draft.record.items[0].answers


def test_words_nobody_checked_stay_english_and_permission_shows_them_as_drafts(desk: Desk) -> None:
    lend(desk, "pl")
    go_to(desk, "experience_kind")
    page = screen_of(desk).shown
    assert page is not None
    assert page.heading.text() == "Was it a good experience, a bad one, or both?"
    assert "doświadczenie" not in seen(desk)
    take_back(desk)
    desk.store.wordings.approve(Approval(language="pl", shows_drafts=True))
    lend(desk, "pl")
    go_to(desk, "experience_kind")
    shown = [one.text() for one in screen_of(desk).findChildren(QLabel) if one.isVisible()]
    assert any("Czy to było dobre doświadczenie" in one for one in shown)
    assert any("Nikt jej jeszcze nie sprawdził" in one for one in shown)
    desk.press("1")
    answer = desk.draft.record.items[0].answers["experience_kind"]
    assert (answer.label, answer.language) == ("Dobre doświadczenie", "pl")
    # What must never be wrong stays English until somebody has checked it.
    go_to(desk, "may_quote")
    assert all("Czy" not in one.text() for one in screen_of(desk).findChildren(QLabel) if one.isVisible())


@pytest.mark.parametrize(("tag", "percent"), [("", 100), ("ur", 200), ("pl", 200), ("", 250)])
def test_every_page_can_be_read_and_touched_at_1024_by_600(
    desk: Desk, qapp: QApplication, tag: str, percent: int
) -> None:
    theme.apply(qapp, "light", percent)
    if tag:
        desk.store.wordings.approve(Approval(language=tag, shows_drafts=True))
    lend(desk, tag)
    # As large as such a screen, which the one of the tests is not.
    desk.shell.showNormal()
    desk.shell.resize(1024, 600)
    turn()
    pages = 0
    while True:
        turn()
        assert audit(desk.shell) == [], asked(desk)
        assert clipped(desk.shell) == [], asked(desk)
        screen, page = screen_of(desk), screen_of(desk).shown
        assert page is not None
        for target in (*page.stops()[1:], *(one for one in screen.deeds.values() if one.isVisible())):
            assert min(target.width(), target.height()) >= TOUCH_PX, target.accessibleIdentifier()
        if not tag:
            assert page.heading.font().pointSizeF() == pytest.approx(26 * percent / 100)
        pages += 1
        if mode_of(desk)._step == END:
            break
        screen.deeds["next"].click()
    assert pages > 15
    assert desk.shell.width() == 1024


def test_tab_goes_from_the_question_through_its_answers_to_the_deeds(desk: Desk) -> None:
    lend(desk)
    go_to(desk, "experience_kind")
    desk.press("2")
    screen_of(desk).shown.take_focus()  # type: ignore[union-attr]
    order = []
    for _press in range(6):
        desk.press("Tab")
        order.append(desk.focused())
    assert order == [
        "experience_kind.bad", "respondent_next", "respondent_back", "respondent_skip",
        "respondent_need_help", "respondent_stop",
    ]  # fmt: skip


def test_the_question_is_told_once_with_where_one_is(desk: Desk) -> None:
    lend(desk)
    go_to(desk, "experience_kind")
    heading = screen_of(desk).shown.heading  # type: ignore[union-attr]
    assert heading.accessibleName().startswith("Was it a good experience, a bad one, or both? Question 4 of ")
    names = [one.accessibleName() for one in screen_of(desk).findChildren(QWidget) if one.isVisible()]
    assert [one for one in names if "good experience, a bad" in one] == [heading.accessibleName()]


def test_enter_in_a_line_goes_on_by_one_question(desk: Desk) -> None:
    lend(desk)
    go_to(desk, "services")
    desk.press("Tab")
    desk.type("Rose Lodge")
    desk.press("Return")
    assert asked(desk) == "Was it a good experience, a bad one, or both?"

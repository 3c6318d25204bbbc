"""Whoever waits to hear from us is found, reached and settled by keys alone; nothing is dialled."""

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QDialog

from intake_app import drafting, taking_down
from intake_app.drafting import FRAME, PERSON, Draft, session_key
from intake_app.records import Answer, Record
from intake_app.text import without_isolates
from intake_app.times import Instant
from tests.ui.record.desk import Desk, turn
from ui.audit import audit
from ui.follow_up.again_dialog import AgainDialog
from ui.follow_up.call_backs_dialog import CallBacksDialog
from ui.follow_up.hours_dialog import HoursDialog
from ui.follow_up.reach_dialog import ReachDialog
from ui.main_window import MainWindow, Waiting

D = TypeVar("D", bound=QDialog)


def promise(desk: Desk, words: str, number: str = "", relay: bool = False, **frame: object) -> Record:
    """A finished record of somebody whom we said we ring back."""
    return desk.store.records.save(_promised(desk, words, number, relay, **frame))


def _promised(desk: Desk, words: str, number: str, relay: bool = False, **frame: object) -> Draft:
    workplace = desk.workplace
    library, ids, now = workplace.library, workplace.ids, desk.clock()
    draft = taking_down.new_draft(library, ids, now, desk.store.device)
    draft = drafting.with_narrative(draft, words, ids)
    for question, value in {"outcome": "call_back", **frame}.items():
        draft = drafting.with_answer(draft, FRAME, question, Answer(value=value))
    if relay:
        draft = taking_down.add_session(draft, library, ids, "text_relay", now)
        key = session_key(draft.record.sessions[0].id)
        draft = drafting.with_answer(draft, key, "call_back_by_relay", Answer(value="yes"))
        draft = drafting.with_answer(draft, key, "hours", Answer(value="Weekday mornings"))
    if number:
        draft = taking_down.opened(draft, PERSON, library, ids)
        draft = drafting.with_answer(draft, PERSON, "phone", Answer(value=number))
    return taking_down.finish(draft, library, now)


class Opened:
    """The list, opened from the menu, and what is opened over it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        desk.window._open_dialog(desk.window._call_backs())
        self.dialog = self.found(CallBacksDialog)
        self.settle()

    def settle(self) -> None:
        self._desk.settle()
        self._desk.settle()

    def found(self, kind: type[D]) -> D:
        made = [one for one in self._desk.shell.findChildren(kind) if one.isVisible()]
        made[-1].activateWindow()
        self._desk.qtbot.waitUntil(made[-1].isActiveWindow)
        turn()
        return made[-1]

    def rows(self) -> list[str]:
        return self.dialog.list.texts()


@pytest.fixture
def close_all(desk: Desk) -> Iterator[None]:
    yield
    for dialog in desk.shell.findChildren(QDialog):
        dialog.close()
    turn()


@pytest.mark.usefixtures("close_all")
def test_the_list_says_who_when_why_and_by_which_way(desk: Desk) -> None:
    record = promise(desk, "She waited six hours", "020 7946 0018", relay=True, may_contact="yes")
    opened = Opened(desk)

    (row,) = (without_isolates(one) for one in opened.rows())
    assert row.startswith("By Monday 23 November 2026. Ring them: we said that we ring or write back")
    assert "How: by text relay: dial 18002 before the number" in row
    assert "“Weekday mornings”" in row
    assert "She waited six hours" in row
    assert " ".join((record.reference[:3], record.reference[3:6], record.reference[6:])) in row
    assert "7946" not in row
    assert opened.dialog.list.hasFocus()
    assert audit(opened.dialog) == []


@pytest.mark.usefixtures("close_all")
def test_nobody_waits(desk: Desk) -> None:
    opened = Opened(desk)
    assert opened.dialog.outcome.text() == "Nobody waits to hear from us."
    assert opened.dialog.outcome.hasFocus()
    assert not opened.dialog.open_it.isEnabled()


@pytest.mark.usefixtures("close_all")
def test_enter_opens_the_record_with_nothing_to_type_again_and_says_how(desk: Desk) -> None:
    record = promise(desk, "She waited six hours", "020 7946 0018", relay=True)
    desk.type("Another caller")
    Opened(desk)
    desk.press("Return")
    desk.settle()
    desk.settle()

    assert [one for one in desk.shell.findChildren(CallBacksDialog) if one.isVisible()] == []
    assert desk.draft.id == record.id
    assert desk.shell.narrative.words() == "She waited six hours"
    assert "by text relay: dial" in desk.last_said()
    assert "Another caller" in {one.first_words for one in desk.store.drafts.all()}


@pytest.mark.usefixtures("close_all")
def test_a_parked_draft_goes_on_where_it_was(desk: Desk) -> None:
    desk.type("The line was bad")
    desk.window.record.open_record.answer(FRAME, "outcome", Answer(value="call_back"))
    parked = desk.draft.id
    desk.press("F9")
    desk.settle()
    Opened(desk)
    desk.press("Return")
    desk.settle()
    desk.settle()
    assert desk.draft.id == parked


@pytest.mark.usefixtures("close_all")
def test_the_number_is_shown_only_when_asked_for_in_groups(desk: Desk) -> None:
    promise(desk, "Ring me", "02079460018")
    opened = Opened(desk)
    opened.dialog.reach.click()
    opened.settle()
    reach = opened.found(ReachDialog)

    assert without_isolates(reach.number.text()) == "Phone number 020 7946 0018"
    assert reach.number.accessibleName() == "Phone number 0 2 0, 7 9 4 6, 0 0 1 8"
    assert reach.number.hasFocus()
    assert "leave none" in reach.besides.toPlainText()
    assert audit(reach) == []
    assert [one.reason for one in desk.store.audit.all()] == ["to call them back"]


@pytest.mark.usefixtures("close_all")
def test_nobody_left_a_number_is_said(desk: Desk) -> None:
    promise(desk, "Ring me")
    opened = Opened(desk)
    opened.dialog.reach.click()
    opened.settle()
    assert opened.found(ReachDialog).number.text() == "No number is kept"


@pytest.mark.usefixtures("close_all")
def test_no_answer_is_counted_and_the_next_try_is_not_in_quiet_time(desk: Desk) -> None:
    promise(desk, "Ring me")
    desk.clock.now = Instant.parse("2026-11-28T18:00:00.000Z")
    opened = Opened(desk)
    opened.dialog.no_answer.click()
    opened.settle()

    assert opened.dialog.outcome.text().startswith(
        "Noted: rung, no answer. Next try Monday 30 November 2026, 09:00."
    )
    assert opened.dialog.outcome.hasFocus()
    (row,) = opened.rows()
    assert "Again Monday 30 November 2026, 09:00" in row
    assert "Rung 1 time without an answer, last today 18:00" in row


@pytest.mark.usefixtures("close_all")
def test_done_leaves_the_list_and_can_be_taken_back(desk: Desk) -> None:
    promise(desk, "Ring me")
    promise(desk, "Ring me too")
    opened = Opened(desk)
    assert not opened.dialog.not_done.isVisible()
    gone = opened.rows()[0]
    opened.dialog.settle.click()
    opened.settle()
    assert gone not in opened.rows()
    assert len(opened.rows()) == 1

    opened.dialog.not_done.click()
    opened.settle()
    assert set(opened.rows()) >= {gone}
    assert not opened.dialog.not_done.isVisible()


@pytest.mark.usefixtures("close_all")
def test_quiet_time_is_said_and_forbids_nothing(desk: Desk) -> None:
    promise(desk, "Ring me")
    desk.clock.now = Instant.parse("2026-11-29T12:00:00.000Z")
    opened = Opened(desk)
    quiet = "Quiet time: nobody is rung before Monday 30 November 2026, 09:00."
    assert quiet in opened.dialog.outcome.text()

    desk.press("Return")
    desk.settle()
    desk.settle()
    assert quiet in desk.last_said()


@pytest.mark.usefixtures("close_all")
def test_another_time_is_a_day_and_a_time_on_which_people_may_be_rung(desk: Desk) -> None:
    promise(desk, "Ring me")
    desk.clock.now = Instant.parse("2026-11-27T12:00:00.000Z")
    opened = Opened(desk)
    opened.dialog.put_off.click()
    again = opened.found(AgainDialog)
    assert audit(again) == []
    days = [again.day.itemText(row) for row in range(3)]
    assert days == ["Friday 27 November 2026", "Saturday 28 November 2026", "Monday 30 November 2026"]

    for typed, problem in (("noon", "such as 14:30"), ("11", "is over"), ("21:00", "from 9:00 to 20:00")):
        again.time.setText(typed)
        desk.press("Return")
        assert problem in again.problem.text()
        assert again.time.text() == typed
    again.day.setCurrentIndex(2)
    again.time.setText("14:30")
    again._save()
    opened.settle()
    assert "Again Monday 30 November 2026, 14:30" in opened.rows()[0]


@pytest.mark.usefixtures("close_all")
def test_the_hours_are_changed_for_the_organisation(desk: Desk) -> None:
    promise(desk, "Ring me")
    opened = Opened(desk)
    opened.dialog._hours()
    hours = opened.found(HoursDialog)
    assert audit(hours) == []
    assert [one.isChecked() for one in hours.days] == [True] * 6 + [False]
    hours.opens.setText("teatime")
    hours._save()
    assert "Write a time" in hours.problem.text()
    hours.opens.setText("20")
    hours._save()
    assert "has to be later" in hours.problem.text()
    hours.opens.setText("10")
    for check in hours.days:
        check.setChecked(False)
    hours._save()
    assert "Choose a day" in hours.problem.text()
    hours.days[0].setChecked(True)
    hours._save()
    opened.settle()

    kept = desk.store.call_backs.hours()
    assert (kept.opens, kept.days, kept.on_holidays) == (600, (0,), False)
    assert opened.dialog.outcome.text().startswith("Hours for calls: saved.")


@pytest.mark.usefixtures("close_all")
def test_an_answer_in_another_format_is_a_row_of_its_own(desk: Desk) -> None:
    draft = _promised(desk, "I sign", "", outcome="recorded")
    library, ids = desk.workplace.library, desk.workplace.ids
    draft = taking_down.add_session(draft, library, ids, "bsl_video", desk.clock())
    key = session_key(draft.record.sessions[0].id)
    draft = drafting.with_answer(draft, key, "respond_in", Answer(value=["bsl_video"]))
    desk.store.records.save(draft)
    opened = Opened(desk)

    (row,) = opened.rows()
    assert "Answer them" in row
    assert "answer by BSL video" in row
    assert not opened.dialog.no_answer.isEnabled()
    assert opened.dialog.settle.isEnabled()


@pytest.mark.usefixtures("close_all")
def test_what_was_missing_the_first_time_is_said(desk: Desk) -> None:
    draft = _promised(desk, "No interpreter came", "", outcome="recorded")
    library, ids = desk.workplace.library, desk.workplace.ids
    draft = taking_down.add_session(draft, library, ids, "interpreter", desk.clock())
    key = session_key(draft.record.sessions[0].id)
    for question, value in (
        ("language", "ur"), ("outcome", "not_available"), ("unmet_asked", "woman"),
        ("unmet_back", "tomorrow"), ("unmet_when", "At 10"),
    ):  # fmt: skip
        draft = drafting.with_answer(draft, key, question, Answer(value=value))
    desk.store.records.save(taking_down.settled(draft, library))

    (row,) = (without_isolates(one) for one in Opened(desk).rows())
    assert "How: they asked for: A woman who interprets, interpreter for Urdu. “At 10”" in row


def test_who_waits_too_long_is_told_when_the_window_opens(desk: Desk) -> None:
    promise(desk, "Ring me")
    promise(desk, "Ring me too")
    desk.clock.forward(days=7)
    window = MainWindow(desk.shell, desk.workplace, desk.window.record)
    window._say_ready(Waiting((), 0, desk.store.call_backs.overdue()))
    assert desk.last_said() == "Intake. Ready. 2 call-backs are overdue."

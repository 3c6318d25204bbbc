"""Two numbers of one person: opened with a reason, settled by keys alone, and gone when the page is left."""

import logging

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit

from intake_app.drafting import EQUALITY
from intake_app.store import audit as acts
from tests.flow.changes import details, with_details
from tests.ui.office.test_record_list import give_reason
from tests.ui.office.test_related import settle
from tests.ui.record.desk import Desk, turn
from tests.ui.settling.conftest import Two
from tests.ui.settling.test_settle_page import choose, open_settling, tab_to
from ui import theme
from ui.audit import audit, clipped
from ui.settling.settle_page import SettlePage
from ui.translation import use_language

SAM_WROTE, AMINA_WROTE = "07700 900125", "07700 900124"


@pytest.fixture
def two_numbers(two: Two) -> str:
    record_id = two.taken("The ward was cold.")
    with_details(two.amina, record_id, phone="07700 900123")
    two.amina.round()
    two.sync(2)
    with_details(two.amina, record_id, phone=AMINA_WROTE)
    with_details(two.here, record_id, phone=SAM_WROTE)
    two.sync(3)
    return record_id


def person(two: Two) -> str:
    (found,) = {row.person for row in two.desk.records()}
    return found


def everything_shown(desk: Desk) -> str:
    """Every text that a widget of the window holds, in sight or not."""
    found = [desk.shell.windowTitle()]
    for widget in desk.shell.findChildren(QLabel):
        found.append(widget.text())
    for edit in desk.shell.findChildren(QTextEdit):
        found.append(edit.toPlainText())
    for line in desk.shell.findChildren(QLineEdit):
        found.append(line.text())
    for page in desk.shell.findChildren(SettlePage):
        found += [one.text() for one in page.difference.radios()]
    return "\n".join(found)


def open_details(desk: Desk, reason: str = "Two numbers") -> SettlePage:
    settling = open_settling(desk)
    give(desk, reason)
    return settling


def give(desk: Desk, reason: str) -> None:
    tab_to(desk, "settle_open")
    give_reason(reason)
    desk.press("Space")
    settle(desk)


def test_two_numbers_are_settled_by_keys_alone_and_the_opening_is_written_down(
    two: Two, two_numbers: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk = two.desk
    caplog.set_level(logging.DEBUG)
    settling = open_settling(desk)
    assert desk.focus() is settling.heading
    assert settling.heading.text().startswith("Versions of who told us, record ")
    assert "opened with a reason" in settling.heading.accessibleDescription()
    assert "07700" not in everything_shown(desk)
    give(desk, "Two numbers")
    entry = desk.store.audit.all(person(two))[0]
    assert (entry.act, entry.reason) == (acts.OPENED_PERSON, "Two numbers")
    assert desk.focus() is settling.heading
    assert settling.heading.text() == "1 of 1. Phone number"
    told = settling.difference.versions.toPlainText()
    assert "wrote, 9 March 2026 at 09:1" in told or "Amina" in told
    assert AMINA_WROTE in told
    assert SAM_WROTE in told
    assert told.endswith("07700 900123\u2069")
    choose(desk, "What \u2068Amina")
    tab_to(desk, "settle_finish")
    desk.press("Space")
    desk.settle()
    desk.settle()
    assert desk.last_said() == (
        "Settled. The details have one version again, and who decided is kept with them."
    )
    assert desk.focus() is desk.window.list.table
    two.sync(2)
    for one in (two.here, two.amina):
        assert details(one, two_numbers)["phone"] == AMINA_WROTE
        assert one.store.sync.counts().conflicts == 0
    assert "07700" not in "\n".join(desk.said) + desk.shell.windowTitle() + caplog.text


def test_without_a_reason_nothing_is_opened(two: Two, two_numbers: str) -> None:
    desk = two.desk
    open_settling(desk)
    before = len(desk.store.audit.all())
    give(desk, "")
    assert desk.focused() == "settle_open"
    assert "07700" not in everything_shown(desk)
    assert len(desk.store.audit.all()) == before
    tab_to(desk, "settle_back")
    desk.press("Space")
    desk.settle()
    assert desk.focus() is desk.window.list.table


def test_leaving_takes_every_detail_off_the_screen_and_keeps_what_was_decided(
    two: Two, two_numbers: str
) -> None:
    desk = two.desk
    settling = open_details(desk)
    choose(desk, "A text of my own")
    settling.difference.own.setFocus()
    desk.type("Rather this: ")
    desk.press("Escape")
    desk.settle()
    assert desk.focus() is desk.window.list.table
    assert "07700" not in everything_shown(desk)
    assert "Rather" not in everything_shown(desk)
    assert not settling.difference.own.document().isUndoAvailable()
    settling = open_details(desk, "Once more")
    assert settling.difference.own.words().startswith("Rather this: ")
    desk.press("Ctrl+L")
    desk.settle()
    assert "07700" not in everything_shown(desk), "nor does another way out leave anything"


def test_details_that_come_after_the_page_was_left_are_not_shown(two: Two, two_numbers: str) -> None:
    desk = two.desk
    settling = open_settling(desk)
    tab_to(desk, "settle_open")
    give_reason("Two numbers")
    desk.press("Space")
    settling.back_wanted.emit()
    desk.settle()
    desk.settle()
    assert "07700" not in everything_shown(desk)


def test_the_record_comes_first_and_its_details_follow(two: Two, two_numbers: str) -> None:
    desk = two.desk
    two.sam(two_numbers, care="health")
    two.hers(two_numbers, care="social")
    two.sync(2)
    settling = open_settling(desk)
    assert settling.heading.text().startswith("1 of 1. ")
    choose(desk, "What you")
    settling.finish.click()
    desk.settle()
    assert desk.last_said().startswith("Settled. The record has one version again")
    assert desk.focus() is settling.heading
    assert settling.heading.text().startswith("Versions of who told us")


def test_equality_answers_are_settled_on_the_same_page(two: Two) -> None:
    desk = two.desk
    record_id = two.taken("The ward was cold.")
    with_details(two.amina, record_id, EQUALITY, sex="female")
    two.amina.round()
    two.sync(2)
    with_details(two.amina, record_id, EQUALITY, religion="christian")
    with_details(two.here, record_id, EQUALITY, religion="none")
    two.sync(3)
    settling = open_details(desk)
    assert settling.heading.text() == "1 of 1. Religion"
    choose(desk, "What you wrote")
    settling.finish.click()
    desk.settle()
    two.sync(2)
    assert details(two.amina, record_id, EQUALITY)["religion"] == "none"


def test_both_writers_are_told_of_the_details(two: Two) -> None:
    desk = two.desk
    record_id = two.taken("The ward was cold.")
    with_details(two.amina, record_id, phone=AMINA_WROTE)
    two.amina.round()
    two.sync(2)
    with_details(two.amina, record_id, email="mary@example.org")
    with_details(two.here, record_id, postcode="AB1")
    two.sync(3)
    desk.press("Ctrl+L")
    desk.settle()
    desk.window.list.show_record(record_id)
    desk.settle()
    told = desk.window.list.view.text.toPlainText()
    assert "Amina\u2069 changed the details that are kept apart from this record" in told
    assert "mary@example.org" not in told


@pytest.mark.parametrize(("percent", "language"), [(100, "en"), (200, "en"), (200, "ar-XB")])
@pytest.mark.parametrize("opened", [True, False])
def test_the_page_passes_the_audit_and_nothing_is_cut_off(
    two: Two, two_numbers: str, qapp: QApplication, percent: int, language: str, opened: bool
) -> None:
    theme.apply(qapp, "high_contrast", percent)
    use_language(qapp, language)
    settling = open_details(two.desk) if opened else open_settling(two.desk)
    turn()
    assert audit(two.desk.shell) == []
    assert clipped(settling) == []
    assert two.desk.shell.minimumSizeHint().height() <= 720
    use_language(qapp, "en")

"""Typed in one office's window, joined and sent by its dialogs, found on a second computer."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from intake_app.sync.client import HubClient
from intake_app.sync.protocol import Turn
from tests.flow.computers import computers
from tests.hub.hub_fixtures import RunningHub
from tests.ui.record.desk import Desk
from tests.ui.record.desk_fixtures import *  # noqa: F403  fixtures
from ui.audit import audit
from ui.settings.join_hub_dialog import JoinHubDialog

A_ROUND_MS = 60_000


def take_down(desk: Desk, story: str) -> None:
    # Without a window manager nobody makes the window the active one again when a dialog has closed.
    desk.shell.activateWindow()
    desk.shell.narrative.setFocus()
    desk.qtbot.waitUntil(desk.shell.narrative.hasFocus)
    desk.type(story)
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    desk.clock.forward(60)


def join(desk: Desk, hub: RunningHub, qtbot: QtBot) -> JoinHubDialog:
    dialog = JoinHubDialog(desk.workplace, desk.shell)
    dialog.open()
    dialog.address.setText(hub.url)
    dialog.code.setText(hub.code())
    dialog.join.click()
    qtbot.waitUntil(dialog.outcome.isVisible, timeout=A_ROUND_MS)
    return dialog


def sync_now(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.window.sync.finished, timeout=A_ROUND_MS):
        desk.window.sync.run_now()
    desk.settle()


@pytest.mark.parametrize("send_earlier", [True, False])
def test_record_taken_before_joining_goes_out_only_after_a_yes(
    desk: Desk, hub: RunningHub, qtbot: QtBot, tmp_path: Path, send_earlier: bool
) -> None:
    take_down(desk, "The ward was cold.")
    dialog = join(desk, hub, qtbot)
    assert "Healthwatch Anyshire" in dialog.outcome.text()
    assert dialog.focusWidget() is dialog.outcome
    assert "Send 1 record" in dialog.question.text()
    assert audit(dialog) == []
    (dialog.send if send_earlier else dialog.keep).click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=A_ROUND_MS)
    take_down(desk, "The nurse was kind.")
    sync_now(desk, qtbot)
    assert "Up to date with the hub" in desk.last_said()
    with computers(hub, tmp_path, "there") as (there,):
        there.join()
        there.round()
        stories = [row.first_words for row in there.listed()]
    assert stories == (
        ["The nurse was kind.", "The ward was cold."] if send_earlier else ["The nurse was kind."]
    )


def test_list_says_when_the_hub_received_a_record(desk: Desk, hub: RunningHub, qtbot: QtBot) -> None:
    join(desk, hub, qtbot).close_it.click()
    take_down(desk, "The nurse was kind.")
    desk.press("Ctrl+L")
    desk.settle()
    where = desk.window.list.model.index(0, desk.window.list.model.WHERE)
    assert where.data() == "On this computer, encrypted. Waiting for the hub"
    sync_now(desk, qtbot)
    assert where.data().startswith("Received by the hub")


def test_alone_is_a_way_of_working_and_no_error(desk: Desk) -> None:
    desk.window.sync.run_now()
    assert "works alone" in desk.last_said()


def test_hub_that_went_away_is_a_sentence_and_the_record_waits(
    desk: Desk, hub: RunningHub, qtbot: QtBot
) -> None:
    join(desk, hub, qtbot).close_it.click()
    enrolment = desk.store.sync.enrolment()
    assert enrolment is not None
    gone = type(enrolment)(
        **{name: getattr(enrolment, name) for name in enrolment.__slots__} | {"hub_url": "http://127.0.0.1:9"}
    )
    desk.store.sync.save_enrolment(gone)
    take_down(desk, "The nurse was kind.")
    sync_now(desk, qtbot)
    assert "No connection to the hub" in desk.last_said()
    assert desk.store.sync.counts().waiting == 1


def test_copied_folder_is_said_and_the_window_goes_on_under_a_number_of_its_own(
    desk: Desk, hub: RunningHub, qtbot: QtBot
) -> None:
    join(desk, hub, qtbot).close_it.click()
    sync_now(desk, qtbot)
    enrolment = desk.store.sync.enrolment()
    assert enrolment is not None
    kept, _tried = desk.store.sync.turns.begin()
    # What the other computer with the same folder would say.
    HubClient(hub.url, enrolment.token, hub.http).taking(Turn(kept, "2.cc")).pull(0, "")
    before = desk.store.device
    take_down(desk, "The nurse was kind.")
    sync_now(desk, qtbot)
    assert "now has a number of its own; nothing is lost" in desk.last_said()
    qtbot.waitUntil(lambda: desk.store.device != before, timeout=A_ROUND_MS)
    assert desk.store.sync.counts().waiting == 0

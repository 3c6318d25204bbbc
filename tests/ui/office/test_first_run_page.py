"""The first opening: every question can be skipped, and the recovery code is confirmed or left for later."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.audit import audit, clipped
from ui.first_run.first_run_page import FirstRunAnswers, FirstRunPage
from ui.first_run.restore_page import RestorePage

CODE = "48210 00377 12345 67890 13579 24680 11223 44556"


@pytest.fixture
def page(app: QApplication, qtbot: QtBot) -> FirstRunPage:
    made = FirstRunPage(needs_passphrase=False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_everything_can_be_skipped(page: FirstRunPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.answered) as answered:
        page.skip.click()
    assert answered.args == [FirstRunAnswers()]


def test_answers_are_passed_on_without_their_edges(page: FirstRunPage, qtbot: QtBot) -> None:
    page.organisation.setText("  Healthwatch Anywhere ")
    page.staff_name.setText("Zoë")
    with qtbot.waitSignal(page.answered) as answered:
        page.go_on.click()
    assert answered.args == [FirstRunAnswers(organisation="Healthwatch Anywhere", staff_name="Zoë")]


def test_code_is_confirmed_by_one_group_of_it(page: FirstRunPage, qtbot: QtBot) -> None:
    page.show_recovery_code(CODE)
    page.recovery.typed.setText("00000")
    page.recovery.confirm.click()
    assert "group 3" in page.recovery.typed.accessibleDescription()
    page.recovery.typed.setText(" 12345 ")
    with qtbot.waitSignal(page.finished) as finished:
        page.recovery.confirm.click()
    assert finished.args == [True]


def test_code_can_be_confirmed_later(page: FirstRunPage, qtbot: QtBot) -> None:
    page.show_recovery_code(CODE)
    with qtbot.waitSignal(page.finished) as finished:
        page.recovery.later.click()
    assert finished.args == [False]


def test_passphrases_must_agree_and_be_long_enough(app: QApplication, qtbot: QtBot) -> None:
    page = FirstRunPage(needs_passphrase=True)
    qtbot.addWidget(page)
    page.show()
    page.passphrase.setText("short")
    page.go_on.click()
    assert "at least 10" in page.passphrase.accessibleDescription()
    page.passphrase.setText("three unrelated words")
    page.passphrase_again.setText("three unrelated swords")
    page.go_on.click()
    assert "differ" in page.passphrase_again.accessibleDescription()
    page.passphrase_again.setText("three unrelated words")
    with qtbot.waitSignal(page.answered) as answered:
        page.go_on.click()
    assert answered.args[0].passphrase == "three unrelated words"


@pytest.mark.parametrize("percent", [100, 200])
def test_pages_pass_the_audit(app: QApplication, qtbot: QtBot, percent: int) -> None:
    theme.apply(app, "dark", percent)
    page, restore = FirstRunPage(needs_passphrase=True), RestorePage()
    for one in (page, restore):
        qtbot.addWidget(one)
        one.resize(1200, 700)
        one.show()
        assert audit(one) == []
        assert clipped(one) == []
    page.show_recovery_code(CODE)
    assert audit(page) == []
    assert clipped(page) == []


def test_restore_asks_for_what_is_missing(app: QApplication, qtbot: QtBot) -> None:
    page = RestorePage()
    qtbot.addWidget(page)
    page.show()
    page.restore.click()
    assert "Choose the backup file" in page.file.accessibleDescription()
    page.file.setText("/media/stick/Intake.intake-backup")
    page.restore.click()
    assert "recovery code" in page.code.accessibleDescription()
    page.code.setText(CODE)
    with qtbot.waitSignal(page.given) as given:
        page.restore.click()
    assert given.args == [Path("/media/stick/Intake.intake-backup"), "", CODE]

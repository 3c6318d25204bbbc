"""The window opens in steps: words can be typed at once, and are saved when the store is open."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.settings import PASSPHRASE_FILE_VARIABLE, Settings
from intake_app.store.opening import create_store, open_store
from intake_app.times import IdMaker, system_clock
from ui.audit import audit
from ui.command_line import WindowOptions
from ui.fault_panel import FaultPanel
from ui.first_run.first_run_page import FirstRunPage
from ui.made_up import folder_of, made
from ui.opening import Opening
from ui.passphrase_page import PassphrasePage
from ui.practice.mark import PracticeMark
from ui.shell import ShellWindow
from ui.start import asks_before_typing

PASSPHRASE = "correct horse battery"
LONG_ENOUGH_MS = 60_000

Opened = tuple[ShellWindow, Opening]
Open = Callable[..., Opened]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder whose store opens by a passphrase."""
    folder = tmp_path / "intake"
    made = create_store(
        folder,
        "Exemplar",
        staff_name="Sam",
        passphrase=PASSPHRASE,
        clock=system_clock,
        ids=IdMaker(system_clock),
    )
    made.store.close()
    return folder


@pytest.fixture
def unattended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    monkeypatch.setenv(PASSPHRASE_FILE_VARIABLE, str(path))


@pytest.fixture
def open_window(app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    opened: list[Opened] = []

    def show(folder: Path, typed: str = "", options: WindowOptions | None = None) -> Opened:
        shell = ShellWindow()
        if asks_before_typing(folder):
            shell.cover()
        with qtbot.waitExposed(shell):
            shell.show()
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        if not asks_before_typing(folder):
            shell.narrative.setFocus()
            QTest.keyClicks(shell.narrative, typed)
        opening = Opening(app, shell, folder, Settings(), options or WindowOptions())
        opened.append((shell, opening))
        opening.begin()
        return shell, opening

    yield show
    for shell, opening in opened:
        shell.unsaved = lambda: False
        shell.finish_work = None
        shell.close()
        opening.end()
        app.processEvents()
        shell.deleteLater()
        opening.deleteLater()
    app.processEvents()


def page(shell: ShellWindow, kind: type[QWidget]) -> Callable[[], bool]:
    return lambda: isinstance(shell.pages.currentWidget(), kind)


def drafts(opening: Opening) -> list[str]:
    workplace = opening.workplace
    return [] if workplace is None else [one.first_words for one in workplace.store.drafts.all()]


@pytest.mark.usefixtures("unattended")
def test_words_typed_before_the_store_is_open_are_saved_once_it_is(
    folder: Path, open_window: Open, qtbot: QtBot
) -> None:
    shell, opening = open_window(folder, typed="she waited six hours")
    QTest.keyClicks(shell.narrative, " in A and E")

    qtbot.waitUntil(lambda: drafts(opening) == ["she waited six hours in A and E"], timeout=LONG_ENOUGH_MS)

    assert shell.narrative.hasFocus()
    assert shell.narrative.words() == "she waited six hours in A and E"


@pytest.mark.usefixtures("unattended")
def test_until_then_the_status_line_says_that_they_are_not_saved(folder: Path, open_window: Open) -> None:
    shell, _opening = open_window(folder)

    QTest.keyClicks(shell.narrative, "she")

    assert shell.status.text() == "Not saved yet"


def test_a_passphrase_is_asked_for_before_anything_else_is_shown(
    folder: Path, open_window: Open, qtbot: QtBot
) -> None:
    shell, opening = open_window(folder)
    assert not shell.narrative.isVisible()
    qtbot.waitUntil(page(shell, PassphrasePage), timeout=LONG_ENOUGH_MS)
    asked = shell.pages.currentWidget()
    assert isinstance(asked, PassphrasePage)
    assert asked.field.hasFocus()
    assert audit(shell) == []

    QTest.keyClicks(asked.field, "wrong")
    QTest.keyClick(asked.field, "\r")
    qtbot.waitUntil(lambda: "Try again" in asked.field.accessibleDescription(), timeout=LONG_ENOUGH_MS)
    assert asked.field.hasFocus()

    asked.field.clear()
    QTest.keyClicks(asked.field, PASSPHRASE)
    QTest.keyClick(asked.field, "\r")
    qtbot.waitUntil(lambda: opening.workplace is not None, timeout=LONG_ENOUGH_MS)
    assert shell.pages.currentWidget() is shell.record_area
    assert shell.narrative.hasFocus()


def test_the_recovery_code_opens_it_too(tmp_path: Path, open_window: Open, qtbot: QtBot) -> None:
    made = create_store(
        tmp_path / "other", passphrase=PASSPHRASE, clock=system_clock, ids=IdMaker(system_clock)
    )
    made.store.close()
    shell, opening = open_window(tmp_path / "other")
    qtbot.waitUntil(page(shell, PassphrasePage), timeout=LONG_ENOUGH_MS)
    asked = shell.pages.currentWidget()
    assert isinstance(asked, PassphrasePage)

    asked.other_way.click()
    assert asked.field.echoMode() == QLineEdit.EchoMode.Normal
    assert asked.field.accessibleName() == "Recovery code"
    QTest.keyClicks(asked.field, made.recovery_code)
    QTest.keyClick(asked.field, "\r")

    qtbot.waitUntil(lambda: opening.workplace is not None, timeout=LONG_ENOUGH_MS)


def test_an_empty_folder_is_welcomed_and_a_record_can_be_taken(
    tmp_path: Path, open_window: Open, qtbot: QtBot
) -> None:
    folder = tmp_path / "fresh"
    shell, opening = open_window(folder)
    qtbot.waitUntil(page(shell, FirstRunPage), timeout=LONG_ENOUGH_MS)
    welcome = shell.pages.currentWidget()
    assert isinstance(welcome, FirstRunPage)
    assert audit(shell) == []

    welcome.organisation.setText("Healthwatch Exemplar")
    welcome.passphrase.setText(PASSPHRASE)
    welcome.passphrase_again.setText(PASSPHRASE)
    welcome.go_on.click()
    qtbot.waitUntil(welcome.recovery.isVisible, timeout=LONG_ENOUGH_MS)
    welcome.finished.emit(False)

    qtbot.waitUntil(lambda: opening.workplace is not None, timeout=LONG_ENOUGH_MS)
    assert shell.narrative.hasFocus()
    QTest.keyClicks(shell.narrative, "first words")
    qtbot.waitUntil(lambda: drafts(opening) == ["first words"], timeout=LONG_ENOUGH_MS)
    assert opening.workplace is not None
    assert opening.workplace.store.organisation.name == "Healthwatch Exemplar"


@pytest.mark.usefixtures("unattended")
def test_a_damaged_store_is_told_above_the_words_which_stay(
    folder: Path, open_window: Open, qtbot: QtBot
) -> None:
    store = folder / "intake.store"
    whole = store.read_bytes()
    store.write_bytes(whole[:16] + b"\x5a" * (len(whole) - 16))
    shell, opening = open_window(folder, typed="she waited")

    qtbot.waitUntil(lambda: shell.findChild(FaultPanel) is not None, timeout=LONG_ENOUGH_MS)
    panel = shell.findChild(FaultPanel)
    assert isinstance(panel, FaultPanel)
    assert shell.status.text()
    assert shell.narrative.words() == "she waited"
    assert audit(shell) == []

    store.write_bytes(whole)
    panel.try_again.click()
    qtbot.waitUntil(lambda: drafts(opening) == ["she waited"], timeout=LONG_ENOUGH_MS)


@pytest.mark.usefixtures("unattended")
def test_a_second_window_on_the_same_store_is_refused_in_words(
    folder: Path, open_window: Open, qtbot: QtBot
) -> None:
    with open_store(folder, PASSPHRASE, clock=system_clock, ids=IdMaker(system_clock), window=True):
        shell, _opening = open_window(folder, typed="she waited")
        qtbot.waitUntil(lambda: "already open" in shell.status.text(), timeout=LONG_ENOUGH_MS)
        assert shell.narrative.words() == "she waited"


@pytest.mark.usefixtures("unattended")
def test_the_telephone_system_can_ask_for_a_record(folder: Path, open_window: Open, qtbot: QtBot) -> None:
    shell, opening = open_window(folder, options=WindowOptions(new="phone", number="020 7946 0018"))
    asked: list[tuple[str, str]] = []
    shell.new_wanted.connect(lambda channel, number: asked.append((channel, number)))

    qtbot.waitUntil(lambda: bool(asked), timeout=LONG_ENOUGH_MS)

    assert asked == [("phone", "020 7946 0018")]
    assert opening.workplace is not None


@pytest.mark.usefixtures("unattended")
def test_a_call_that_comes_while_the_window_still_opens_waits_for_its_page(
    folder: Path, open_window: Open, qtbot: QtBot
) -> None:
    shell, opening = open_window(folder)
    asked: list[tuple[str, str]] = []
    shell.new_wanted.connect(lambda channel, number: asked.append((channel, number)))

    opening._rung("phone", "020 7946 0018")
    assert asked == []
    qtbot.waitUntil(lambda: bool(asked), timeout=LONG_ENOUGH_MS)
    opening._rung("phone", "0161 496 0000")

    assert asked == [("phone", "020 7946 0018"), ("phone", "0161 496 0000")]


@pytest.mark.usefixtures("unattended")
def test_closing_saves_the_last_words_first(folder: Path, open_window: Open, qtbot: QtBot) -> None:
    shell, opening = open_window(folder)
    qtbot.waitUntil(lambda: opening.workplace is not None and shell.status.text() == "Intake. Ready.",
                    timeout=LONG_ENOUGH_MS)  # fmt: skip
    QTest.keyClicks(shell.narrative, "last words")

    shell.close()
    qtbot.waitUntil(lambda: not shell.isVisible(), timeout=LONG_ENOUGH_MS)

    assert drafts(opening) == ["last words"]


def test_closing_with_words_that_cannot_be_saved_asks_first(
    folder: Path, open_window: Open, qtbot: QtBot
) -> None:
    shell, _opening = open_window(folder)
    qtbot.waitUntil(page(shell, PassphrasePage), timeout=LONG_ENOUGH_MS)
    shell.narrative.set_words("she waited")

    shell.close()
    qtbot.waitUntil(lambda: shell.findChild(QMessageBox) is not None, timeout=LONG_ENOUGH_MS)
    box = shell.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    stay = box.defaultButton()
    assert isinstance(stay, QPushButton)
    stay.click()

    assert shell.isVisible()
    assert shell.narrative.words() == "she waited"


def test_practice_opens_without_a_question_and_is_marked(
    tmp_path: Path, open_window: Open, qtbot: QtBot
) -> None:
    real = tmp_path / "intake"
    options = WindowOptions(data_dir=str(real), practise=True)
    folder = folder_of(options)
    assert made(folder, options)
    shell, opening = open_window(folder, options=options)

    qtbot.waitUntil(lambda: shell.status.text().startswith("Practice"), timeout=LONG_ENOUGH_MS)

    assert shell.windowTitle() == "Practice – Intake"
    assert shell.findChild(PracticeMark) is not None
    assert opening.workplace is not None
    assert opening.workplace.store.practice
    assert not real.exists()


def test_a_practice_folder_is_marked_also_where_it_is_opened_as_a_real_one(
    tmp_path: Path, open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = WindowOptions(data_dir=str(tmp_path / "intake"), practise=True)
    folder = folder_of(options)
    assert made(folder, options)
    monkeypatch.setenv(PASSPHRASE_FILE_VARIABLE, str(folder / "passphrase.txt"))
    shell, _opening = open_window(folder)

    qtbot.waitUntil(lambda: shell.status.text().startswith("Practice"), timeout=LONG_ENOUGH_MS)

    assert shell.windowTitle() == "Practice – Intake"


def test_a_real_store_in_the_place_of_practice_is_never_shown_as_practice(
    folder: Path, open_window: Open, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    practice = folder.with_name("other-practice")
    folder.rename(practice)
    options = WindowOptions(data_dir=str(folder.with_name("other")), practise=True)

    assert not made(practice, options)
    assert "There is a store in" in capsys.readouterr().err

    # Not even one that opens with the words that practice knows.
    (practice / "passphrase.txt").write_text("x", "utf-8")
    (practice / "ready").touch()
    shell, opening = open_window(practice, options=options)
    qtbot.waitUntil(page(shell, PassphrasePage), timeout=LONG_ENOUGH_MS)
    (passphrase_page,) = shell.findChildren(PassphrasePage)
    passphrase_page.given.emit(PASSPHRASE, "")
    qtbot.waitUntil(lambda: "There is a store in" in shell.status.text(), timeout=LONG_ENOUGH_MS)
    assert opening.workplace is None

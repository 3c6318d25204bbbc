"""The whole window on the real store and the shipped question sets, driven by keys as an operator does."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.forms.library import Library
from intake_app.settings import Settings
from intake_app.store.opening import create_store, open_store
from intake_app.times import IdMaker
from tests.fakes import DictionaryKeyring, HandClock
from tests.ui.record.desk import Desk, turn
from ui import accessibility, theme
from ui.background import Background
from ui.main_window import MainWindow, build_pages
from ui.shell import ShellWindow
from ui.translation import use_language
from ui.workplace import Workplace

__all__ = ["clock", "desk", "keyring", "library", "make_desk", "ready_folder"]

CQC_FILE = """CQC Locations data

This data was produced on 16 September 2026

Name,Also known as,Address,Postcode,Phone number,Service's website (if available),Service types,\
Date of latest check,Specialisms/services,Provider name,Local authority,Region,Location URL,\
CQC Location ID (for office use only),CQC Provider ID (for office use only)
Rose Lodge,,"1 High Street,Leeds",LS1 1AA,1132000000,,Care home,09/Jan/2018 - 00:00,,Rose Care Ltd,Leeds,\
Yorkshire & Humberside,https://www.cqc.org.uk/location/1-101671690,1-101671690,1-101671699
Rosewood Surgery,,"2 High Street,Leeds",LS1 1AB,1132000001,,GP,09/Jan/2018 - 00:00,,Dr Able,Leeds,\
Yorkshire & Humberside,https://www.cqc.org.uk/location/1-201671690,1-201671690,1-201671699
"""


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.shipped()


@pytest.fixture(scope="session")
def keyring() -> DictionaryKeyring:
    return DictionaryKeyring()


@pytest.fixture(scope="session")
def ready_folder(tmp_path_factory: pytest.TempPathFactory, keyring: DictionaryKeyring) -> Path:
    """A store with two services, made once and copied for each test: making its keys is slow on purpose."""
    folder = tmp_path_factory.mktemp("ready")
    clock = HandClock()
    made = create_store(
        folder / "intake", "Healthwatch Exemplar", staff_name="Sam", clock=clock, ids=IdMaker(clock),
        keyring=keyring,
    )  # fmt: skip
    services = folder / "services.csv"
    services.write_text(CQC_FILE, "utf-8")
    with made.store as store:
        store.directory.import_files([services])
    return folder / "intake"


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    clock: HandClock,
    library: Library,
    ready_folder: Path,
    keyring: DictionaryKeyring,
) -> Iterator[MakeDesk]:
    """Opens the window; a second call in one test opens it on the same store again."""
    accessibility.install(qapp)
    QAccessible.setActive(True)
    theme.apply(qapp, "light", 100)
    ids = IdMaker(clock)
    folder = tmp_path / "intake"
    shutil.copytree(ready_folder, folder)
    store = open_store(folder, clock=clock, ids=ids, keyring=keyring)
    opened: list[Workplace] = []

    def make(typed_before: str = "", width: int = 1366, height: int = 768) -> Desk:
        shell = ShellWindow()
        qtbot.addWidget(shell)
        shell.resize(width, height)
        with qtbot.waitExposed(shell):
            shell.show()
        shell.activateWindow()
        shell.narrative.setFocus()
        qtbot.waitUntil(shell.isActiveWindow)
        if typed_before:
            QTest.keyClicks(shell.narrative, typed_before)
        said: list[str] = []

        def announce(text: str) -> None:
            said.append(text)
            shell.status.say(text)

        workplace = Workplace(
            folder=tmp_path / "intake", store=store, library=library, background=Background(),
            sync_background=Background(name="sync"), settings=Settings(), clock=clock, ids=ids,
            announce=announce,
        )  # fmt: skip
        opened.append(workplace)
        window: list[MainWindow] = []
        built = build_pages(shell, workplace)
        for _slice in built:
            turn()
        window = shell.findChildren(MainWindow)
        desk = Desk(qtbot, shell, workplace, window[0], clock, said)
        desk.settle()
        return desk

    yield make
    for workplace in opened:
        workplace.background.close()
        workplace.sync_background.close()
    turn()
    store.close()
    use_language(qapp, "en")
    theme.apply(qapp, "light", 100)


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk()

"""Start-up: a window that can be typed into first, everything else after its first paint."""

import importlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from intake_app import i18n, settings
from ui import made_up as made_up_folders
from ui import theme, translation
from ui.command_line import WindowOptions
from ui.shell import ShellWindow
from ui.single_copy import take_lock

SWITCH_INTERVAL_S = 0.0005
"""The worker thread computes while staff type: the interpreter is handed over ten times as often."""


def make_application() -> QApplication:
    """The bare application object; ``complete`` makes it whole."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    QLocale.setDefault(QLocale("en_GB"))
    # As an argument: ``setStyle`` loads all names of QStyle into Python, 6 ms before the first paint.
    app = QApplication(["intake", "-style", "fusion"])
    app.setApplicationName("intake")
    return app


def complete(app: QApplication) -> None:
    """What the first paint can do without: accessibility cures, style, focus ring, garbage collection.

    Tests call it before they make widgets; the window, once it can be typed into.
    """
    from ui import accessibility
    from ui.garbage import GarbageCollection

    accessibility.install(app)
    theme.dress(app)
    GarbageCollection(app)


class _Loader(QObject):
    """Imports the rest on its own thread, so that the window goes on taking keys, then calls ``then``."""

    _loaded = Signal()

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then = then
        # A method of an object of this thread: a bare function would be called on the other one.
        self._loaded.connect(self._go_on)

    def begin(self) -> None:
        threading.Thread(target=self._load, name="intake-imports", daemon=True).start()

    def _load(self) -> None:
        importlib.import_module("ui.opening")
        self._loaded.emit()

    def _go_on(self) -> None:
        self._then()


def run(options: WindowOptions) -> int:
    """Opens the window, or brings the one forward that is open, and returns the exit code."""
    folder, made_up = made_up_folders.folder_of(options), options.demo or options.practise
    if made_up and not made_up_folders.made(folder, options):
        return 1
    app = make_application()
    lock = take_lock(folder)
    if lock is None:
        return _bring_forward(folder, options)
    chosen = settings.load(folder)
    theme.colour(app, chosen.theme, chosen.text_size)
    translation.use_language(app, options.language or chosen.language or _system_language(), folder / "cache")
    shell = ShellWindow()
    if options.practise:
        from ui.practice.mark import mark

        mark(shell, folder)
    asks = not made_up and asks_before_typing(folder)
    if asks:
        shell.cover()
    shell.show()
    if not asks:
        shell.narrative.setFocus()

    def go_on() -> None:
        from ui.opening import Opening

        complete(app)
        opening = Opening(app, shell, folder, chosen, options)
        app.aboutToQuit.connect(opening.end)
        opening.begin()

    loader = _Loader(go_on)
    shell.painted.connect(loader.begin)
    QTimer.singleShot(0, shell.tell_when_painted)
    try:
        return app.exec()
    finally:
        lock.unlock()


def asks_before_typing(folder: Path) -> bool:
    """Whether a page comes before the story box: the first run's, or the passphrase's.

    A look at the folder only; what really opens the store is found out after the first paint.
    """
    try:
        if not (folder / "intake.store").exists():
            return True
    except OSError:
        return False  # the folder may not be looked into; opening the store says so
    if os.environ.get(settings.PASSPHRASE_FILE_VARIABLE):
        return False
    try:
        return '"keyring"' not in (folder / "keys.json").read_text("utf-8")
    except (OSError, ValueError):
        return False


def _system_language() -> str:
    """The computer's language where a reviewed catalogue has it; a draft is chosen by a person only."""
    wanted = QLocale.system().bcp47Name()
    fits = any(one.tag == wanted and one.reviewed for one in i18n.languages())
    return wanted if fits else i18n.ENGLISH


def _bring_forward(folder: Path, options: WindowOptions) -> int:
    from intake_app.errors import StoreLocked
    from ui.messages import sentence
    from ui.single_copy import ask_to_come_forward

    if ask_to_come_forward(folder, options.new, options.number):
        return 0
    sys.stderr.write(sentence(StoreLocked(path=str(folder))) + "\n")
    return 1

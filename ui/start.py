"""Start-up: a window that can be typed into first, everything else after its first paint."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from intake_app import i18n, settings
from ui import accessibility, theme, translation
from ui.command_line import WindowOptions
from ui.shell import ShellWindow

SWITCH_INTERVAL_S = 0.0005
"""The worker thread computes while staff type: the interpreter is handed over twenty times as often."""


def make_application() -> QApplication:
    """The application object as windows and tests need it."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    app = QApplication(["intake"])
    app.setApplicationName("intake")
    accessibility.install(app)
    return app


def run(options: WindowOptions) -> int:
    """Opens the window, or brings the one forward that is open, and returns the exit code."""
    folder = (
        settings.demo_folder(options.data_dir) if options.demo else settings.data_folder(options.data_dir)
    )
    app = make_application()
    from ui.single_copy import take_lock

    lock = take_lock(folder)
    if lock is None:
        return _bring_forward(folder, options)
    chosen = settings.load(folder)
    theme.apply(app, chosen.theme, chosen.text_size)
    translation.use_language(app, options.language or chosen.language or _system_language(), folder / "cache")
    shell = ShellWindow()
    asks = asks_before_typing(folder)
    if asks:
        shell.cover()
    shell.show()
    if not asks:
        shell.narrative.setFocus()

    def go_on() -> None:
        from ui.opening import Opening

        opening = Opening(app, shell, folder, chosen, options)
        app.aboutToQuit.connect(opening.end)
        opening.begin()

    shell.painted.connect(go_on)
    try:
        return app.exec()
    finally:
        lock.unlock()


def asks_before_typing(folder: Path) -> bool:
    """Whether a page comes before the story box: the first run's, or the passphrase's.

    A look at the folder only; what really opens the store is found out after the first paint.
    """
    if not (folder / "intake.store").exists():
        return True
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

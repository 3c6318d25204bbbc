"""Start-up: a window that can be typed into first, everything else after its first paint."""

import sys
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from ui import accessibility, theme, translation
from ui.command_line import WindowOptions
from ui.shell import ShellWindow


def make_application() -> QApplication:
    """The application object as windows and tests need it."""
    # The worker thread computes while staff type: hand the interpreter over often.
    sys.setswitchinterval(0.0005)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    app = QApplication(["intake"])
    app.setApplicationName("intake")
    accessibility.install(app)
    return app


def run(options: WindowOptions) -> int:
    """Opens the window and returns its exit code."""
    app = make_application()
    theme.apply(app)
    translation.use_language(app, options.language or "en")
    folder = Path(options.data_dir)
    shell = ShellWindow()
    shell.setProperty("folder", str(folder))
    shell.show()
    shell.narrative.setFocus()
    return app.exec()

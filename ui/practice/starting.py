"""From the real window to the practice window and back: each is a program of its own on its own folder."""

from pathlib import Path

from PySide6.QtCore import QProcess

from intake_app import i18n
from ui.child_process import command


def open_practice(real: Path) -> bool:
    """Opens the practice window, or brings it forward; False where it cannot be started."""
    return _start(real, "--practise", "--language", i18n.language())


def open_real(real: Path) -> bool:
    """Brings the real window forward, or opens it: a second copy only rings at the first."""
    return _start(real)


def _start(real: Path, *options: str) -> bool:
    program, *first = command()
    started: tuple[bool, int] | bool = QProcess.startDetached(
        program, [*first, "--data-dir", str(real), *options]
    )
    return started[0] if isinstance(started, tuple) else started

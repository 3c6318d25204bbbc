"""The rows of the Help menu that are no keys, and the palette: made when they are first wanted."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from intake_app.i18n import N_, _
from ui.accessibility import in_silence
from ui.practice.starting import open_practice
from ui.shell import ShellWindow
from ui.translation import tr
from ui.workplace import Workplace

PALETTE = "palette"


class HelpMenu(QObject):
    """Nothing here is built before somebody asks for it: it would hold up a key while the window opens."""

    def __init__(self, shell: ShellWindow, workplace: Workplace) -> None:
        super().__init__(shell)
        self._shell = shell
        self._workplace = workplace
        self._palette: Callable[[], None] | None = None

    def open_palette(self) -> None:
        """Ctrl+Shift+P."""
        if self._palette is None:
            from ui.help.palette import CommandPalette

            shell = self._shell
            with in_silence():
                made = CommandPalette(
                    shell.menuBar(),
                    self._workplace.announce,
                    PALETTE,
                    lambda: shell.pages.geometry().top(),
                    shell.centralWidget(),
                )
            made.left.connect(lambda: shell.status.show_quietly(""))
            self._palette = made.open
        self._palette()

    def rows(self) -> list[QAction]:
        """The manual everywhere; the way to the practice window in a real one only."""
        rows = [self._row(N_("&Manual"), self.open_manual)]
        if not self._workplace.store.practice:
            rows.append(self._row(N_("&Practise …"), self._practise))
        return rows

    def open_manual(self) -> None:
        """In a window of its own; it comes forward where it is open already."""
        from ui.help.manual_window import ManualWindow

        window = self._shell.findChild(ManualWindow) or ManualWindow(self._shell)
        window.show()
        window.raise_()
        window.activateWindow()

    def _practise(self) -> None:
        if open_practice(self._workplace.folder):
            self._workplace.announce(_("The practice window opens. This window stays as it is."))
        else:
            self._workplace.announce(_("The practice window could not be started."))

    def _row(self, words: str, act: Callable[[], None]) -> QAction:
        action = QAction(self)
        action.setObjectName(words)
        action.setMenuRole(QAction.MenuRole.NoRole)
        tr(action, action.setText, lambda: _(words))
        action.triggered.connect(lambda _checked=False: act())
        return action

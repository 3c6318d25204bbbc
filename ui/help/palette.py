"""Every command of the menus, found by words: typed, filtered, heard, done with Enter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QMenu, QMenuBar, QVBoxLayout, QWidget

from intake_app.folding import fold
from intake_app.i18n import _, ngettext
from ui.accessibility import in_silence, only_focus_heard
from ui.form.finder import Finder, Found
from ui.help.synonyms import synonyms
from ui.theme import em
from ui.translation import tr

_EDGE_PX = 8
_WIDEST_EM = 60
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Command:
    """One row of a menu. ``words`` is folded: its text, its key, its menu and what else people call it."""

    action: QAction
    text: str
    keys: str
    words: str


def commands(bar: QMenuBar, left_out: str = "") -> tuple[Command, ...]:
    """What the menus offer now, in their order, without what is hidden or cannot be done."""
    return tuple(
        command
        for action in bar.actions()
        for command in _below(action, "")
        if command.action.objectName() != left_out
    )


def _below(action: QAction, menu: str) -> Iterator[Command]:
    text = plain(action.text())
    inside = action.menu()
    if isinstance(inside, QMenu):
        for one in inside.actions():
            yield from _below(one, f"{menu} {text}")
    elif action.isVisible() and action.isEnabled() and not action.isSeparator() and menu:
        keys = action.shortcut().toString().replace("Return", "Enter")
        words = f"{text} {keys} {menu} {synonyms(action.objectName())}"
        yield Command(action, text, keys, fold(words))


def plain(text: str) -> str:
    """A menu's words without the mark of its letter and the dots of a dialog."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…").strip()


def matching(found: tuple[Command, ...], words: str) -> tuple[Command, ...]:
    """Those that have every word, those whose text begins with them first; all for none."""
    wanted = fold(words).split()
    fitting = [one for one in found if all(word in one.words for word in wanted)]
    start = " ".join(wanted)
    # What is called so comes before what is only also called so.
    return tuple(
        sorted(
            fitting,
            key=lambda one: (
                not fold(one.text).startswith(start),
                not all(word in fold(one.text) for word in wanted),
            ),
        )
    )


class CommandFinder(Finder):
    """The service finder's line and list; Enter in the line takes the first row, which was heard.

    Signals: ``left()`` Esc, from the line or from the list.
    """

    left = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        ):
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if watched is self.line and event.key() in _ENTERS:
                self._choose(0)
                return True
        return super().eventFilter(watched, event)

    def _count_words(self) -> str:
        if not self.words() or not self._arrived or not self._rows:
            return super()._count_words()
        count = len(self._rows)
        words = ngettext(
            "{count} command: {first}. Enter does it.",
            "{count} commands. First: {first}. Enter does it, Down arrow for the others.",
            count,
        )
        return words.format(count=count, first=self._rows[0].spoken)


class CommandPalette(QFrame):
    """Over the top of the page while it is used; the focus and the caret come back afterwards.

    Over it and not above it: at large text nothing could make room on a small screen. ``top`` is where the
    page begins, below what marks every page.

    Signals: ``left()`` nothing was chosen; what was said about matches holds no longer.
    """

    left = Signal()

    def __init__(
        self,
        bar: QMenuBar,
        say: Callable[[str], None],
        left_out: str,
        top: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._left_out = left_out
        self._top = top
        self._before: QWidget | None = None
        self._commands: tuple[Command, ...] = ()
        self.finder = CommandFinder(self._search, say, "palette", "palette_results", lists_all=True)
        label = QLabel(self)
        label.setBuddy(self.finder.line)
        tr(label, label.setText, lambda: _("Find a command"))
        tr(self.finder.line, self.finder.line.setAccessibleName, lambda: _("Find a command"))
        tr(
            self.finder.line,
            self.finder.line.setAccessibleDescription,
            lambda: _("Type what you want to do. Enter does it, Down arrow for the list, Esc goes back."),
        )
        tr(self.finder.results, self.finder.results.setAccessibleName, lambda: _("Commands"))
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        layout = QVBoxLayout(self)
        layout.addWidget(label)
        layout.addWidget(self.finder)
        self.finder.left.connect(self.leave)
        self.finder.chosen.connect(self._do)
        if parent is not None:
            parent.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Of what is over: another size. Of what is inside: another number of rows.
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.isVisible():
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._place()
        return super().event(event)

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            width = min(parent.width() - 2 * _EDGE_PX, em(self, _WIDEST_EM))
            left = (parent.width() - width) // 2
            self.setGeometry(left, self._top(), width, self.sizeHint().height())
            self.raise_()

    def open(self) -> None:
        """Shows every command; a second time it only takes the focus."""
        # Its rows come by the dozen: told one by one, they keep Orca from saying where the focus is (heard).
        with only_focus_heard():
            if not self.isVisible():
                self._before = QApplication.focusWidget()
                self._commands = commands(self._bar, self._left_out)
                self.show()
                self.finder.clear()
                self.finder.look_again()
                self._place()
            self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Back to the very widget that had the focus, its caret where it was."""
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            # Before it is hidden: Qt would send the focus elsewhere first, and that would be heard.
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        with in_silence():
            self.finder.clear()
            self.hide()
            self.left.emit()

    def _search(self, words: str, show: Callable[[tuple[Found, ...]], None]) -> None:
        show(
            tuple(
                Found(one.action, _row(one), ", ".join(part for part in (one.text, one.keys) if part))
                for one in matching(self._commands, words)
            )
        )

    def _do(self, action: object) -> None:
        # The command acts on what had the focus, so that comes first.
        self.leave()
        if isinstance(action, QAction) and shiboken6.isValid(action):
            action.trigger()


def _row(command: Command) -> str:
    return f"{command.text}    {command.keys}" if command.keys else command.text

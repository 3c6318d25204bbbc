"""The turns of a text relay call below the form: those so far, and a box for the one that is heard."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from intake_app.i18n import _
from ui.accessibility import in_silence
from ui.form.ink import MUTED, TEXT, InkLabel
from ui.narrative import NarrativeBox
from ui.record.flow import FlowLayout
from ui.record.rows import Rows
from ui.relay.turn_words import call_back_words
from ui.rows import add_row, button
from ui.translation import tr

LINES_OF_A_TURN = 2
LINES_OF_THE_LOG = 4
_MARGINS_PX = 12
Act = Callable[[str], object]


class TurnBox(NarrativeBox):
    """Signals: ``ended()`` Enter was pressed · ``left()`` Esc was pressed."""

    ended = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.is_composing():
            if not event.isAutoRepeat():
                self.ended.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TurnPane(QWidget):
    """Shows; what is done with a turn is done by ``RelayCall``.

    Signals: ``edited()`` somebody typed · ``ended()`` Enter in the box · ``correct_wanted()`` ·
    ``correction_left()`` Esc in the box · ``story_wanted()`` Enter on a turn · ``direct_changed(bool)``
    """

    edited = Signal()
    ended = Signal()
    correct_wanted = Signal()
    correction_left = Signal()
    assistant_wanted = Signal()
    story_wanted = Signal()
    direct_changed = Signal(bool)

    def __init__(self, act: Act, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.correcting = False
        self._filling = False
        self._stacked = False
        self.state = InkLabel(TEXT, self)
        self.state.setAccessibleIdentifier("relay_turn")
        bold = self.state.font()
        bold.setBold(True)
        self.state.setFont(bold)
        self.log = Rows("relay_log", self)
        self.log.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.log.chosen.connect(lambda _key: self.story_wanted.emit())
        self.box = TurnBox(self)
        self.direct = QCheckBox(self)
        self.direct.setAccessibleIdentifier("relay_direct")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.call_back = InkLabel(MUTED, self)
        self.call_back.setAccessibleIdentifier("relay_call_back")
        head = QHBoxLayout()
        layout.addLayout(head)
        for label in (self.state, self.call_back):
            head.addWidget(label, 1)
        self._log_label = add_row(
            layout,
            self.log,
            lambda: _("Turns so far"),
            "relay_log",
            lambda: _("Enter copies a turn into what they said; Shift and arrows take several"),
            show_hint=False,
        )
        above = QHBoxLayout()
        layout.addLayout(above)
        self._box_label = add_row(
            layout, self.box, self._box_words, "relay_typed", self._hint, show_hint=False
        )
        # Beside the button for little room: a row of its own would not fit at 200 %.
        layout.removeWidget(self._box_label)
        above.addWidget(self._box_label, 1)
        foot = FlowLayout()
        layout.addLayout(foot)
        self.said = button(
            lambda: _("I said this question  Ctrl+Shift+Y"), "relay_said", lambda: act("relay_said")
        )
        self.hold = button(
            lambda: _("I said “please hold, GA”  Ctrl+Shift+H"), "relay_hold", lambda: act("relay_hold")
        )
        self.end = button(lambda: _("I said “goodbye, SK SK”"), "relay_end", lambda: act("relay_end"))
        self.use = button(
            lambda: _("Use turns as answer …  Ctrl+Shift+U"), "relay_use", lambda: act("use_selection")
        )
        self.correct = button(lambda: _("Correct this turn"), "relay_correct", self.correct_wanted.emit)
        self.assistant = button(
            lambda: _("The relay assistant said it"), "relay_assistant", self.assistant_wanted.emit
        )
        self._deeds = (self.said, self.hold, self.end, self.use, self.correct, self.assistant)
        self.more = button(lambda: _("Relay …"), "relay_more", self._open_menu)
        above.addWidget(self.more)
        for one in self._deeds:
            foot.addWidget(one)
        foot.addWidget(self.direct)
        tr(self.direct, self.direct.setText, lambda: _("They type to us directly, without an assistant"))
        self.direct.toggled.connect(self._on_direct)
        self.box.textChanged.connect(self._on_text)
        self.box.ended.connect(self.ended)
        self.box.left.connect(self.correction_left)
        self.arrange(stacked=False, inside=False)
        self.hide()

    def show_turns(self, rows: Sequence[tuple[str, str]], state: str) -> None:
        """Quietly: nothing of it is spoken over typing. The last turn is in sight and current."""
        self.state.setText(state)
        if tuple(rows) != self.log.words.rows:
            with in_silence():
                grown = len(rows) != len(self.log.words.rows)
                self.log.show_rows(rows)
                if grown and rows and not self.log.hasFocus():
                    self.log.setCurrentIndex(self.log.words.index(len(rows) - 1))
                    self.log.scrollToBottom()

    def show_call_back(self, number: str) -> None:
        """The number with the prefix that reaches them by relay; empty for none."""
        self.call_back.setText(call_back_words(number))
        self._show_call_back()

    def _show_call_back(self) -> None:
        """Where there is little room it stands in the menu alone."""
        self.call_back.setVisible(bool(self.call_back.text()) and not self._stacked)

    def selected(self) -> tuple[str, ...]:
        """The keys of the turns that are taken together, in the order of the log."""
        rows = sorted(index.row() for index in self.log.selectionModel().selectedRows())
        found = tuple(self.log.words.rows[row][0] for row in rows)
        current = self.log.current_key()
        return found or ((current,) if current else ())

    def choose(self, turns: Sequence[str]) -> None:
        """These rows of the log, and the focus on the first."""
        keys = [key for key, _words in self.log.words.rows]
        rows = [keys.index(one) for one in turns if one in keys]
        chosen = self.log.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        with in_silence():
            self.log.show()
            chosen.clearSelection()
            if rows:
                self.log.setCurrentIndex(self.log.words.index(rows[0]))
            for row in rows:
                chosen.select(self.log.words.index(row), flag.Select)
        self.log.setFocus()

    def show_typing(self, words: str, correcting: bool = False) -> None:
        """Other words in the box, such as those of another record; nobody typed them now."""
        self.correcting = correcting
        self._filling = True
        if words != self.box.words():
            self.box.set_words(words)
        self._filling = False
        self._rename()

    def show_direct(self, direct: bool) -> None:
        self._filling = True
        self.direct.setChecked(direct)
        self._filling = False
        self._rename()

    def arrange(self, stacked: bool, inside: bool) -> None:
        """``stacked``: there is little room. Then the log shows while somebody is ``inside``, and one button
        opens what the others do.
        """
        self._stacked = stacked
        shown = {
            self.state: not stacked,
            self._log_label: not stacked,
            self.log: inside or not stacked,
            self.more: stacked and inside,
            self.direct: not stacked,
        } | dict.fromkeys(self._deeds, not stacked)
        with in_silence():
            for one, visible in shown.items():
                one.setVisible(visible)
            self._show_call_back()
        line = QFontMetrics(self.font()).lineSpacing()
        lines = (1, 1) if stacked else (LINES_OF_THE_LOG, LINES_OF_A_TURN)
        for box, count in zip((self.log, self.box), lines, strict=True):
            box.setFixedHeight(count * line + _MARGINS_PX)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._deeds:
            menu.addAction(one.text().replace("&", "&&")).triggered.connect(one.click)
        direct = menu.addAction(self.direct.text())
        direct.setCheckable(True)
        direct.setChecked(self.direct.isChecked())
        direct.triggered.connect(self.direct.setChecked)
        if number := self.call_back.text():
            # Read when it is come to; Enter on it does nothing else.
            menu.addAction(number)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.more.mapToGlobal(self.more.rect().topLeft()))

    def _rename(self) -> None:
        for shown in (self._box_label.setText, self.box.setAccessibleName):
            shown(self._box_words())
        self.box.setAccessibleDescription(self._hint())

    def _box_words(self) -> str:
        if self.correcting:
            return _("The turn as it should read")
        return _("What they type") if self.direct.isChecked() else _("What the relay assistant reads to you")

    def _hint(self) -> str:
        if self.correcting:
            return _("Enter keeps the correction beside what was heard first; Esc leaves it")
        return _("Enter ends their turn, with GA. SK at the end says goodbye. F3 says whose turn it is.")

    def _on_text(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _on_direct(self, direct: bool) -> None:
        self._rename()
        if not self._filling:
            self.direct_changed.emit(direct)

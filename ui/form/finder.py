"""A line to type in and the list of what it finds, for services, topics and every long list of choices.

No QCompleter and no editable combo box: neither speaks what it found (measured with Orca, known of NVDA).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from intake_app.i18n import _, ngettext
from ui import theme
from ui.fonts import for_row
from ui.form.ink import MUTED, InkLabel
from ui.theme import show_row_by_focus
from ui.translation import tr

TYPING_PAUSE_MS = 400
"""Results are spoken only when typing has paused this long; spoken at each key they would drown the keys."""

SHOWN_ROWS = 6
ROWS_OF_A_STANDING_LIST = 4
"""A list that shows before anything is typed takes less of the page."""

_ROW_MARGINS_PX = 16
"""More than any style of ours leaves beside a row's words."""

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MODIFIED = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


@dataclass(frozen=True, slots=True)
class Found:
    """One row: what choosing it gives, how it looks, and how it is spoken, its place in the list left out."""

    value: object
    text: str
    spoken: str


Search = Callable[[str, Callable[[tuple[Found, ...]], None]], None]


class ShortList(QListWidget):
    """A list that is as high as its rows, up to a few, and whose rows wrap at large text."""

    def __init__(self, parent: QWidget | None = None, most_rows: int = SHOWN_ROWS) -> None:
        super().__init__(parent)
        self._most_rows = most_rows
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        theme.state().changed.connect(self._show_focus)
        self._show_focus()

    def fit(self) -> None:
        """Takes the height of its rows, once it is shown: laying out rows is the dearest part of a form."""
        if not self.isVisible():
            return
        # Working out how each row wraps takes most of a key's time, and at most text sizes none does.
        one_line = self._fits_one_line()
        self.setUniformItemSizes(one_line)
        self.setWordWrap(not one_line)
        self.doItemsLayout()  # sizeHintForRow would not know at which width the words wrap
        shown = min(self.count(), self._most_rows)
        rows = sum(self.visualItemRect(self.item(row)).height() for row in range(shown))
        self.setFixedHeight(max(rows, 24) + 2 * self.frameWidth() + 2)

    def _fits_one_line(self) -> bool:
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        room = self.width() - 2 * self.frameWidth() - bar - _ROW_MARGINS_PX
        width_of = self.fontMetrics().horizontalAdvance
        return all(width_of(self.item(row).text()) <= room for row in range(self.count()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() == event.oldSize().width():
            # The list's own would lay out every row again, for a height that it just took from them.
            QAbstractItemView.resizeEvent(self, event)
            return
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)  # a list without a current row is entered in silence
        super().focusInEvent(event)
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus()

    def _show_focus(self) -> None:
        show_row_by_focus(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(12 * self.fontMetrics().averageCharWidth(), 24)


class Finder(QWidget):
    """Down (or Enter) goes from the line into the list, Enter chooses there, Escape returns to the line.

    ``own_words`` makes the last row, for words that the list does not have. With ``lists_all`` the whole
    list shows while nothing is typed. Signals: ``chosen(object)`` the value of the row that staff chose.
    """

    chosen = Signal(object)

    def __init__(
        self,
        search: Search,
        say: Callable[[str], None],
        line_id: str,
        results_id: str,
        lists_all: bool = False,
        own_words: Callable[[str], Found] | None = None,
        parent: QWidget | None = None,
        pause_ms: int = TYPING_PAUSE_MS,
        most_rows: int = 0,
    ) -> None:
        super().__init__(parent)
        self._search = search
        self._say = say
        self._lists_all = lists_all
        self._own_words = own_words
        self._asked = 0
        self._arrived = False
        self._rows: tuple[Found, ...] = ()
        self.line = QLineEdit(self)
        self.line.setAccessibleIdentifier(line_id)
        self.results = ShortList(self, most_rows or (ROWS_OF_A_STANDING_LIST if lists_all else SHOWN_ROWS))
        self.results.setAccessibleIdentifier(results_id)
        self.results.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Down leads there: no second tab stop
        self.count = InkLabel(MUTED, self)
        self.count.hide()
        self.results.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.line, self.results, self.count):
            layout.addWidget(widget)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(self._say_count)
        self.line.textChanged.connect(self._typed)
        self.results.itemClicked.connect(self._clicked)
        self.line.installEventFilter(self)
        self.results.installEventFilter(self)
        tr(self, self.count.show_words, self._count_words)
        tr(self, self._number_rows, str)
        if lists_all:
            self.look_again()

    def words(self) -> str:
        """What is typed and not yet chosen."""
        return self.line.text().strip()

    def current(self) -> object:
        """What the current row of the results would give; None where there is none."""
        row = self.results.currentRow()
        return self._rows[row].value if 0 <= row < len(self._rows) else None

    def look_again(self) -> None:
        """Searches anew for what is typed: the list behind it has changed."""
        self._asked += 1
        self._arrived = False
        words = self.words()
        if not words and not self._lists_all:
            self._show(self._asked, ())
            return
        self._search(words, partial(self._show, self._asked))

    def list_hint(self) -> str:
        """How to get into a list that stands there before anything is typed; else empty."""
        return _("Type to filter, or Down arrow for the list.") if self._lists_all else ""

    def clear(self) -> None:
        """Empties the line, in silence."""
        self.line.clear()
        self._pause.stop()

    def _typed(self) -> None:
        if self.words():
            self._pause.start()
        else:
            self._pause.stop()
        self.look_again()

    def _show(self, asked: int, found: tuple[Found, ...]) -> None:
        if asked != self._asked:  # overtaken by a later key
            return
        self._arrived = True
        words = self.words()
        self._matches = len(found)
        self._rows = (*found, self._own_words(words)) if words and self._own_words else found
        self.results.clear()
        # Not as items made in Python: see SectionList.
        self.results.addItems([row.text for row in self._rows])
        for number, row in enumerate(self._rows):
            if (font := for_row(row.text)) is not None:
                model = self.results.model()
                model.setData(model.index(number, 0), font, Qt.ItemDataRole.FontRole)
        self._number_rows()
        self.results.setVisible(bool(self._rows))
        self.results.fit()
        self.count.show_words(self._count_words())
        if words and not self._pause.isActive():
            self._say_count()

    _matches = 0

    def _number_rows(self, _nothing: str = "") -> None:
        for place, row in enumerate(self._rows):
            # One's own words are a row too: a screen reader counts them in "list with 2 items".
            spoken = _("{row}, {place} of {count}").format(
                row=row.spoken, place=place + 1, count=len(self._rows)
            )
            self.results.item(place).setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _count_words(self) -> str:
        if not self.words() or not self._arrived:
            return ""
        if self._matches:
            count = self._matches
            words = ngettext(
                "{count} match. Down arrow to choose.", "{count} matches. Down arrow to choose.", count
            )
            return words.format(count=count)
        if self._own_words:
            return _("No match. Down arrow to use your own words.")
        return _("No match.")

    def _say_count(self) -> None:
        # Both must have happened: the pause and the answer. Whichever comes last speaks.
        if self._arrived and (words := self._count_words()) and self.line.hasFocus():
            self._say(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.modifiers() & _MODIFIED:
                return False
            if watched is self.line:
                return self._key_in_line(event)
            return self._key_in_results(event)
        return False

    def _key_in_line(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down or event.key() in _ENTERS:
            if self._rows and self._arrived:
                self._pause.stop()
                self.results.setCurrentRow(0)
                self.results.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.key() == Qt.Key.Key_Escape and self.line.text():
            self.clear()
            return True
        return False

    def _key_in_results(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTERS or event.key() == Qt.Key.Key_Space:
            self._choose(self.results.currentRow())
            return True
        first = self.results.currentRow() <= 0
        if event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and first):
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if (event.text().isprintable() and event.text()) or event.key() == Qt.Key.Key_Backspace:
            # Going on typing goes on searching.
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.end(False)
            self.line.event(event)
            return True
        return False

    def _clicked(self, item: QListWidgetItem) -> None:
        self._choose(self.results.row(item))

    def _choose(self, row: int) -> None:
        if not 0 <= row < len(self._rows):
            return
        value = self._rows[row].value
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear()
        self.chosen.emit(value)

"""The sections of a record, each with what is left of it in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from intake_app.i18n import _, ngettext, series
from intake_app.text import ltr
from ui.translation import tr

_CHOOSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True, slots=True)
class SectionState:
    """``unanswered`` counts what nothing is known of yet, ``problems`` what needs attention."""

    key: str
    title: str
    unanswered: int
    problems: int = 0


class SectionList(QListWidget):
    """Arrow keys read the sections; Enter, Space or a click opens one (nothing opens by itself).

    Signals: ``chosen(str)`` the key of the section that staff opened.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[SectionState, ...] = ()
        self.setAccessibleIdentifier("section_list")
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._clicked)
        tr(self, self.setAccessibleName, lambda: _("Sections"))
        tr(self, self._retranslate, str)

    def set_sections(self, sections: Sequence[SectionState]) -> None:
        """Shows the sections; the current row and the focus stay where they are."""
        keys = [section.key for section in sections]
        if keys != [section.key for section in self._sections]:
            current = self.current_key()
            self.clear()
            # Rows that Python made itself are freed twice by PySide when they are cleared (SIGSEGV, 6.11.3).
            self.addItems([""] * len(sections))
            self._sections = tuple(sections)
            self.set_current(current if current in keys else (keys[0] if keys else ""))
        self._sections = tuple(sections)
        self._retranslate("")

    def current_key(self) -> str:
        """The key of the current row; empty for an empty list."""
        row = self.currentRow()
        return self._sections[row].key if 0 <= row < len(self._sections) else ""

    def set_current(self, key: str) -> None:
        """Makes the row of this key the current one, without opening it."""
        for row, section in enumerate(self._sections):
            if section.key == key:
                self.setCurrentRow(row)

    def _retranslate(self, _nothing: str) -> None:
        for row, section in enumerate(self._sections):
            item = self.item(row)
            left = state_words(section)
            mark = "✓ " if not section.unanswered and not section.problems else ""
            key = ltr(str(row + 1))
            item.setText(f"{key}  {section.title}\n      {mark}{left}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{section.title}, {left}")

    def _clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self._sections[self.row(item)].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CHOOSES and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            if key := self.current_key():
                self.chosen.emit(key)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(14 * self.fontMetrics().averageCharWidth(), 3 * self.fontMetrics().height())


def state_words(section: SectionState) -> str:
    """ "2 left", "1 problem, 2 left" or "complete"."""
    words = []
    if count := section.problems:
        words.append(ngettext("{count} problem", "{count} problems", count).format(count=count))
    if count := section.unanswered:
        words.append(ngettext("{count} left", "{count} left", count).format(count=count))
    return series(words) or _("complete")

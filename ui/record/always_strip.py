"""What is always in sight and one key away: confidentiality, danger and, in memory only, the number."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from intake_app.i18n import _, ngettext
from intake_app.text import ltr
from ui.form.ink import MUTED, InkLabel
from ui.record.call_bar import CallBar, Fact
from ui.record.flow import FlowLayout
from ui.rows import button
from ui.translation import tr


class AlwaysStrip(QWidget):
    """Nothing here is a gate. No mark of danger is never called "no risk": nobody may have asked."""

    def __init__(
        self,
        act: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._danger_words: Callable[[], str] = str
        self._said_words: Callable[[], str] = str
        self._number = ""
        self._earlier = 0
        self._kept = False
        self._gives_room = False
        self.said = button(self._said, "confidentiality", lambda: act("confidentiality"))
        self.words = InkLabel(MUTED, self)
        self.words.setAccessibleIdentifier("confidentiality_words")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.danger = button(self._danger, "danger", lambda: act("danger"))
        self.number = Fact("text", self)
        self.number.setAccessibleIdentifier("number")
        self.keep = button(
            lambda: _("They agree: keep the number"), "keep_number", lambda: act("keep_number")
        )
        self.earlier = Fact("text", self)
        self.earlier.setAccessibleIdentifier("earlier_records")
        self.show_earlier = button(
            lambda: _("They confirm it: show them"), "show_earlier", lambda: act("show_earlier")
        )
        self._first = QHBoxLayout()
        self._first.addWidget(self.said)
        self._first.addWidget(self.words, 1)
        self._first.addWidget(self.danger)
        self._second = QWidget()
        second = FlowLayout(self._second)
        for one in (self.number, self.keep, self.earlier, self.show_earlier):
            second.addWidget(one)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._first)
        outer.addWidget(self._second)
        tr(self, lambda _words: self._refresh(), str)

    def _said(self) -> str:
        return self._said_words()

    def _danger(self) -> str:
        return self._danger_words()

    def set_stacked(self, stacked: bool, bar: CallBar) -> None:
        """With little room danger and confidentiality stand in the bar's rows; nothing is left out.

        The words stay in the description of their button and in what F11 says.
        """
        self.words.setVisible(not stacked)
        if not stacked:
            self._first.insertWidget(0, self.said)
            self._first.addWidget(self.danger)
        bar.set_stacked(stacked, (self.danger, self.said))

    def show_said(self, words: Callable[[], str], prompt: str) -> None:
        self._said_words = words
        self.words.setText(prompt)
        self.said.setAccessibleDescription(prompt)
        self._refresh()

    def show_danger(self, words: Callable[[], str], marked: bool) -> None:
        self._danger_words = words
        font = self.danger.font()
        font.setBold(marked)
        self.danger.setFont(font)
        self._refresh()

    def show_number(self, number: str, earlier: int, kept: bool = False) -> None:
        """It is drawn here and nowhere else until the person agrees that it is kept.

        The row is there while it has something to offer: to keep the number, or earlier records.
        """
        self._number, self._earlier, self._kept = number, earlier, kept
        self._refresh()

    def give_room(self, wanted: bool) -> None:
        """The row with the number goes while another part needs its room, where there is little."""
        if wanted is not self._gives_room:
            self._gives_room = wanted
            self._refresh()

    def _refresh(self) -> None:
        self.said.setText(self._said_words())
        self.danger.setText(self._danger_words())
        offers = bool(self._number) and (not self._kept or bool(self._earlier))
        self._second.setVisible(offers and not self._gives_room)
        words = _("Number {number}, kept") if self._kept else _("Number {number}, not kept yet")
        self.number.setText(words.format(number=ltr(self._number)) if self._number else "")
        self.keep.setVisible(not self._kept)
        count = ngettext("Possibly {count} earlier record", "Possibly {count} earlier records", self._earlier)
        self.earlier.setText(count.format(count=self._earlier) if self._earlier else "")
        self.earlier.setVisible(bool(self._earlier))
        self.show_earlier.setVisible(bool(self._earlier))

"""One difference: who wrote what and when, what was there before, and the ways to settle it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QTextEdit, QVBoxLayout, QWidget

from intake_app.forms.library import Library
from intake_app.i18n import _
from intake_app.merging.decisions import Choice
from intake_app.merging.differences import Difference
from intake_app.merging.slots import MISSING
from intake_app.records import Decided, Record
from intake_app.store.conflicts import WHOLE, Side
from ui.accessibility import only_focus_heard
from ui.form.wrapped_buttons import NamedBox, WrappedRadio
from ui.narrative import NarrativeBox
from ui.rows import add_row, note
from ui.settling import words
from ui.translation import tr
from ui.whole_words import keep_whole

LINES_SHOWN = 7


@dataclass(frozen=True, slots=True)
class Shown:
    """What the box shows: one difference of what it is ``about``, ``me`` being whoever is at the keyboard."""

    difference: Difference
    sides: tuple[Side, ...]
    about: words.About
    me: str


class DifferenceBox(QWidget):
    """Signals: ``decided()`` another choice was made, or the text of one's own was changed."""

    decided = Signal()

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._shown: Shown | None = None
        self._ways: list[Choice | None] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.versions = QTextEdit(readOnly=True)
        self.versions.setMinimumHeight(self.fontMetrics().height() * LINES_SHOWN)
        add_row(outer, self.versions, lambda: _("What was written"), "settle_versions")
        outer.setStretchFactor(self.versions, 2)
        self._question = note(self._question_words)
        outer.addWidget(self._question)
        self.box = NamedBox()
        tr(self.box, self.box.setAccessibleName, self._question_words)
        self._column = QVBoxLayout(self.box)
        self._column.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.box)
        self._group = QButtonGroup(self)
        self.own = NarrativeBox()
        keep_whole(self.own)
        self.own.setMinimumHeight(self.fontMetrics().height() * LINES_SHOWN)
        self._own = QWidget()
        column = QVBoxLayout(self._own)
        column.setContentsMargins(0, 0, 0, 0)
        add_row(
            column,
            self.own,
            lambda: _("A text written from both"),
            "settle_own_text",
            lambda: _("It begins with both; leave in it what shall stay."),
        )
        outer.addWidget(self._own)
        outer.setStretchFactor(self._own, 2)
        self._own.hide()
        self.own.textChanged.connect(self._on_own_text)
        tr(self, lambda _text: self._retranslate(), lambda: "")

    def show_difference(self, shown: Shown, choice: Choice | None) -> None:
        """Replaces what was shown; nothing is chosen by it."""
        self._shown = shown
        with only_focus_heard():
            self._question.setText(self._question_words())
            self.box.setAccessibleName(self._question_words())
            self._show_versions(shown)
            self._show_ways(shown, choice)
            self._show_own(shown, choice)

    def forget(self) -> None:
        """Nothing of what was shown stays, neither in sight nor to be undone."""
        self._shown = None
        self.versions.clear()
        self._put_own("")
        self._take_away_radios()

    def choice(self) -> Choice | None:
        """What is chosen now; None for "ask later"."""
        checked = self._group.checkedId()
        chosen = self._ways[checked] if 0 <= checked < len(self._ways) else None
        if chosen is not None and chosen.how is Decided.COMBINED:
            return Choice(Decided.COMBINED, text=self.own.words())
        return chosen

    def radios(self) -> list[WrappedRadio]:
        """The ways to settle it, "ask later" first."""
        return [one for one in self._group.buttons() if isinstance(one, WrappedRadio)]

    def _show_versions(self, shown: Shown) -> None:
        one = shown.difference
        parts = [
            f"{words.side_words(side, shown.me)}:\n{self._value(shown, value)}"
            for side, value in zip(shown.sides, one.sides, strict=True)
        ]
        parts.append(_("Before:") + "\n" + self._value(shown, one.before))
        self.versions.setPlainText("\n\n".join(parts))

    def _show_ways(self, shown: Shown, choice: Choice | None) -> None:
        self._take_away_radios()
        self._ways = list(_ways(shown.difference))
        chosen = next((place for place, way in enumerate(self._ways) if _same_way(way, choice)), 0)
        before: QWidget = self.versions
        for place, way in enumerate(self._ways):
            radio = WrappedRadio()
            radio.show_text(self._way_words(shown, way))
            radio.setAccessibleIdentifier(f"settle_way_{place}")
            radio.setChecked(place == chosen)
            self._group.addButton(radio, place)
            self._column.addWidget(radio)
            radio.toggled.connect(self._on_toggled)
            # Made last, they would be reached by Tab only after the page's buttons.
            QWidget.setTabOrder(before, radio)
            before = radio

    def _take_away_radios(self) -> None:
        for radio in self._group.buttons():
            self._group.removeButton(radio)
            self._column.removeWidget(radio)
            radio.hide()
            radio.deleteLater()
        self._ways = []

    def _show_own(self, shown: Shown, choice: Choice | None) -> None:
        mine = choice is not None and choice.how is Decided.COMBINED
        self._put_own(choice.text if mine and choice is not None else _both_texts(shown.difference))
        self._own.setVisible(mine)

    def _put_own(self, text: str) -> None:
        self.own.blockSignals(True)
        self.own.set_words(text, 0)
        self.own.blockSignals(False)

    def _question_words(self) -> str:
        about = self._shown.about if self._shown is not None else None
        if about is None or isinstance(about, Record):
            return _("What shall the record say?")
        return _("What shall the details say?")

    def _way_words(self, shown: Shown, way: Choice | None) -> str:
        one = shown.difference
        if way is None:
            return _("Ask later")
        if way.how is Decided.BOTH:
            return _("Both")
        if way.how is Decided.COMBINED:
            return _("A text of my own, written from both")
        if way.how is Decided.BEFORE:
            return _("What was there before: {value}").format(value=self._short(shown, one.before))
        if one.path == WHOLE:
            return words.stay_words(shown.sides[way.side], shown.me)
        return _("{whose}: {value}").format(
            whose=words.short_side_words(shown.sides[way.side], shown.me),
            value=self._short(shown, one.sides[way.side]),
        )

    def _value(self, shown: Shown, value: object) -> str:
        return words.value_words(shown.difference.path, value, shown.about, self._library)

    def _short(self, shown: Shown, value: object) -> str:
        return words.short(self._value(shown, value))

    def _on_toggled(self, checked: bool) -> None:
        if checked:
            way = self._ways[self._group.checkedId()]
            self._own.setVisible(way is not None and way.how is Decided.COMBINED)
            self.decided.emit()

    def _on_own_text(self) -> None:
        if self._own.isVisible():
            self.decided.emit()

    def _retranslate(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self._show_versions(shown)
        for radio, way in zip(self.radios(), self._ways, strict=True):
            radio.show_text(self._way_words(shown, way))


def _ways(one: Difference) -> Sequence[Choice | None]:
    """ "Ask later" stands first, so that nothing is settled by an arrow key too many."""
    ways: list[Choice | None] = [None]
    seen: list[object] = []
    for place, value in enumerate(one.sides):
        if value not in seen:
            seen.append(value)
            ways.append(Choice(Decided.SIDE, place))
    if one.may_keep_both:
        ways.append(Choice(Decided.BOTH))
    if one.may_combine:
        ways.append(Choice(Decided.COMBINED))
    if one.path == WHOLE:
        # It stays or it goes; which words stay is asked for each of them, and nothing else is to be chosen.
        there = [value is MISSING for value in one.sides]
        return [None, *(Choice(Decided.SIDE, there.index(gone)) for gone in (False, True) if gone in there)]
    if one.before not in seen:
        ways.append(Choice(Decided.BEFORE))
    return ways


def _same_way(way: Choice | None, choice: Choice | None) -> bool:
    if way is None or choice is None:
        return way is choice
    return way.how is choice.how and (way.how is not Decided.SIDE or way.side == choice.side)


def _both_texts(one: Difference) -> str:
    texts = [value.get("text") or value.get("value") for value in one.sides if isinstance(value, dict)]
    return "\n\n".join(dict.fromkeys(text for text in texts if isinstance(text, str)))

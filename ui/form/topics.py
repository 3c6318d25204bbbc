"""What a piece of feedback is about: several topics, each with how the person felt about it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from intake_app.forms.model import Choice
from intake_app.i18n import _
from intake_app.records import TopicMention
from ui.form.choices import digit_of
from ui.form.chosen import ChosenRows
from ui.form.context import Asking
from ui.form.control import Control, describe
from ui.form.finder import Finder, Found
from ui.form.found_choices import matching
from ui.form.ink import InkLabel
from ui.form.wrapped_buttons import NamedBox, WrappedRadio
from ui.translation import tr

SENTIMENTS = "sentiments"


class TopicSearch(Control):
    """A filtered list of topics, the topics chosen, and the feeling about the current one.

    One group of radio buttons serves all topics, so the form stays short however many there are. Digits set
    the feeling about the current topic, in the group and in the list of chosen topics alike.
    """

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(asking, parent)
        question_id = asking.question.id
        self._mentions: list[TopicMention] = []
        self._sentiments = asking.context.library.code_list(SENTIMENTS).active_on(asking.context.today())
        self.finder = Finder(self._search, asking.say, question_id, f"{question_id}.results", lists_all=True)
        self.chosen = ChosenRows(f"{question_id}.chosen")
        self.feeling = NamedBox(self)
        self.feeling.setAccessibleIdentifier(f"{question_id}.feeling")
        self._feeling_title = InkLabel("text", self)
        self._radios: list[WrappedRadio] = []
        self._group = QButtonGroup(self)
        self._fill_feelings()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.finder, self.chosen, self._feeling_title, self.feeling):
            layout.addWidget(widget)
        self.finder.chosen.connect(self._choose)
        self.chosen.removed.connect(self._remove)
        self.chosen.current.connect(self._show_feeling)
        self.chosen.rows.installEventFilter(self)
        self._group.buttonClicked.connect(self._felt)
        tr(self, self._retranslate, str)

    def _fill_feelings(self) -> None:
        grid = QGridLayout(self.feeling)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for row, sentiment in enumerate(self._sentiments):
            digit = InkLabel("muted", self.feeling)
            digit.setWordWrap(False)
            digit.setText(str(row + 1))
            radio = WrappedRadio(self.feeling)
            radio.setAccessibleIdentifier(f"{self.asking.question.id}.feeling.{sentiment.code}")
            radio.show_text(sentiment.label)
            radio.installEventFilter(self)
            grid.addWidget(digit, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(radio, row, 1)
            self._group.addButton(radio)
            self._radios.append(radio)

    def _search(self, words: str, show: Callable[[tuple[Found, ...]], None]) -> None:
        show(matching(self.asking.choices(), words, self.asking.choice_label))

    def _retranslate(self, _nothing: str) -> None:
        self.finder.look_again()
        self._show_chosen()

    def stops(self) -> list[QWidget]:
        checked = self._group.checkedButton()
        feeling = [checked] if checked is not None else self._radios[:1]
        return [
            self.finder.line, self.finder.results, self.chosen.rows, self.chosen.remove, *feeling,
        ]  # fmt: skip

    def buddy(self) -> QWidget:
        return self.finder.line

    def value(self) -> Any:
        return [mention.model_dump(exclude_defaults=True) for mention in self._mentions] or None

    def show_value(self, value: Any, label: str = "") -> None:
        mentions = [TopicMention.model_validate(one) for one in value or ()]
        if mentions != self._mentions:
            self._mentions = mentions
            self._show_chosen()

    def show_choices(self) -> None:
        self.finder.look_again()

    def describe(self, name: str, description: str) -> None:
        describe(self.finder.line, name, description)
        describe(self.finder.results, _("Choices for {question}").format(question=name), "")
        describe(
            self.chosen.rows,
            _("Chosen for {question}").format(question=name),
            _("Digits say how they felt. Delete removes"),
        )

    def unfinished(self) -> str:
        if words := self.finder.words():
            return _("“{words}” is not chosen yet: press Down arrow, then Enter").format(words=words)
        return ""

    def _label(self, mention: TopicMention) -> str:
        return self.asking.choice_label(self.asking.choice(mention.code, mention.label))

    def _feeling_words(self, code: str) -> str:
        found = next((one for one in self._sentiments if one.code == code), None)
        return found.label if found is not None else (code or _("feeling not said"))

    def _show_chosen(self) -> None:
        self.chosen.show_rows(
            [
                _("{topic}: {feeling}").format(
                    topic=self._label(mention), feeling=self._feeling_words(mention.sentiment)
                )
                for mention in self._mentions
            ]
        )
        self._show_feeling()

    def _current(self) -> int:
        row = self.chosen.rows.currentRow()
        return row if 0 <= row < len(self._mentions) else -1

    def _show_feeling(self, _row: int = -1) -> None:
        row = self._current()
        self.feeling.setVisible(row >= 0)
        self._feeling_title.setVisible(row >= 0)
        if row < 0:
            return
        title = _("How did they feel about “{topic}”?").format(topic=self._label(self._mentions[row]))
        self._feeling_title.setText(title)
        self.feeling.show_name(title)
        self._group.setExclusive(False)
        for radio, sentiment in zip(self._radios, self._sentiments, strict=True):
            radio.setChecked(sentiment.code == self._mentions[row].sentiment)
        self._group.setExclusive(True)

    def _choose(self, code: object) -> None:
        mention = TopicMention(code=str(code), label=self._spoken(str(code)))
        codes = [one.code for one in self._mentions]
        if mention.code not in codes:
            self._mentions.append(mention)
            codes.append(mention.code)
        self._show_chosen()
        self.chosen.rows.setCurrentRow(codes.index(mention.code))
        # Next comes how they felt about it; Escape returns to the search line.
        if self._radios:
            checked = self._group.checkedButton() or self._radios[0]
            checked.setFocus(Qt.FocusReason.OtherFocusReason)
        self.asking.say(_("{choice} chosen.").format(choice=self._label(mention)))
        self.edited.emit(self.value())

    def _spoken(self, code: str) -> str:
        return self.asking.spoken_label(self.asking.choice(code))

    def _remove(self, row: int) -> None:
        mention = self._mentions.pop(row)
        if not self._mentions:
            self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chosen()
        self.asking.say(_("{choice} removed.").format(choice=self._label(mention)))
        self.edited.emit(self.value())

    def _felt(self) -> None:
        checked = self._group.checkedButton()
        self._set_feeling(next((i for i, radio in enumerate(self._radios) if radio is checked), -1))

    def _set_feeling(self, place: int) -> None:
        row = self._current()
        if row < 0 or not 0 <= place < len(self._sentiments):
            return
        sentiment: Choice = self._sentiments[place]
        self._mentions[row] = self._mentions[row].model_copy(update={"sentiment": sentiment.code})
        self._show_chosen()
        self.edited.emit(self.value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            in_rows = watched is self.chosen.rows
            if event.key() == Qt.Key.Key_Escape:
                self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            digit = digit_of(event)
            if 0 < digit <= len(self._radios):
                if in_rows:
                    self._set_feeling(digit - 1)
                    self.asking.say(self._radios[digit - 1].text())
                else:
                    self._radios[digit - 1].setFocus(Qt.FocusReason.OtherFocusReason)
                    self._radios[digit - 1].click()
                return True
        return super().eventFilter(watched, event)

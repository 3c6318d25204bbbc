"""What a piece of feedback is about: several topics, each with how the person felt about it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.i18n import _, language
from intake_app.records import TopicMention
from ui.accessibility import in_silence
from ui.form.choices import digit_of
from ui.form.chosen import ChosenRows
from ui.form.context import Asking
from ui.form.control import Control, describe
from ui.form.feelings import Feelings
from ui.form.finder import Finder, Found
from ui.form.found_choices import matching
from ui.translation import tr

SENTIMENTS = "sentiments"
NO_FEELINGS = "no_feelings"
"""The appearance of a question that asks for topics only, as an enquiry does."""


class TopicSearch(Control):
    """A filtered list of topics, the topics chosen, and the feeling about the current one where it is asked.

    One group of radio buttons serves all topics, so the form stays short however many there are. Digits set
    the feeling about the current topic, in the group and in the list of chosen topics alike.
    """

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(asking, parent)
        question_id = asking.question.id
        self._mentions: list[TopicMention] = []
        self._sentiments = asking.context.library.code_list(SENTIMENTS).active_on(asking.context.today())
        self._feelings: Feelings | None = None
        self._feels = NO_FEELINGS not in asking.question.appearance.split()
        self.finder = Finder(self._search, asking.say, question_id, f"{question_id}.results", lists_all=True)
        self.chosen = ChosenRows(f"{question_id}.chosen", self.finder.line, self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.finder)
        self._layout.addWidget(self.chosen)
        self.finder.chosen.connect(self._choose)
        self.chosen.removed.connect(self._remove)
        self.chosen.current.connect(self._show_feeling)
        self.chosen.made.connect(self._make_feelings)
        tr(self, self._retranslate, str)

    def _make_feelings(self, rows: QWidget) -> None:
        rows.installEventFilter(self)
        if not self._feels:
            return
        feelings = Feelings(f"{self.asking.question.id}.feeling", self._sentiments, self)
        feelings.felt.connect(self._set_feeling)
        feelings.felt_in_place.connect(self._say_feeling)
        feelings.left.connect(self._back_to_line)
        self._layout.addWidget(feelings)
        before = self.chosen.stops()[-1]
        for button in feelings.buttons():
            QWidget.setTabOrder(before, button)
            before = button
        self._feelings = feelings

    def _search(self, words: str, show: Callable[[tuple[Found, ...]], None]) -> None:
        show(matching(self.asking.choices(), words, self.asking.choice_label))

    def _retranslate(self, _nothing: str) -> None:
        self.finder.look_again()
        self._show_chosen()

    def stops(self) -> list[QWidget]:
        feelings = [self._feelings.stop()] if self._feelings is not None else []
        return [self.finder.line, *self.chosen.stops(), *feelings]

    def chain(self) -> list[QWidget]:
        feelings = self._feelings.buttons() if self._feelings is not None else []
        return [self.finder.line, *self.chosen.stops(), *feelings]

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
        hint = self.finder.list_hint()
        describe(self.finder.line, name, f"{description} {hint}".strip())
        describe(self.finder.results, _("Choices for {question}").format(question=name), "")
        self.chosen.describe(
            _("Chosen for {question}").format(question=name),
            _("Digits say how they felt. Delete removes") if self._feels else _("Delete removes"),
        )

    def unfinished(self) -> str:
        if words := self.finder.words():
            return _("“{words}” is not chosen yet: press Down arrow, then Enter").format(words=words)
        return ""

    def _label(self, mention: TopicMention) -> str:
        return self.asking.choice_label(self.asking.choice(mention.code, mention.label))

    def _feeling_words(self, code: str) -> str:
        return self.asking.context.library.code_label(SENTIMENTS, code, language()) or _("feeling not said")

    def _show_chosen(self) -> None:
        self.chosen.show_rows([self._row_words(mention) for mention in self._mentions])
        self._show_feeling()

    def _row_words(self, mention: TopicMention) -> str:
        topic = self._label(mention)
        if not self._feels and not mention.sentiment:
            return topic
        feeling = self._feeling_words(mention.sentiment)
        return _("{topic}: {feeling}").format(topic=topic, feeling=feeling)

    def _show_feeling(self, _row: int = -1) -> None:
        row = self.chosen.current_row()
        shown = 0 <= row < len(self._mentions)
        if self._feelings is None:
            return
        self._feelings.setVisible(shown)
        if shown:
            mention = self._mentions[row]
            codes = [sentiment.code for sentiment in self._sentiments]
            place = codes.index(mention.sentiment) if mention.sentiment in codes else -1
            title = _("How did they feel about “{topic}”?").format(topic=self._label(mention))
            self._feelings.show_feeling(title, [self._feeling_words(code) for code in codes], place)

    def _choose(self, code: object) -> None:
        spoken = self.asking.choice_prompt(self.asking.choice(str(code))).text
        mention = TopicMention(code=str(code), label=spoken)
        codes = [one.code for one in self._mentions]
        if mention.code not in codes:
            self._mentions.append(mention)
            codes.append(mention.code)
        with in_silence():  # the rows and the feelings come as a whole; then the focus is heard
            self._show_chosen()
            self.chosen.set_current_row(codes.index(mention.code))
        if self._feelings is not None:  # asked next; Escape returns to the search line
            self._feelings.stop().setFocus(Qt.FocusReason.OtherFocusReason)
        # The row that was chosen is gone, and Orca then does not name the group that the focus came into.
        said = _("{choice} chosen. How did they feel about it?") if self._feels else _("{choice} chosen.")
        self.asking.say(said.format(choice=self._label(mention)))
        self.edited.emit(self.value())

    def _remove(self, row: int) -> None:
        mention = self._mentions.pop(row)
        if not self._mentions:
            self._back_to_line()
        self._show_chosen()
        self.asking.say(_("{choice} removed.").format(choice=self._label(mention)))
        self.edited.emit(self.value())

    def _back_to_line(self) -> None:
        self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_feeling(self, place: int) -> None:
        row = self.chosen.current_row()
        if not (0 <= row < len(self._mentions) and 0 <= place < len(self._sentiments)):
            return
        code = self._sentiments[place].code
        self._mentions[row] = self._mentions[row].model_copy(update={"sentiment": code})
        self._show_chosen()
        self.edited.emit(self.value())

    def _say_feeling(self, place: int) -> None:
        feeling = self._feeling_words(self._sentiments[place].code)
        self.asking.say(_("{choice} chosen.").format(choice=feeling))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._back_to_line()
                return True
            digit = digit_of(event)
            if self._feels and 0 < digit <= len(self._sentiments):
                self._set_feeling(digit - 1)
                self.asking.say(self._feeling_words(self._sentiments[digit - 1].code))
                return True
        return super().eventFilter(watched, event)

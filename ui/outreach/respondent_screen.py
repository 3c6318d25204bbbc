"""What the person has before them: one page, the deeds below it, and a cover over all of it."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from intake_app.forms.prompts import Prompt
from intake_app.i18n import _, is_right_to_left
from ui import fonts, theme
from ui.outreach.hold_button import HOLD_MS, HoldButton
from ui.outreach.person_phrases import Phrases, beside_english
from ui.outreach.question_page import ANSWER_FACTOR, TARGET_PX, QuestionPage
from ui.record.flow import FlowLayout

DEED_FACTOR = 1.4
_DEEDS = ("next", "back", "skip", "need_help", "stop")


class RespondentScreen(QWidget):
    """Signals: ``deed(str)`` next, back, skip, need_help or stop ·
    ``taken_back()`` staff held their button
    """

    deed = Signal(str)
    taken_back = Signal()

    def __init__(self, phrases: Phrases, key: str, parent: QWidget | None = None) -> None:
        """``key`` takes the screen back for staff."""
        super().__init__(parent)
        self.setAccessibleIdentifier("respondent")
        self.phrases = phrases
        self._page: QuestionPage | None = None
        self._cover: QuestionPage | None = None
        self._left: QWidget | None = None
        self._counted = self._said = ""
        if is_right_to_left(phrases.of("next").language):
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._pages = QVBoxLayout(self)
        self.count = _line(self, 1.2)
        self.told = _line(self, DEED_FACTOR)
        theme.ink(self.told, "danger")
        self.told.hide()
        self.foot = QWidget(self)
        row = FlowLayout(self.foot)
        self.deeds: dict[str, QPushButton] = {}
        for name in _DEEDS:
            made = QPushButton(self.foot)
            self._word(made, phrases.of(name))
            made.setAccessibleIdentifier(f"respondent_{name}")
            made.setAutoDefault(True)
            made.clicked.connect(lambda _checked=False, name=name: self.deed.emit(name))
            row.addWidget(made)
            self.deeds[name] = made
        self.staff = HoldButton(self.foot)
        words = _("Member of staff: hold for {seconds} seconds, or press {key}")
        self.staff.setText(words.format(seconds=HOLD_MS // 1000, key=key))
        self.staff.setAccessibleIdentifier("respondent_staff")
        self.staff.setMinimumHeight(TARGET_PX)
        self.staff.held.connect(self.taken_back)
        row.addWidget(self.staff)
        for widget in (self.count, self.told):
            self._pages.addWidget(widget)
        self._pages.addWidget(self.foot)

    def _word(self, button: QPushButton, prompt: Prompt) -> None:
        button.setText(beside_english(prompt))
        button.setAccessibleName(prompt.english)
        theme.scale_font(button, DEED_FACTOR)
        if prompt.is_foreign:
            button.setFont(fonts.for_reader(prompt.language, button.font()))
        button.setMinimumHeight(TARGET_PX)

    @property
    def page(self) -> QuestionPage | None:
        """The question that is asked now, covered or not."""
        return self._page

    @property
    def is_covered(self) -> bool:
        return self._cover is not None

    def show_page(self, page: QuestionPage, count: Prompt | None, deeds: tuple[str, ...]) -> None:
        """In place of the one before. ``deeds`` are those that make sense on it; on the last staff's too."""
        before, self._page = self._page, page
        self._pages.insertWidget(2, page, 1)
        if before is not None:
            before.hide()
            self._pages.removeWidget(before)
            before.deleteLater()
        self.count.setText(beside_english(count) if count is not None else "")
        self.count.setVisible(count is not None)
        self._counted = count.english if count is not None else ""
        self._describe()
        for name, button in self.deeds.items():
            button.setVisible(name in deeds)
        self.staff.setVisible("next" not in deeds)
        page.show()
        stops = [*page.stops(), *self.deeds.values(), self.staff]
        for one, after in pairwise(stops):
            QWidget.setTabOrder(one, after)
        page.take_focus()

    def tell(self, prompt: Prompt | None) -> None:
        """A line for the person and for who looks over their shoulder; None takes it away.

        It is heard with the question when the focus comes to it, and at once where it is there.
        """
        self.told.setText(beside_english(prompt) if prompt is not None else "")
        self.told.setVisible(prompt is not None and not self.is_covered)
        self._said = prompt.english if prompt is not None else ""
        self._describe()

    def _describe(self) -> None:
        if self._page is not None:
            words = " ".join(one for one in (self._said, self._counted) if one)
            self._page.heading.setAccessibleDescription(words)

    def cover(self, prompt: Prompt) -> None:
        """No word of theirs is seen or reached until somebody touches the screen."""
        if self._cover is not None or self._page is None:
            return
        self._left = self.focusWidget()
        self._page.hide()
        for one in (self.count, self.told, self.foot):
            one.hide()
        self._cover = QuestionPage("respondent_cover", prompt, self)
        self._cover.column.addStretch(1)
        self._pages.insertWidget(2, self._cover, 1)
        self._cover.show()
        self._cover.take_focus()

    def uncover(self) -> None:
        """As it was, to the very letter, and where they were."""
        cover, self._cover = self._cover, None
        if cover is None or self._page is None:
            return
        self._pages.removeWidget(cover)
        self._page.show()
        self.foot.show()
        self.count.setVisible(bool(self.count.text()))
        self.told.setVisible(bool(self.told.text()))
        left = self._left
        cover.hide()
        cover.deleteLater()
        if left is not None and left.isVisibleTo(self):
            left.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._page.take_focus()


def _line(parent: QWidget, factor: float) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    theme.scale_font(label, factor)
    return label


def words_page(identifier: str, heading: Prompt, lines: tuple[Prompt, ...]) -> QuestionPage:
    """A page that asks nothing."""
    page = QuestionPage(identifier, heading)
    for one in lines:
        page.say(one, ANSWER_FACTOR)
    page.column.addStretch(1)
    return page


def story_page(heading: Prompt, label: Prompt, words: str) -> QuestionPage:
    """What they would like to tell, in their own words."""
    page = QuestionPage("respondent_story", heading)
    page.write(words, beside_english(label), multiline=True)
    return page

"""What the person has before them: one page, the deeds below it, and a cover over all of it."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QScroller, QWidget

from intake_app.forms.prompts import Prompt
from intake_app.i18n import _, is_right_to_left
from ui import fonts, theme
from ui.accessibility import StatusLine
from ui.form.page_area import PageArea
from ui.form.prompt_line import readable
from ui.outreach.hold_button import HOLD_MS, HoldButton
from ui.outreach.person_phrases import Phrases, beside_english
from ui.outreach.question_page import ANSWER_FACTOR, TARGET_PX, QuestionPage, align
from ui.record.flow import FlowLayout

COUNT_FACTOR, DEED_FACTOR = 1.2, 1.4
_PLACE = 2
_DEEDS = ("next", "back", "skip", "need_help", "stop")


class RespondentScreen(PageArea):
    """Scrolls as a whole, deeds and all: on a small screen the largest letters leave room for nothing else.

    It runs in the direction of the person's language, whatever that of the screens is.

    Signals: ``deed(str)`` next, back, skip, need_help or stop · ``taken_back()`` staff held their button
    """

    deed = Signal(str)
    taken_back = Signal()

    def __init__(self, phrases: Phrases, key: str, parent: QWidget | None = None) -> None:
        """``key`` takes the screen back for staff."""
        super().__init__(parent)
        self.setAccessibleIdentifier("respondent")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A finger moves the page, wherever it is put down.
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.phrases = phrases
        self._shown: QuestionPage | None = None
        self._cover: QuestionPage | None = None
        self._left: QWidget | None = None
        self._counted = self._said = ""
        right = is_right_to_left(phrases.of("next").language)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        self.count, self.told = QLabel(self.page), StatusLine(parent=self.page)
        self.told.setAccessibleIdentifier("respondent_told")
        for label, factor in ((self.count, COUNT_FACTOR), (self.told, DEED_FACTOR)):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            align(label, self)
            theme.scale_font(label, factor)
            label.hide()
        theme.ink(self.told, "danger")
        self.foot = QWidget(self.page)
        row = FlowLayout(self.foot)
        self.deeds = {name: self._deed(name) for name in _DEEDS}
        self.staff = HoldButton(self.foot)
        self.staff.setText(_("Staff: hold, or {key}").format(key=key))
        held = _("For the member of staff. Hold for {seconds} seconds, or press {key}.")
        self.staff.setAccessibleDescription(held.format(seconds=HOLD_MS // 1000, key=key))
        self.staff.setAccessibleIdentifier("respondent_staff")
        self.staff.setMinimumHeight(TARGET_PX)
        self.staff.held.connect(self.taken_back)
        for one in (*self.deeds.values(), self.staff):
            row.addWidget(one)
        self.column.addWidget(self.count)
        self.column.addWidget(self.told)
        self.column.addStretch(1)
        self.column.addWidget(self.foot)

    def _deed(self, name: str) -> QPushButton:
        """In their words alone: they stand in the same order in every language."""
        prompt, made = self.phrases.of(name), QPushButton(self.foot)
        made.setText(readable(prompt))
        made.setAccessibleName(prompt.english)
        theme.scale_font(made, DEED_FACTOR)
        if prompt.is_foreign:
            made.setFont(fonts.for_reader(prompt.language, made.font()))
        made.setAccessibleIdentifier(f"respondent_{name}")
        made.setAutoDefault(True)
        made.setMinimumHeight(TARGET_PX)
        made.clicked.connect(lambda _checked=False: self.deed.emit(name))
        return made

    @property
    def shown(self) -> QuestionPage | None:
        """The question that is asked now, covered or not."""
        return self._shown

    @property
    def is_covered(self) -> bool:
        return self._cover is not None

    def show_page(self, page: QuestionPage, count: Prompt | None, deeds: tuple[str, ...]) -> None:
        """In place of the one before. ``deeds`` are those that make sense on it; on the last staff's too."""
        before, self._shown = self._shown, page
        self.column.insertWidget(_PLACE, page)
        if before is not None:
            self.column.removeWidget(before)
            before.hide()
            before.deleteLater()
        self.count.setText(beside_english(count) if count is not None else "")
        self.count.setVisible(count is not None)
        self._counted = count.english if count is not None else ""
        self._name()
        for name, button in self.deeds.items():
            button.setVisible(name in deeds)
        self.staff.setVisible("next" not in deeds)
        page.show()
        for one, after in pairwise((*page.stops(), *self.deeds.values(), self.staff)):
            QWidget.setTabOrder(one, after)
        page.take_focus()
        self.verticalScrollBar().setValue(0)

    def tell(self, prompt: Prompt | None) -> None:
        """A line for the person and for who looks over their shoulder; None takes it away.

        It is heard at once, and with the question when the focus comes to that again.
        """
        said = prompt.english if prompt is not None else ""
        if said == self._said:
            return
        self._said = said
        self.told.setText(beside_english(prompt) if prompt is not None else "")
        self.told.setAccessibleName(said)
        # What is shown of this role is spoken: it says itself.
        self.told.setVisible(bool(said) and not self.is_covered)
        self._name()

    def _name(self) -> None:
        if self._shown is not None:
            self._shown.name_heading(self._said, self._counted)

    def tell_focus(self) -> None:
        """The window came to the front: after the dialog has closed, Qt gives the focus to nobody (seen)."""
        focus = self.window().focusWidget()
        if focus is not None and self.isAncestorOf(focus) and not focus.hasFocus():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def cover(self, prompt: Prompt) -> None:
        """No word of theirs is seen or reached until somebody touches the screen."""
        if self._cover is not None or self._shown is None:
            return
        self._left = self.window().focusWidget()
        self._cover = cover = QuestionPage("respondent_cover", prompt)
        self.column.insertWidget(_PLACE, cover)
        cover.show()
        cover.take_focus()
        for one in (self._shown, self.count, self.told, self.foot):
            one.hide()

    def uncover(self) -> None:
        """As it was, to the very letter, and where they were."""
        cover, self._cover = self._cover, None
        if cover is None or self._shown is None:
            return
        self._shown.show()
        self.foot.show()
        self.count.setVisible(bool(self.count.text()))
        self.told.setVisible(bool(self.told.text()))
        left = self._left
        if left is not None and left.isVisibleTo(self):
            left.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._shown.take_focus()
        self.column.removeWidget(cover)
        cover.hide()
        cover.deleteLater()


def words_page(identifier: str, heading: Prompt, lines: tuple[Prompt, ...]) -> QuestionPage:
    """A page that asks nothing."""
    page = QuestionPage(identifier, heading)
    for one in lines:
        page.say(one, ANSWER_FACTOR)
    return page


def story_page(heading: Prompt, label: Prompt, words: str) -> QuestionPage:
    """What they would like to tell, in their own words."""
    page = QuestionPage("respondent_story", heading)
    page.write(words, beside_english(label), multiline=True)
    return page

"""The form in the middle: one section of one sheet at a time, and the pieces of the record."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from intake_app.i18n import _
from intake_app.records import ENQUIRY, FEEDBACK, Sheet
from intake_app.taking_down import Section
from ui.accessibility import ComboBox, only_focus_heard
from ui.form.context import FormContext
from ui.form.ink import MUTED, InkLabel
from ui.form.sheet_form import SheetForm
from ui.record import words
from ui.record.drawer import FormDrawer, Outside
from ui.record.flow import FlowLayout
from ui.rows import button
from ui.translation import tr


class FormPane(QWidget):
    """Shows one section; its form is built when it is first gone to, and kept.

    Signals: ``edited(sheet key, question id, Answer | None)`` · ``section_chosen(str)`` ·
    ``question_left()`` the focus left a question · ``form_shown()`` another section is in the window
    """

    edited = Signal(str, str, object)
    section_chosen = Signal(str)
    question_left = Signal()
    form_shown = Signal()

    def __init__(
        self, context: FormContext, act: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.drawer = FormDrawer(context)
        self.drawer.edited.connect(self._on_edited)
        self.drawer.question_left.connect(lambda _question: self.question_left.emit())
        self.destroyed.connect(self.drawer.deleteLater)
        self._sections: tuple[Section, ...] = ()
        self._pieces = (1, 1, False)
        self._kind = FEEDBACK
        self._stacked = False
        self.section: Section | None = None
        self.form: SheetForm | None = None
        self.choice = ComboBox(self)
        self.choice.setAccessibleIdentifier("section_choice")
        # Titles come with the record and change with the language; by itself Qt measures the first ones only.
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.activated.connect(self._choose)
        self.choice_label = QLabel(self)
        self.choice_label.setBuddy(self.choice)
        tr(self.choice_label, self.choice_label.setText, lambda: _("Section"))
        self.piece = InkLabel(MUTED, self)
        self.piece.setAccessibleIdentifier("piece")
        self.turn = button(self._turn_words, "turn_item", lambda: act("turn_item"))
        self.add = button(self._add_words, "add_item", lambda: act("add_item"))
        self.next = button(self._next_words, "next_item", lambda: act("next_item"))
        self.remove = button(lambda: _("Remove this piece"), "remove_item", lambda: act("remove_item"))
        self.put_back = button(lambda: _("Put the piece back"), "put_back_item", lambda: act("put_back_item"))
        # Rows that wrap: with several pieces the buttons are wider than a small screen at large text.
        self._above = FlowLayout()
        self._above.addWidget(self.choice_label)
        self._above.addWidget(self.choice)
        self._below = FlowLayout()
        foot = QHBoxLayout()
        foot.setContentsMargins(11, 0, 11, 0)
        foot.addLayout(self._below)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.addLayout(self._above)
        self._piece_row = QHBoxLayout()
        self._body.addLayout(self._piece_row)
        self._body.addLayout(foot)
        self.show_stacked(False)
        tr(self, lambda _words: self._retranslate(), str)

    def show_section(
        self, section: Section, sheet: Sheet, outside: Outside, problems: Mapping[str, str]
    ) -> None:
        """One section is in the window at a time; the one before leaves it at once."""
        self.take_out()
        self.section = section
        self.form = self.drawer.take(section.question_set, section.group, sheet, outside, self)
        self._put_in()
        if problems:
            self.form.show_problems(problems)
        self._retranslate()
        self.form_shown.emit()

    def forget_record(self) -> None:
        """Not a word of the record before stays in any form."""
        self.drawer.forget()

    def take_out(self) -> None:
        """Out of the window for a while, with its texts and carets, until ``put_back_form``."""
        if self.form is not None:
            self.drawer.put_away(self.form)

    def put_back_form(self) -> None:
        if self.form is not None and self.form.parentWidget() is not self:
            self._put_in()

    def _put_in(self) -> None:
        if self.form is not None:
            with only_focus_heard():
                self._body.insertWidget(2, self.form, 1)
                self.form.show()

    def show_sections(self, sections: Sequence[Section]) -> None:
        self._sections = tuple(sections)
        self._retranslate()

    def show_pieces(self, number: int, count: int, can_put_back: bool, kind: str) -> None:
        """Which of how many pieces is shown, and of what kind it is."""
        self._pieces = (number, count, can_put_back)
        self._kind = kind
        self._retranslate()

    # Where there is little room the keys are left to the menu and to F1.

    def _next_words(self) -> str:
        return _("Next piece") if self._stacked else _("Next piece  Ctrl+J")

    def _add_words(self) -> str:
        return _("Another piece") if self._stacked else _("Another piece  Ctrl+Shift+N")

    def _turn_words(self) -> str:
        if self._kind == ENQUIRY:
            return _("It is feedback") if self._stacked else _("It is feedback  Ctrl+I")
        return _("It is an enquiry") if self._stacked else _("It is an enquiry  Ctrl+I")

    def _piece_words(self) -> str:
        number, count, _can_put_back = self._pieces
        words_of_piece = (
            _("Piece {number} of {count}, {kind}")
            if self._stacked
            else _("Piece {number} of {count} in this record: {kind}")
        )
        return words_of_piece.format(number=number, count=count, kind=words.kind_words(self._kind))

    def _name_deeds(self) -> None:
        self.piece.setText(self._piece_words())
        self.next.setText(self._next_words())
        self.add.setText(self._add_words())
        self.turn.setText(self._turn_words())

    def show_stacked(self, stacked: bool) -> None:
        """The section choice stands for the section list where there is no room for it."""
        self.choice.setVisible(stacked)
        self.choice_label.setVisible(stacked)
        self._stacked = stacked
        row = self._above if stacked else self._below
        (self._above if stacked else self._piece_row).addWidget(self.piece)
        self.piece.setWordWrap(not stacked)
        for one in (self.next, self.remove, self.put_back, self.turn, self.add):
            row.addWidget(one)
        self._name_deeds()

    def _on_edited(self, question_id: str, answer: object) -> None:
        if self.section is not None:
            self.edited.emit(self.section.sheet_key, question_id, answer)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._sections):
            self.section_chosen.emit(self._sections[row].key)

    def _retranslate(self) -> None:
        titles = [f"{place}  {words.section_title(one)}" for place, one in enumerate(self._sections, 1)]
        while self.choice.count() > len(titles):
            self.choice.removeItem(self.choice.count() - 1)
        # Row by row: emptying a combo box that has the focus would lose its place.
        for row, title in enumerate(titles):
            if row < self.choice.count():
                self.choice.setItemText(row, title)
            else:
                self.choice.addItem(title)
        if self.section is not None:
            keys = [one.key for one in self._sections]
            if self.section.key in keys:
                self.choice.setCurrentIndex(keys.index(self.section.key))
        _number, count, can_put_back = self._pieces
        of_item = self.section is not None and self.section.sheet_key.startswith("item:")
        self._name_deeds()
        for one in (self.piece, self.next, self.remove):
            one.setVisible(of_item and count > 1)
        self.put_back.setVisible(of_item and can_put_back)
        self.turn.setVisible(of_item)
        self.add.setVisible(of_item)

"""The danger card: whom to ring, and what to write down when somebody is or may be in danger."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.forms.library import Library
from intake_app.forms.model import Choice, QuestionSet
from intake_app.forms.translations import IN_DANGER
from intake_app.i18n import _, language, series
from intake_app.records import Danger, Sheet
from intake_app.text import fsi, ltr
from ui.accessibility import only_focus_heard
from ui.form.context import FormContext
from ui.form.ink import TEXT, InkLabel
from ui.form.sheet_form import SheetForm
from ui.record import words
from ui.record.drawer import FormDrawer, Outside
from ui.record.panel import Panel
from ui.record.rows import Rows
from ui.rows import button
from ui.translation import tr


class DangerCard(Panel):
    """A panel in place of the form: the call goes on, the story stays in sight, nothing has to be filled in.

    It works without a network, unfinished and without a name.

    Signals: ``edited(question id, Answer | None)`` · ``unmark_wanted()`` the mark was a slip of the key ·
    ``close_wanted()`` a person says that it is dealt with
    """

    edited = Signal(str, object)
    unmark_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__("danger_card", parent)
        self.drawer = FormDrawer(context)
        self.drawer.edited.connect(self.edited)
        self.destroyed.connect(self.drawer.deleteLater)
        self._context = context
        self.form: SheetForm | None = None
        self._marked: Danger | None = None
        self.numbers = Rows("danger_numbers")
        tr(self.numbers, self.numbers.setAccessibleName, lambda: _("Whom to ring"))
        self.council = InkLabel(TEXT, self)
        self.council.setAccessibleIdentifier("council_safeguarding")
        self._questions = QVBoxLayout()
        self.back = button(lambda: _("Back to the call  Esc"), "danger_back", self.left.emit)
        self.unmark = button(
            lambda: _("Pressed by mistake: take the mark away"), "danger_unmark", self._unmark
        )
        self.close_it = button(lambda: _("Dealt with: close the card"), "danger_close", self._close)
        self.body.addWidget(self.numbers)
        self.body.addLayout(self._questions, 1)
        self.body.addWidget(self.council)
        for one in (self.close_it, self.unmark):
            self.body.addWidget(one, 0, Qt.AlignmentFlag.AlignLeading)
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)
        tr(self, lambda _words: self._retranslate(), str)

    def show_card(self, danger: Danger, question_set: QuestionSet, outside: Outside) -> None:
        """The card as it stands."""
        self.clear()
        self._marked = danger
        self.form = self.drawer.take(question_set, "", danger, outside, self)
        with only_focus_heard():
            self._questions.addWidget(self.form)
            self.form.show()
        self.show_whole(self.form)
        self._retranslate()

    def show_sheet(self, danger: Danger) -> None:
        """After an answer was settled: what is asked, and the council's number."""
        self._marked = danger
        if self.form is not None:
            self.form.show_sheet(danger)
            self.show_whole(self.form)
        self._retranslate()

    def clear(self) -> None:
        """The questions leave the window, so that no two questions there have one identifier."""
        if self.form is not None:
            self.drawer.put_away(self.form)
            self.form = None

    def forget_record(self) -> None:
        """Not a word of the record before stays in any form."""
        self.clear()
        self._marked = None
        self.drawer.forget()

    def _retranslate(self) -> None:
        when = words.clock_time(self._marked.marked) if self._marked else ""
        closed = self._marked is not None and self._marked.closed is not None
        title = _("Danger, marked {time}, dealt with") if closed else _("Danger, marked {time}")
        self.heading.setText(title.format(time=when))
        self.close_it.setVisible(not closed)
        lines = [
            (one.code, contact_words(one, self._context.library)) for one in contacts(self._context.library)
        ]
        self.numbers.show_rows(lines)
        self.numbers.setMaximumHeight((len(lines) + 1) * self.fontMetrics().lineSpacing() + 8)
        self.numbers.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.heading.setAccessibleDescription(lines[0][1] if lines else "")
        self.council.show_words(council_words(self._context.library, self._marked))

    def _unmark(self) -> None:
        self.unmark_wanted.emit()

    def _close(self) -> None:
        self.close_wanted.emit()


def contacts(library: Library) -> tuple[Choice, ...]:
    """Whom to ring in danger, by the signposting list, in its order."""
    return tuple(
        one for one in library.code_list("signposting").codes if one.filter.get("group", "") in IN_DANGER
    )


def contact_words(contact: Choice, library: Library) -> str:
    """One line: for what, and the numbers."""
    columns = contact.filter
    parts = [ltr(columns["phone"])] if columns.get("phone") else []
    if relay := columns.get("text_relay"):
        parts.append(_("text relay {number}").format(number=ltr(relay)))
    if video := columns.get("bsl"):
        parts.append(_("BSL: {way}").format(way=fsi(video)))
    if text := library.code_text("signposting", contact.code, "text", language()):
        parts.append(_("text message: {number}").format(number=fsi(text)))
    name = library.code_label("signposting", contact.code, language())
    words = _("{name}: {numbers}").format(name=fsi(name), numbers=series(parts))
    when = library.code_text("signposting", contact.code, "applies_when", language())
    return f"{words} ({fsi(when)})" if when else words


def council_words(library: Library, sheet: Sheet | None) -> str:
    """The safeguarding number of the council that was chosen; says so where the list has none."""
    code = "" if sheet is None else str(sheet.value("council") or "")
    if not code:
        return ""
    council = library.code_list("councils").by_code.get(code)
    if council is None:
        return ""
    number = council.filter.get("safeguarding_phone", "")
    if not number:
        return _("{council}: no safeguarding number is in the list. Ask the council's main line.").format(
            council=fsi(council.label)
        )
    return _("{council}, safeguarding: {number}").format(council=fsi(council.label), number=ltr(number))

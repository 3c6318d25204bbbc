"""What a conversation was where it was no feedback on care; and whom to turn to in another nation."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app import outcomes
from intake_app.forms.library import Library
from intake_app.forms.model import Choice
from intake_app.i18n import _, language, series
from intake_app.text import fsi, ltr
from ui.record.numbered import Numbered
from ui.rows import add_row, note
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

AFTER_ALL = ""
"""It is feedback after all."""


class NotFeedbackDialog(AskingDialog):
    """A digit answers. Of a nation the list of whom to turn to follows: each row is noted as told, or not.

    Signals: ``chosen(str)`` a code of ``outcomes.csv``, or AFTER_ALL · ``told(str, bool)`` a code of
    ``signposting.csv``: the person was told of it
    """

    chosen = Signal(str)
    told = Signal(str, bool)

    def __init__(
        self, workplace: Workplace, now: str, told: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(workplace, lambda: _("Not feedback"), parent)
        self._library = workplace.library
        self._told = set(told)
        self._nation = ""
        self._codes = [*outcomes.NOT_FEEDBACK, *([AFTER_ALL] if now in outcomes.NOT_FEEDBACK else [])]
        self.hint = note(lambda: _("A digit answers. None of these is counted as feedback."))
        self.rows.addWidget(self.hint)
        self.kinds = Numbered("not_feedback_kind")
        self.caption = add_row(self.rows, self.kinds, lambda: _("What was it?"), "not_feedback_kind")
        self.places = Numbered("nation_signposts")
        self.places_caption = add_row(
            self.rows,
            self.places,
            lambda: _("Whom they can turn to"),
            "nation_signposts",
            lambda: _("Enter or a digit notes that you told them; again takes it back. Escape when done."),
            show_hint=False,
        )
        self.places_caption.hide()
        self.places.hide()
        self.kinds.chosen.connect(self._choose)
        self.places.chosen.connect(self._tell)
        self.ready = self.add_deed(lambda: _("Done"), "not_feedback_done", self.accept)
        self.ready.hide()
        self.cancel = self.add_deed(lambda: _("Cancel"), "not_feedback_cancel", self.reject)
        tr(self, lambda _words: self._show(), str)
        self.kinds.setFocus()

    def _show(self) -> None:
        self.kinds.show_numbered([(code, self._kind_words(code)) for code in self._codes])
        self.places.show_numbered([(one.code, self._place_words(one)) for one in self._places()])

    def _kind_words(self, code: str) -> str:
        if code == AFTER_ALL:
            return _("It is feedback after all")
        return self._library.code_label("outcomes", code, language())

    def _places(self) -> list[Choice]:
        listed = self._library.code_list("signposting").codes
        return [one for one in listed if self._nation and one.filter.get("group") == self._nation]

    def _place_words(self, place: Choice) -> str:
        words = place_words(place, self._library)
        return _("✓ Told: {place}").format(place=words) if place.code in self._told else words

    def _choose(self, code: str) -> None:
        self.chosen.emit(code)
        if code not in outcomes.NATIONS:
            self.accept()
            return
        self._nation = code
        for one in (self.hint, self.kinds, self.caption, self.cancel):
            one.hide()
        for shown in (self.places, self.places_caption, self.ready):
            shown.show()
        self._show()
        self.fit()
        self.places.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, code: str) -> None:
        self._told ^= {code}
        self._show()
        self.told.emit(code, code in self._told)


def place_words(place: Choice, library: Library) -> str:
    """``Care Inspectorate: Social care in Scotland. 0345 600 9527, www.careinspectorate.com``."""
    name = library.code_label("signposting", place.code, language())
    when = library.code_text("signposting", place.code, "applies_when", language())
    ways = series([ltr(place.filter[one]) for one in ("phone", "web") if place.filter.get(one)])
    return _("{name}: {when}. {ways}").format(name=fsi(name), when=when, ways=ways)

"""Silent, abusive and misdirected calls, other nations, complaints about ourselves: noted in two keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from intake_app import drafting, outcomes, taking_down
from intake_app.drafting import FRAME, Draft, item_key
from intake_app.i18n import _, language
from intake_app.records import ENQUIRY, Answer
from ui.record.calls import Calls
from ui.record.display import CONFIDENTIALITY
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.record.wrapping import Wrapping
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.record.not_feedback_dialog import NotFeedbackDialog

ENDS_AT_ONCE = (outcomes.SILENT, outcomes.WRONG_NUMBER)
_SIGNPOSTED = "signposted_to"


class NotFeedback(QObject):
    """A silent call, or a wrong number, of which nothing is written down is finished at once."""

    def __init__(
        self,
        parts: Parts,
        record: OpenRecord,
        calls: Calls,
        wrapping: Wrapping,
        workplace: Workplace,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._record = record
        self._calls = calls
        self._wrapping = wrapping
        self._workplace = workplace
        self.dialog: NotFeedbackDialog | None = None

    def choose(self) -> None:
        """Ctrl+Shift+X."""
        if self._calls.says_erased():
            return
        from ui.record.not_feedback_dialog import NotFeedbackDialog

        draft = self._record.current()
        sheet = drafting.sheet(draft, _signposts_in(draft))
        told = tuple(str(one) for one in (sheet.value(_SIGNPOSTED) if sheet is not None else None) or ())
        now = outcomes.outcome(draft.record)
        self.dialog = dialog = NotFeedbackDialog(self._workplace, now, told, self._parts.shell)
        dialog.chosen.connect(self._note)
        dialog.told.connect(self._tell)
        dialog.finished.connect(lambda _result: self._refresh_wrap_up())
        dialog.open()

    def _note(self, code: str) -> None:
        nothing_written = self._nothing_written()
        if not code:
            self._record.answer(FRAME, outcomes.OUTCOME, None)
            self._workplace.announce(_("It counts as feedback again"))
            return
        library = self._workplace.library
        listed = library.code_list("outcomes")
        answer = Answer(value=code, label=listed.label(code), code_list=listed.version)
        self._record.answer(FRAME, outcomes.OUTCOME, answer)
        noted = _("Noted: {outcome}.").format(outcome=library.code_label("outcomes", code, language()))
        if code in ENDS_AT_ONCE:
            # Of nobody there is no number to be kept, not even in memory.
            self._record.drop_number()
            if nothing_written:
                self._calls.finish(noted)
                return
            noted += " " + _("Something is written down: look at it. F12 wraps up.")
        elif code == outcomes.ABUSIVE:
            noted += " " + _("You may end the call; nobody has to bear it. F12 wraps up.")
        elif code == outcomes.ABOUT_US:
            noted += " " + _(
                "Write it down in their words, and ask how they want the answer. "
                "It waits under Call-backs, for somebody else than you."
            )
        else:
            noted += " " + _("It is not counted as feedback. F12 wraps up.")
        self._workplace.announce(noted)

    def _tell(self, code: str, told: bool) -> None:
        library, draft = self._workplace.library, self._record.current()
        key = _signposts_in(draft)
        sheet = drafting.sheet(draft, key)
        known = sheet.value(_SIGNPOSTED) if sheet is not None else None
        codes = [str(one) for one in known or () if one != code] + ([code] if told else [])
        if key != FRAME and sheet is not None and told:
            given = [str(one) for one in sheet.value("given") or () if one != "nothing"]
            if "signposting" not in given:
                self._record.answer(key, "given", Answer(value=[*given, "signposting"]))
        version = library.code_list("signposting").version
        self._record.answer(key, _SIGNPOSTED, Answer(value=codes, code_list=version) if codes else None)
        name = library.code_label("signposting", code, language())
        said = _("Noted that you told them of {name}") if told else _("Not told: {name}")
        self._workplace.announce(said.format(name=name))

    def _nothing_written(self) -> bool:
        """Whether there is no word, answer or detail of anybody.

        What came of it does not count, nor that the line went dead, nor words that were said to nobody.
        """
        draft, library = self._record.current(), self._workplace.library
        if draft.record.rang_off:
            draft = taking_down.rang_back(draft, library)
        for question in (outcomes.OUTCOME, CONFIDENTIALITY):
            draft = drafting.with_answer(draft, FRAME, question, None)
        return taking_down.is_untouched(draft, library)

    def _refresh_wrap_up(self) -> None:
        if self._wrapping.is_wrapping_up and not self._record.is_untouched():
            self._wrapping.back()


def _signposts_in(draft: Draft) -> str:
    """The sheet that asks whom they were told about: the conversation's, or that of the only enquiry."""
    items = draft.record.items
    return item_key(items[0].id) if all(one.kind == ENQUIRY for one in items) else FRAME

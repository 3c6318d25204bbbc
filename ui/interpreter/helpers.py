"""F5: interpreters, relay, BSL and other helpers on the page, added at any moment and gone back from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app import drafting, taking_down
from intake_app.channels.relay.session import TEXT_RELAY
from intake_app.drafting import SESSION_PREFIX, session_key
from intake_app.i18n import _, language
from intake_app.records import Answer, Session
from intake_app.text import fsi
from ui.interpreter.words import session_words
from ui.record import words
from ui.record.display import Display
from ui.record.navigation import Here, Navigation
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.record.words import section_title
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.interpreter.brief_card import BriefCard
    from ui.interpreter.none_today import NoneTodayDialog
    from ui.interpreter.support_dialog import Deed, SupportDialog

_SUPPORT_OF = {"bsl_video": "bsl_video", "bsl_in_person": "bsl_interpreter"}
"""Where nothing came of it: the support that was asked for, by the answer; others have the same code."""


class Helpers(QObject):
    """Nothing is retyped: the words stay, and Esc leads back to the exact place.

    Signals: ``language_known(str)`` a code of ``languages.csv`` that an interpreter was asked for ·
    ``relay_wanted()`` text relay was chosen, which is a way of working and not only a helper.
    """

    language_known = Signal(str)
    relay_wanted = Signal()

    def __init__(
        self,
        parts: Parts,
        display: Display,
        navigation: Navigation,
        record: OpenRecord,
        workplace: Workplace,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._display = display
        self._navigation = navigation
        self._record = record
        self._workplace = workplace
        self._here: Here | None = None
        self._known: tuple[str, frozenset[str]] = ("", frozenset())
        record.changed.connect(self._tell_new_section)
        self.dialog: SupportDialog | NoneTodayDialog | BriefCard | None = None

    def choose(self) -> None:
        """F5."""
        from ui.interpreter.support_dialog import SupportDialog

        self._here = self._navigation.here()
        sections = [one for one in self._display.sections() if one.sheet_key.startswith(SESSION_PREFIX)]
        self.dialog = dialog = SupportDialog(
            self._workplace, sections, self._record.draft.record.sessions, self._parts.shell
        )
        dialog.chosen.connect(self._do)
        dialog.open()

    def _do(self, deed: Deed, target: str) -> None:
        from ui.interpreter.support_dialog import Deed

        {
            Deed.ADD: self._add,
            Deed.NONE_TODAY: self._none_today,
            Deed.BRIEF: lambda _nothing: self._brief(),
            Deed.GO_TO: self._go_to,
            Deed.TAKE_AWAY: self._take_away,
        }[deed](target)

    def _add(self, support: str) -> None:
        if support == TEXT_RELAY:
            self.relay_wanted.emit()
            return
        workplace, draft = self._workplace, self._record.current()
        before = {one.id for one in draft.record.sessions}
        now = workplace.clock()
        self._record.apply(taking_down.add_session(draft, workplace.library, workplace.ids, support, now))
        fresh = next((one for one in self._record.draft.record.sessions if one.id not in before), None)
        # Set apart: a name that begins with “BSL” would turn a sentence in Urdu around (seen).
        name = fsi(workplace.library.code_label("supports", support, language()))
        if fresh is None:
            workplace.announce(_("{support}: noted.").format(support=name))
            return
        said = _("{support}: added. Escape goes back.").format(support=name)
        key = session_key(fresh.id)
        self._go_to(next((one.key for one in self._display.sections() if one.sheet_key == key), ""))
        form = self._parts.form_pane.form
        if form is not None:
            form.say_too(said)
        else:
            workplace.announce(said)
        self._tell_language(fresh)

    def _tell_language(self, session: Session) -> None:
        if spoken := session.value("language"):
            self.language_known.emit(str(spoken))

    def _go_to(self, section_key: str) -> None:
        if section_key and self._here is not None:
            self._navigation.go_aside(section_key, self._here)

    def _tell_new_section(self) -> None:
        """An answer about a helper may bring a section of its own, such as what was missing."""
        draft = self._record.draft
        if not draft.record.sessions:
            return
        sections = {
            one.key: one for one in self._display.sections() if one.sheet_key.startswith(SESSION_PREFIX)
        }
        known_id, known = self._known
        self._known = draft.id, frozenset(sections)
        form, asked = self._parts.form_pane.form, self._parts.form_pane.section
        if known_id != draft.id or form is None or asked is None:
            return
        for key in sections.keys() - known:
            if sections[key].sheet_key == asked.sheet_key and asked.key in known:
                said = _("New section: {section}. F5 goes there.")
                form.say_too(said.format(section=section_title(sections[key])))

    def _take_away(self, session_id: str) -> None:
        draft = self._record.current()
        gone = session_words(drafting.session(draft, session_id), self._workplace.library)
        self._record.apply(drafting.remove_session(draft, session_id))
        self._workplace.announce(_("Taken away: {session}").format(session=gone))

    def _none_today(self, set_id: str) -> None:
        from ui.interpreter.none_today import NoneTodayDialog

        question_set = self._workplace.library.latest(set_id)
        self.dialog = dialog = NoneTodayDialog(self._workplace, question_set, self._parts.shell)
        dialog.answered.connect(lambda codes: self._note_none(set_id, codes))
        dialog.open()

    def _note_none(self, set_id: str, codes: dict[str, str]) -> None:
        workplace, library = self._workplace, self._workplace.library
        asked = codes["unmet_asked"]
        support = "interpreter" if set_id == "interpreter" else _SUPPORT_OF.get(asked, asked)
        draft = self._record.current()
        waiting = [one for one in draft.record.sessions if one.support == support and _is_open(one)]
        if not waiting:
            # Added a moment ago and never there is no second request.
            draft = taking_down.add_session(draft, library, workplace.ids, support, workplace.clock())
            waiting = [draft.record.sessions[-1]]
        key, question_set = session_key(waiting[-1].id), library.latest(set_id)
        told = []
        for question_id, code in {"outcome": "not_available", **codes}.items():
            choice = question_set.question(question_id).choice(code)
            answer = Answer(value=code, label=choice.label if choice is not None else "")
            draft = drafting.with_answer(draft, key, question_id, answer)
            if question_id in codes:
                told.append(words.text_of(question_set, question_id, "label", code))
        self._record.apply(draft)
        self._record.keep()
        asked_for, offered, back = told
        said = _("Noted. Asked for: {asked}. Offered: {offered}. We come back: {back}.")
        workplace.announce(said.format(asked=asked_for, offered=offered, back=back))

    def _brief(self) -> None:
        from ui.interpreter.brief_card import BriefCard

        self.dialog = BriefCard(self._workplace, self._parts.shell)
        self.dialog.open()


def _is_open(session: Session) -> bool:
    return session.value("outcome") is None

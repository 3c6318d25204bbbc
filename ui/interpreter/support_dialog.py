"""F5: who helps from now on, found by a few letters; and what else there is to do about those who help."""

from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from intake_app.drafting import session_key
from intake_app.folding import fold
from intake_app.forms.library import Library
from intake_app.i18n import _, language
from intake_app.records import Session
from intake_app.taking_down import Section
from intake_app.text import without_isolates
from ui.form.finder import Finder, Found
from ui.interpreter.words import session_words
from ui.record.words import section_title
from ui.rows import note
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

_ROWS = 10


class Deed(Enum):
    """What a row does; its target is the code of a support, the key of a section or the id of a session."""

    ADD = "add"
    NONE_TODAY = "none_today"
    BRIEF = "brief"
    GO_TO = "go_to"
    TAKE_AWAY = "take_away"


class SupportDialog(AskingDialog):
    """Signals: ``chosen(Deed, str)`` what to do, and with which support or session."""

    chosen = Signal(object, str)

    def __init__(
        self,
        workplace: Workplace,
        sections: Sequence[Section],
        sessions: Sequence[Session],
        parent: QWidget | None = None,
    ) -> None:
        """``sections`` are those of the ``sessions``, whose numbers are beyond the keys for sections."""
        super().__init__(workplace, lambda: _("Add an interpreter, relay, BSL or another person"), parent)
        self._library = workplace.library
        self._today = workplace.clock().civil
        self._sections = tuple(sections)
        self._sessions = {session_key(one.id): one for one in sessions}
        self.finder = Finder(
            self._search, workplace.announce, "support_words", "support_results", lists_all=True,
            most_rows=_ROWS,
        )  # fmt: skip
        line, results = self.finder.line, self.finder.results
        self.rows.addWidget(
            note(lambda: _("What is written down stays. How they reached us is another question."))
        )
        caption = QLabel()
        caption.setBuddy(line)
        tr(caption, caption.setText, lambda: _("Who or what helps"))
        self.rows.addWidget(caption)
        tr(line, line.setAccessibleName, lambda: _("Who or what helps"))
        tr(line, line.setAccessibleDescription, self.finder.list_hint)
        tr(results, results.setAccessibleName, lambda: _("Support"))
        self.rows.addWidget(self.finder)
        self.finder.chosen.connect(self._choose)
        self.add_deed(lambda: _("Cancel"), "support_cancel", self.reject)
        self.finder.look_again()
        line.setFocus()

    def _search(self, words: str, show: Callable[[tuple[Found, ...]], None]) -> None:
        wanted = fold(words).split()
        show(tuple(one for one in self._all() if all(word in fold(one.spoken) for word in wanted)))

    def _all(self) -> list[Found]:
        supports = self._library.code_list("supports")
        rows = [
            _found(Deed.ADD, one.code, support_name(self._library, one.code))
            for one in supports.codes
            if one.active_on(self._today)
        ]
        rows += [
            _found(Deed.NONE_TODAY, "interpreter", _("No interpreter today: three answers")),
            _found(Deed.NONE_TODAY, "communication", _("No BSL or other support today: three answers")),
            _found(Deed.BRIEF, "", _("What to tell the interpreter before you start")),
        ]
        for section in self._sections:
            words = session_words(self._sessions[section.sheet_key], self._library)
            said = _("Go to: {section}. {session}")
            said = said.format(section=section_title(section), session=words)
            rows.append(_found(Deed.GO_TO, section.key, said))
        for session in self._sessions.values():
            words = session_words(session, self._library)
            said = _("Added by mistake, take away: {session}").format(session=words)
            rows.append(_found(Deed.TAKE_AWAY, session.id, said))
        return rows

    def _choose(self, value: object) -> None:
        assert isinstance(value, tuple)
        deed, target = value
        self.accept()
        self.chosen.emit(deed, target)


def support_name(library: Library, code: str) -> str:
    return library.code_label("supports", code, language())


def _found(deed: Deed, target: str, words: str) -> Found:
    return Found((deed, target), words, without_isolates(words))

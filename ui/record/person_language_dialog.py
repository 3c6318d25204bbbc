"""Chooses the language in which the questions are put to the person, by its own or its English name."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from intake_app.folding import fold
from intake_app.forms.code_lists import by_need, language_names, shown_name, wording_tag
from intake_app.forms.library import Library
from intake_app.forms.model import Choice
from intake_app.forms.prompts import PromptStatus
from intake_app.i18n import ENGLISH, _
from intake_app.text import without_isolates
from ui import fonts
from ui.form.finder import Finder, Found
from ui.form.person_language import language_row
from ui.rows import note
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

_ROWS = 10
_LANGUAGES = "languages"
_ENGLISH_CODES = (ENGLISH, "en-GB")


class PersonLanguageDialog(AskingDialog):
    """Signals: ``chosen(str)`` a code of ``languages.csv``, ``en`` for English alone."""

    chosen = Signal(str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("The questions in the person’s language"), parent)
        self._library = workplace.library
        self._font = fonts.for_any_script(self.font())
        self.finder = Finder(
            self._search, workplace.announce, "person_language", "person_language_results", lists_all=True,
            most_rows=_ROWS,
        )  # fmt: skip
        line = self.finder.line
        for widget in (line, self.finder.results):
            widget.setFont(self._font)
        self.rows.addWidget(
            note(
                lambda: _(
                    "The words appear beside the English. A draft is an aid for you and the interpreter: "
                    "nobody who speaks the language has checked it yet."
                )
            )
        )
        tr(line, line.setAccessibleName, lambda: _("Language of the person"))
        tr(
            line,
            line.setAccessibleDescription,
            lambda: f"{_('Its own name or its English name.')} {self.finder.list_hint()}",
        )
        results = self.finder.results
        tr(results, results.setAccessibleName, lambda: _("Languages"))
        self.rows.addWidget(self.finder)
        self.finder.chosen.connect(self._choose)
        self.add_deed(lambda: _("English only"), "person_language_english", lambda: self._choose(ENGLISH))
        self.add_deed(lambda: _("Cancel"), "person_language_cancel", self.reject)
        self.finder.look_again()
        line.setFocus()

    def _search(self, words: str, show: Callable[[tuple[Found, ...]], None]) -> None:
        wanted = fold(words).split()
        font = self._font
        show(tuple(_row(self._library, one, font) for one in offered(self._library) if _fits(one, wanted)))

    def _choose(self, tag: object) -> None:
        self.accept()
        self.chosen.emit(str(tag))


def offered(library: Library) -> tuple[Choice, ...]:
    """Every language but English: those with a wording first, each part in the order of need."""
    languages = library.code_list(_LANGUAGES)
    worded = library.wordings.languages()
    others = [one for one in by_need(languages) if one.code not in _ENGLISH_CODES]
    with_words = [one for one in others if wording_tag(languages, one.code, worded)]
    return (*with_words, *(one for one in others if one not in with_words))


def _fits(language: Choice, wanted: list[str]) -> bool:
    words = f"{fold(language.label)} {fold(language.filter.get('own_name', ''))} {language.code.lower()}"
    return all(one in words for one in wanted)


def _row(library: Library, language: Choice, font: QFont) -> Found:
    names = library.code_list(_LANGUAGES)
    tag = wording_tag(names, language.code, library.wordings.languages())
    status = library.wordings.status(tag) if tag else PromptStatus.ENGLISH_ONLY
    name, own = shown_name(names, language.code), language_names(names, language.code)[1]
    # Chinese and others are left to the computer's own fonts: rather no own name than empty boxes.
    shown = language_row(own if fonts.can_show(own, font) else name, name, status)
    # An English voice cannot read most own names.
    spoken = without_isolates(language_row(name, name, status))
    return Found(tag or language.code, shown, spoken)

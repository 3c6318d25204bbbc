"""The language in which the questions are put to the person: one for the record that is on the page."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from intake_app.forms.code_lists import language_names, shown_name
from intake_app.forms.library import Library
from intake_app.forms.model import CodeList, QuestionSet
from intake_app.forms.prompts import Prompt, Prompts, PromptStatus
from intake_app.i18n import ENGLISH, _
from intake_app.text import fsi

FILMS, SOUNDS = (".mp4", ".webm"), (".mp3", ".m4a", ".ogg", ".wav")
"""What is handed to the system's own player."""


class PersonLanguage(QObject):
    """Every form that shows the questions listens to it. Signals: ``changed()``."""

    changed = Signal()

    def __init__(
        self, library: Library, parent: QObject | None = None, recordings: Path | None = None
    ) -> None:
        """``recordings`` holds what the organisation has recorded: ``pl/feedback.experience_kind.mp3``."""
        super().__init__(parent)
        self._library = library
        self._recordings = recordings
        self.tag = ENGLISH

    @property
    def is_english(self) -> bool:
        return self.tag == ENGLISH

    def use(self, tag: str) -> None:
        """The BCP 47 tag of a code in ``languages.csv``; empty for English."""
        tag = tag or ENGLISH
        if tag != self.tag:
            self.tag = tag
            self.changed.emit()

    def prompts(self, question_set: QuestionSet) -> Prompts:
        return self._library.wordings.prompts(question_set, self.tag)

    def phrase(self, code: str) -> Prompt:
        """A phrase for the person, of the list ``person_words``."""
        return self._library.wordings.code_label(self._library.code_list("person_words"), code, self.tag)

    def recording(self, question_set: QuestionSet, question_id: str) -> Path | None:
        """The sound or the film of a question in this language; None where there is none."""
        if self._recordings is None or self.is_english:
            return None
        name = f"{question_set.id}.{question_id}"
        found = (self._recordings / self.tag / f"{name}{one}" for one in (*FILMS, *SOUNDS))
        return next((path for path in found if path.is_file()), None)

    def name(self) -> str:
        """What the language is called on the screens."""
        return shown_name(self._languages, self.tag)

    def own_name(self) -> str:
        """What those who speak it call it."""
        return language_names(self._languages, self.tag)[1]

    @property
    def _languages(self) -> CodeList:
        return self._library.code_list("languages")


def status_words(status: PromptStatus) -> str:
    """How far a prompt may be relied upon, in two or three words."""
    return {
        PromptStatus.OFFICIAL: _("✓ checked"),
        PromptStatus.DRAFT: _("draft, not checked"),
        PromptStatus.OUT_OF_DATE: _("! out of date"),
        PromptStatus.ENGLISH_ONLY: _("English only"),
    }[status]


def language_row(own_name: str, name: str, status: PromptStatus) -> str:
    """``Polski · Polish · draft, not checked``."""
    shown = fsi(own_name) if own_name == name else f"{fsi(own_name)} · {fsi(name)}"
    return f"{shown} · {status_words(status)}"

"""In which language a story is and whose words it is in, chosen with a few keys."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QVBoxLayout, QWidget

from intake_app.i18n import _
from intake_app.records import Narrative, NarrativeKind
from ui.accessibility import in_silence
from ui.fonts import show_any_script
from ui.form.finder import Finder, Found
from ui.form.wrapped_buttons import NamedBox, WrappedRadio
from ui.languages import Languages
from ui.narrative_words import title
from ui.record.panel import Panel
from ui.rows import note
from ui.translation import tr


class StoryFacts(Panel):
    """What it holds is made when it is first shown. Esc, and choosing a language, go back to the words.

    Signals: ``language_chosen(object)`` code of ``languages.csv`` · ``kind_chosen(object)`` NarrativeKind
    """

    language_chosen = Signal(object)
    kind_chosen = Signal(object)

    def __init__(
        self,
        languages: Languages,
        say: Callable[[str], None],
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("story_facts", parent)
        self._languages = languages
        self._say = say
        self._today = today
        self._narrative: Narrative | None = None
        self._first: tuple[str, ...] = ()
        self.finder: Finder | None = None
        self.radios: dict[NarrativeKind, WrappedRadio] = {}

    def show_narrative(self, narrative: Narrative, first: Sequence[str]) -> None:
        """``first`` are the languages to offer on top, such as those that the person speaks."""
        self._narrative, self._first = narrative, tuple(first)
        with in_silence():
            finder = self.finder or self._build()
            finder.clear()
            self.show_kind(narrative)

    def show_kind(self, narrative: Narrative) -> None:
        self._narrative = narrative
        self.radios[narrative.kind].setChecked(True)
        self._retranslate()

    def take_focus(self) -> None:
        if self.finder is not None:
            self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> Finder:
        label, whose = QLabel(self), QLabel(self)
        finder = Finder(
            self._search, self._say, "story_language_search", "story_language_rows", lists_all=True
        )
        # Each language by its own name, also in the first moments, before the page around has the letters.
        show_any_script(finder)
        label.setBuddy(finder.line)
        tr(label, label.setText, lambda: _("Language of these words"))
        finder.chosen.connect(self.language_chosen)
        tr(whose, whose.setText, lambda: _("Whose words"))
        box = NamedBox(self)
        tr(box, box.setAccessibleName, lambda: _("Whose words"))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        group = QButtonGroup(self)
        for kind, words in (
            (NarrativeKind.VERBATIM, lambda: _("In the person’s own words")),
            (NarrativeKind.INTERPRETED, lambda: _("As the interpreter said it, not word for word")),
        ):
            radio = self.radios[kind] = WrappedRadio(box)
            radio.setAccessibleIdentifier(f"story_kind.{kind}")
            tr(radio, radio.show_text, words)
            group.addButton(radio)
            column.addWidget(radio)
        group.buttonClicked.connect(self._choose_kind)
        for one in (label, finder, whose, box):
            self.body.addWidget(one)
        self.body.addWidget(note(lambda: _("Choosing a language goes back to the words, and so does Esc.")))
        self.body.addStretch(1)
        self.finder = finder
        tr(self, lambda _words: self._retranslate(), str)
        return finder

    def _search(self, words: str, show: Callable[[tuple[Found, ...]], None]) -> None:
        show(self._languages.rows(words, self._today(), self._first))

    def _choose_kind(self) -> None:
        self.kind_chosen.emit(next(kind for kind, radio in self.radios.items() if radio.isChecked()))

    def _retranslate(self) -> None:
        if self._narrative is None or self.finder is None:
            return
        self.finder.look_again()
        self.heading.setText(title(self._narrative, self._languages))
        now = _("Now {language}.").format(language=self._languages.name(self._narrative.language))
        self.finder.line.setAccessibleName(_("Language of these words"))
        self.finder.line.setAccessibleDescription(f"{now} {self.finder.list_hint()}")
        self.finder.results.setAccessibleName(_("Languages"))

"""Languages of what was said, and a second text beside the story, from two keys."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from intake_app import drafting
from intake_app.i18n import _
from intake_app.narratives import UNKNOWN
from intake_app.records import NarrativeKind
from ui.languages import Languages
from ui.narrative_words import title
from ui.record.display import Display
from ui.record.navigation import Navigation
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.record.story_pane import languages_of
from ui.workplace import Workplace


class Stories(QObject):
    """The texts themselves are typed into ``StoryPane``; here it is said what they are."""

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
        self._navigation = navigation
        self._record = record
        self._workplace = workplace
        self._languages = Languages(workplace.library)
        self._kind_before = NarrativeKind.VERBATIM
        record.second = parts.story.second_words
        record.changed.connect(lambda: parts.story.refresh(record.draft))
        parts.story.refresh(record.draft)
        parts.story_facts.language_chosen.connect(self._choose_language)
        parts.story_facts.kind_chosen.connect(self._choose_kind)

    def language(self) -> None:
        """Of the text that has the focus, or had it last; again back to the call."""
        panel = self._parts.story_facts
        if self._parts.centre.current() is panel:
            self._navigation.leave_panel()
            return
        self._have_a_story()
        narrative = self._parts.story.narrative()
        if narrative is None:
            return
        panel.show_narrative(narrative, languages_of(self._record.draft))
        self._navigation.open_panel(panel)
        panel.take_focus()

    def beside(self) -> None:
        """A second text, with the focus in it; where one stands empty, it is taken away again."""
        if self._parts.centre.current() is self._parts.story_facts:
            self._navigation.leave_panel()
        draft = self._record.current()
        if drafting.beside(draft) is not None:
            self._take_away()
            return
        story = drafting.story(draft)
        self._kind_before = story.kind if story is not None else NarrativeKind.VERBATIM
        speaks = draft.person.value("spoken_language") if draft.person is not None else None
        speaks = speaks or draft.record.asked_in
        language, spoken = self._languages.written(str(speaks)) if speaks else (UNKNOWN, "")
        workplace = self._workplace
        draft = drafting.open_beside(draft, workplace.ids, self._record.by, language)
        other = drafting.beside(draft)
        if other is not None and spoken and other.language == language:
            draft = drafting.with_language(draft, other.id, language, spoken)
        self._record.apply(draft)
        pane = self._parts.story
        self._parts.panes.arrange_tab_order()
        if pane.second is not None:
            pane.focus(pane.second)
        if other is not None and other.language == UNKNOWN:
            # What it is in must be asked; Esc leaves it open.
            self.language()
        elif other is not None:
            self._workplace.announce(title(other, self._languages))

    def _take_away(self) -> None:
        pane = self._parts.story
        try:
            draft = drafting.close_beside(self._record.current(), self._kind_before)
        except ValueError:
            self._workplace.announce(_("The second text has words. It stays."))
            return
        held = QApplication.focusWidget() is pane.second
        self._record.apply(draft)
        if held:
            pane.focus(pane.story)
        story = drafting.story(draft)
        if story is not None:
            self._workplace.announce(_("One text: {title}").format(title=title(story, self._languages)))

    def _have_a_story(self) -> None:
        draft = self._record.current()
        if drafting.story(draft) is None:
            self._record.apply(drafting.with_narrative(draft, "", self._workplace.ids, self._record.by))

    def _choose_language(self, code: object) -> None:
        narrative = self._parts.story.narrative()
        if narrative is None:
            return
        language, spoken = self._languages.written(str(code))
        self._record.apply(drafting.with_language(self._record.current(), narrative.id, language, spoken))
        self._navigation.leave_panel()
        chosen = self._parts.story.narrative()
        if chosen is None:
            return
        said = title(chosen, self._languages)
        if spoken:
            said = _("{title}. {spoken} is not usually written.").format(
                title=said, spoken=self._languages.name(spoken)
            )
        self._workplace.announce(said)

    def _choose_kind(self, kind: NarrativeKind) -> None:
        narrative = self._parts.story.narrative()
        if narrative is not None:
            self._record.apply(drafting.with_kind(self._record.current(), narrative.id, kind))
            changed = self._parts.story.narrative()
            if changed is not None:
                self._parts.story_facts.show_kind(changed)

"""The story and, where it was asked for, a text beside it: one is the person's, one the interpreter's."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from intake_app import drafting
from intake_app.drafting import Draft, Place
from intake_app.i18n import _
from intake_app.narratives import is_english
from intake_app.records import Narrative, NarrativeKind
from ui.accessibility import in_silence
from ui.languages import Languages
from ui.narrative import NarrativeBox
from ui.narrative_words import title
from ui.record.flow import FlowLayout
from ui.record.panes import Panes
from ui.rows import button
from ui.shell import ShellWindow
from ui.translation import tr
from ui.whole_words import keep_whole

LINES_WITH_BUTTONS = 7
"""Label, two lines of words, and the buttons with what stands around them."""
UNLIMITED_PX = 16_777_215
"""Qt's own word for it (QWIDGETSIZE_MAX)."""


class StoryPane(QObject):
    """Works on the shell's story box, which keeps text, caret and focus; the second is made when asked for.

    Signals: ``edited()`` somebody typed in either · ``made(NarrativeBox)`` the second box exists from now on
    """

    edited = Signal()
    made = Signal(object)

    def __init__(self, shell: ShellWindow, languages: Languages, act: Callable[[str], object]) -> None:
        super().__init__(shell)
        self._shell = shell
        self._languages = languages
        self._told: tuple[Narrative | None, Narrative | None] = (None, None)
        self._filling = False
        self._panes: Panes | None = None
        self.story: NarrativeBox = shell.narrative
        self.second: NarrativeBox | None = None
        self._label: QLabel | None = None
        self.current = self.story
        self._foot = QWidget(shell.narrative_pane)
        line = FlowLayout(self._foot)
        self.language = button(self._language_words, "story_language", lambda: act("story_language"))
        self.beside = button(self._beside_words, "story_beside", lambda: act("beside"))
        for one in (self.language, self.beside):
            line.addWidget(one)
        layout = shell.narrative_pane.layout()
        assert isinstance(layout, QVBoxLayout)
        self._layout = layout
        layout.insertWidget(layout.indexOf(self.story) + 1, self._foot)
        self.story.textChanged.connect(self._on_text)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        tr(self, lambda _words: self._show_words(), str)

    # What is shown

    def show_draft(self, draft: Draft, place: Place | None) -> None:
        """The texts of this draft, whatever was shown before; the carets where they were left."""
        main, other = self._told = (drafting.story(draft), drafting.beside(draft))
        self._fill(self.story, main, place.caret if place is not None else -1)
        if other is not None or self.second is not None:
            self._fill(self._second(), other, place.caret_beside if place is not None else -1)
        self.current = self.story
        self.refresh(draft)

    def refresh(self, draft: Draft) -> None:
        """What follows from the draft: titles, buttons, and whether there is a second box."""
        before = self._told[1]
        self._told = (drafting.story(draft), drafting.beside(draft))
        other = self._told[1]
        if other is not None and (before is None or before.id != other.id):
            self._fill(self._second(), other, -1)
        if other is None:
            self.current = self.story
        self._arrange()
        self._show_words()

    def second_words(self) -> str:
        """What stands in the second box; empty without one."""
        return self.second.words() if self.second is not None else ""

    def boxes(self) -> tuple[NarrativeBox, ...]:
        """Those that are shown, in order."""
        if self.second is None or self._told[1] is None:
            return (self.story,)
        return (self.story, self.second)

    def narrative(self) -> Narrative | None:
        """The one of the box that was typed in last."""
        return self._told[0 if self.current is self.story else 1]

    def focus(self, box: NarrativeBox) -> None:
        """Also of a box that is hidden for want of room."""
        if box is self.second and box.isHidden():
            self._show_second(True)
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, read_only: bool) -> None:
        for one in self.boxes():
            one.setReadOnly(read_only)

    def give_room(self, panes: Panes) -> None:
        """From now on as the parts of the window are placed."""
        self._panes = panes
        panes.entered.connect(lambda _pane: self._arrange())
        panes.stacked_changed.connect(lambda _stacked: self._arrange())
        panes.shared.connect(self._arrange)
        self._arrange()

    # Inside

    def _arrange(self) -> None:
        """Where there is little room, what is worked in has it.

        Then the second text shows while somebody is in the story, as the text itself or as one line of it;
        the buttons give way to it, since their keys and the menu do the same.
        """
        stacked = self._panes is not None and self._panes.stacked
        inside = self._is_worked_in()
        two = self._told[1] is not None
        self._show_second(two and (inside or not stacked))
        for box in self.boxes():
            tight = stacked and two and box is not self.current
            margins = round(2 * box.document().documentMargin()) + 2 * box.frameWidth()
            line = box.fontMetrics().lineSpacing() + margins
            box.setMaximumHeight(line if tight else UNLIMITED_PX)
            if tight:
                box.ensureCursorVisible()
        room = self._panes is not None and self._panes.most_lines_of_a_story() >= LINES_WITH_BUTTONS
        foot = not stacked or (inside and not two and room)
        if self._foot.isHidden() is foot:
            with in_silence():
                self._foot.setVisible(foot)

    def _is_worked_in(self) -> bool:
        # The parts of the window hear later than we do that the focus has come here.
        focus = QApplication.focusWidget()
        if isinstance(focus, QWidget) and self._shell.narrative_pane.isAncestorOf(focus):
            return True
        return self._panes is not None and self._panes.latest() is self._shell.narrative_pane

    def _show_second(self, shown: bool) -> None:
        if self.second is not None and self._label is not None and self.second.isHidden() is shown:
            with in_silence():
                for one in (self._label, self.second):
                    one.setVisible(shown)

    def _second(self) -> NarrativeBox:
        if self.second is None:
            box, label = NarrativeBox(self._shell.narrative_pane), QLabel(self._shell.narrative_pane)
            keep_whole(box)
            box.setAccessibleIdentifier("narrative_beside")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setBuddy(box)
            with in_silence():
                at = self._layout.indexOf(self.story) + 1
                self._layout.insertWidget(at, label)
                self._layout.insertWidget(at + 1, box, 1)
                for one in (label, box):
                    one.hide()
            self.second, self._label = box, label
            box.textChanged.connect(self._on_text)
            self.made.emit(box)
        return self.second

    def _fill(self, box: NarrativeBox, narrative: Narrative | None, caret: int) -> None:
        self._filling = True
        box.set_words(narrative.text if narrative is not None else "", caret)
        self._filling = False

    def _on_text(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        # An event filter would miss it: where a screen reader listens, another one takes the event first.
        if isinstance(now, NarrativeBox) and now in (self.story, self.second):
            moved, self.current = now is not self.current, now
            if moved:
                self._arrange()

    # Words

    def _show_words(self) -> None:
        main, other = self._told
        self._name(self.story, self._shell.narrative_label, main)
        if self.second is not None and self._label is not None:
            self._name(self.second, self._label, other)
        self.language.setText(self._language_words())
        self.beside.setText(self._beside_words())

    def _name(self, box: NarrativeBox, label: QLabel, narrative: Narrative | None) -> None:
        words = title(narrative, self._languages) if narrative is not None else _("What they said")
        if label.text() != words:
            label.setText(words)
        if box.accessibleName() != words:
            box.setAccessibleName(words)

    def _language_words(self) -> str:
        names = [self._languages.name(one.language) for one in self._told if one is not None]
        return _("Language: {language}").format(language=", ".join(names or [self._languages.name("en")]))

    def _beside_words(self) -> str:
        main, other = self._told
        if other is not None:
            return _("Take the second text away")
        if main is not None and not is_english(main.language) and main.kind is NarrativeKind.VERBATIM:
            return _("Add what the interpreter said")
        return _("Add the original words")


def languages_of(draft: Draft) -> Sequence[str]:
    """Codes of the languages that the person speaks and reads, then of those in the record already."""
    person = draft.person
    spoken = [] if person is None else [person.value("spoken_language"), person.value("written_language")]
    told = [code for one in draft.record.narratives for code in (one.spoken, one.language)]
    asked = draft.record.asked_in
    return tuple(dict.fromkeys(str(one) for one in (*spoken, asked, *told) if one))

"""The widgets of the record page, built around the story box of the shell and put in their places."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.forms.library import Library
from ui.form.context import FormContext
from ui.form.ink import MUTED, InkLabel
from ui.form.section_list import SectionList
from ui.interpreter.needs_banner import NeedsBanner
from ui.key_order import KeyOrder
from ui.languages import Languages
from ui.narrative import NarrativeBox
from ui.record.always_strip import AlwaysStrip
from ui.record.call_bar import CallBar
from ui.record.danger_card import DangerCard
from ui.record.form_pane import FormPane
from ui.record.lists import EarlierRecords, KeyList, ParkedList
from ui.record.panel import Panel
from ui.record.panes import CentrePages, Panes
from ui.record.quick_codes import QuickCodes
from ui.record.story_facts import StoryFacts
from ui.record.story_pane import StoryPane
from ui.record.wrap_up import WrapUp
from ui.shell import ShellWindow

Act = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Parts:
    """Every widget of the page, complete."""

    shell: ShellWindow
    bar: CallBar
    strip: AlwaysStrip
    needs: NeedsBanner
    section_list: SectionList
    section_pane: QWidget
    form_pane: FormPane
    danger_card: DangerCard
    wrap_up: WrapUp
    parked_list: ParkedList
    earlier: EarlierRecords
    key_list: KeyList
    quick_codes: QuickCodes
    story: StoryPane
    story_facts: StoryFacts
    waiting: InkLabel
    centre: CentrePages
    panes: Panes
    keys: KeyOrder

    @property
    def narrative(self) -> NarrativeBox:
        return self.shell.narrative

    @property
    def panels(self) -> tuple[Panel, ...]:
        """What takes the form's place for a while."""
        return (
            self.danger_card, self.wrap_up, self.parked_list, self.earlier, self.key_list, self.story_facts
        )  # fmt: skip

    def show_stacked(self, stacked: bool) -> None:
        self.section_pane.setVisible(not stacked)
        self.form_pane.show_stacked(stacked)
        self.strip.set_stacked(stacked, self.bar)


def build_parts(
    shell: ShellWindow, context: FormContext, library: Library, act: Act
) -> Generator[None, None, Parts]:
    """A few widgets at a time, so that no key pressed in the story waits for the rest.

    ``act(name)`` does what the key of that name does (``ui/actions.py``).
    """
    bar, strip = CallBar(act), AlwaysStrip(act)
    yield
    form_pane = FormPane(context, act)
    yield
    danger_card, wrap_up = DangerCard(context), WrapUp(context)
    yield
    parked_list, earlier, key_list = ParkedList(), EarlierRecords(), KeyList()
    yield
    languages = Languages(library)
    story = StoryPane(shell, languages, act)
    story_facts = StoryFacts(languages, context.say, context.today)
    yield
    section_list = SectionList()
    section_pane = QWidget()
    column = QVBoxLayout(section_pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(section_list)
    quick_codes = QuickCodes(library.code_list("quick_codes").codes)
    waiting = InkLabel(MUTED)
    waiting.setWordWrap(False)
    waiting.setAccessibleIdentifier("waiting")
    centre = CentrePages()
    for page in (form_pane, danger_card, wrap_up, parked_list, earlier, key_list, story_facts):
        centre.add(page)
    yield
    _add_above_the_story(shell, waiting, quick_codes)
    needs = NeedsBanner("needs_banner")
    _add_bars(shell, bar, strip, needs)
    yield
    shell.columns.insertWidget(0, section_pane)
    shell.columns.insertWidget(1, centre)
    for place, share in enumerate((2, 5, 5)):
        shell.columns.setStretchFactor(place, share)
    panes = Panes(shell.columns, (centre, shell.narrative_pane, strip, bar, section_pane), shell.record_area)
    parts = Parts(
        shell, bar, strip, needs, section_list, section_pane, form_pane, danger_card, wrap_up, parked_list,
        earlier, key_list, quick_codes, story, story_facts, waiting, centre, panes, KeyOrder.of(shell),
    )  # fmt: skip
    parts.keys.watch(shell.narrative)
    story.made.connect(parts.keys.watch)
    panes.stacked_changed.connect(parts.show_stacked)
    panes.fit()
    panes.share()
    story.give_room(panes)
    return parts


def _add_above_the_story(shell: ShellWindow, waiting: QWidget, quick_codes: QWidget) -> None:
    pane = shell.narrative_pane.layout()
    assert isinstance(pane, QVBoxLayout)
    above = QHBoxLayout()
    above.addWidget(shell.narrative_label, 1)
    above.addWidget(waiting)
    pane.insertLayout(0, above)
    pane.addWidget(quick_codes)


def _add_bars(shell: ShellWindow, *bars: QWidget) -> None:
    area = shell.record_area.layout()
    assert isinstance(area, QVBoxLayout)
    for place, bar in enumerate(bars):
        area.insertWidget(place, bar)

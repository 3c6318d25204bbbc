"""The widgets of the record page, built around the story box of the shell and put in their places."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.forms.library import Library
from ui.form.context import FormContext
from ui.form.ink import MUTED, InkLabel
from ui.form.section_list import SectionList
from ui.record.always_strip import AlwaysStrip
from ui.record.call_bar import CallBar
from ui.record.danger_card import DangerCard
from ui.record.form_pane import FormPane
from ui.record.lists import EarlierRecords, KeyList, ParkedList
from ui.record.panel import Panel
from ui.record.panes import CentrePages, Panes
from ui.record.quick_codes import QuickCodes
from ui.record.wrap_up import WrapUp
from ui.shell import ShellWindow

Act = Callable[[str], object]


class Parts:
    """``act(name)`` does what the key of that name does (``ui/actions.py``)."""

    def __init__(self, shell: ShellWindow, context: FormContext, library: Library, act: Act) -> None:
        self.shell = shell
        self.narrative = shell.narrative
        self.bar = CallBar(act)
        self.strip = AlwaysStrip(act)
        self.section_list = SectionList()
        self.form_pane = FormPane(context, act)
        self.danger_card = DangerCard(context)
        self.wrap_up = WrapUp(context)
        self.parked_list = ParkedList()
        self.earlier = EarlierRecords()
        self.key_list = KeyList()
        self.quick_codes = QuickCodes(library.code_list("quick_codes").codes)
        self.waiting = InkLabel(MUTED)
        self.waiting.setWordWrap(False)
        self.waiting.setAccessibleIdentifier("waiting")
        self._place()
        order = (self.centre, shell.narrative_pane, self.strip, self.bar, self.section_pane)
        self.panes = Panes(shell.columns, order, shell.record_area)
        self.panes.stacked_changed.connect(self._show_stacked)
        self.panes.fit()
        self.panes.share()

    @property
    def panels(self) -> tuple[Panel, ...]:
        """What takes the form's place for a while."""
        return (self.danger_card, self.wrap_up, self.parked_list, self.earlier, self.key_list)

    def _place(self) -> None:
        area = self.shell.record_area.layout()
        pane = self.shell.narrative_pane.layout()
        assert isinstance(area, QVBoxLayout)
        assert isinstance(pane, QVBoxLayout)
        area.insertWidget(0, self.bar)
        area.insertWidget(1, self.strip)
        above = QHBoxLayout()
        above.addWidget(self.shell.narrative_label, 1)
        above.addWidget(self.waiting)
        pane.insertLayout(0, above)
        pane.addWidget(self.quick_codes)
        self.centre = CentrePages()
        for page in (self.form_pane, *self.panels):
            self.centre.add(page)
        self.section_pane = QWidget()
        column = QVBoxLayout(self.section_pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section_list)
        columns = self.shell.columns
        columns.insertWidget(0, self.section_pane)
        columns.insertWidget(1, self.centre)
        for place, share in enumerate((2, 5, 5)):
            columns.setStretchFactor(place, share)

    def _show_stacked(self, stacked: bool) -> None:
        self.section_pane.setVisible(not stacked)
        self.form_pane.show_stacked(stacked)
        self.strip.set_stacked(stacked, self.bar)

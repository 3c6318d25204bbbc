"""The parts of the record page side by side or stacked, and the ways between them by key."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QSplitter, QStackedLayout, QWidget

from ui.accessibility import only_focus_heard
from ui.form.sheet_form import SheetForm

SECTION_CHARACTERS = 28
NARROW_CHARACTERS = 110
"""Below this width in average characters the parts stand above one another (WCAG 1.4.10)."""
BESIDE_CHARACTERS = 36
"""What a fourth column needs besides."""
LEAST_LINES_OF_A_FORM = 3
"""The choice of a section, and what has the focus."""
LEAST_LINES_OF_A_STORY = 2
"""Its label and a line of words,"""
FRAMES_PX = 24
"""and what stands around them."""


class CentrePages(QWidget):
    """The column in the middle: the form, and the panels that take its place for a while.

    Signals: ``escaped()`` Esc was pressed and nothing inside had a use for it.
    """

    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # No QStackedWidget: a screen reader calls it a layered pane.
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)

    def add(self, page: QWidget) -> None:
        self._stack.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        with only_focus_heard():
            self._stack.setCurrentWidget(page)

    def current(self) -> QWidget | None:
        return self._stack.currentWidget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class Panes(QObject):
    """Remembers where the focus was in each part, and goes from one part to the next.

    Of ``panes`` the first is the form's and the second the story's.

    Signals: ``stacked_changed(bool)`` · ``entered(QWidget)`` the focus came into this part from another ·
    ``shared()`` the parts above one another have got their room
    """

    stacked_changed = Signal(bool)
    entered = Signal(object)
    shared = Signal()

    def __init__(self, columns: QSplitter, panes: Sequence[QWidget], area: QWidget) -> None:
        super().__init__(columns)
        self._columns = columns
        self._panes = tuple(panes)
        self._form, self._story = self._panes[:2]
        self._area = area
        self._last: dict[int, QWidget] = {}
        self._always: dict[int, QWidget] = {}
        self._latest: QWidget | None = None
        self._fourth: QWidget | None = None
        self.stacked = False
        area.installEventFilter(self)
        columns.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            # A bound method of a QObject: Qt disconnects it with the object.
            application.focusChanged.connect(self._on_focus)

    def add(self, pane: QWidget, always: QWidget | None = None) -> None:
        """Another part, reached by F6 after those that there are; ``always`` is where one comes into it.

        Without it one comes back to where one was. In a part that is typed into that could be a button.
        """
        self._panes = (*self._panes, pane)
        if always is not None:
            self._always[id(pane)] = always

    def add_column(self, pane: QWidget) -> None:
        """A fourth column, beside the story or below it; it has its room while it is shown."""
        self._fourth = pane
        self._columns.addWidget(pane)
        self._panes = (*self._panes[:2], pane, *self._panes[2:])

    def show_column(self, shown: bool) -> None:
        """The fourth column comes or goes; the others make room for it, or take its room."""
        if self._fourth is not None and self._fourth.isHidden() is shown:
            self._fourth.setVisible(shown)
            self.fit()
            self._let_shrink()
            self.share()
            self.arrange_tab_order()

    def _has_fourth(self) -> bool:
        return self._fourth is not None and not self._fourth.isHidden()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            return
        for pane in self._panes:
            if shiboken6.isValid(pane) and (pane is now or pane.isAncestorOf(now)):
                self._last[id(pane)] = now
                moved, self._latest = self._latest is not pane, pane
                if moved:
                    self.entered.emit(pane)
                if moved and self.stacked:
                    self.share()
                return

    def latest(self) -> QWidget | None:
        """The part that had the focus last, which is the one that gets the room where there is little."""
        return self._latest

    def was_in(self, pane: QWidget) -> bool:
        """Whether the focus was last in this part, even if it has left the page since."""
        return (self.current() or self._latest) is pane

    def last_in(self, pane: QWidget) -> QWidget | None:
        """Where the focus was last in this part, if that is still there to be seen."""
        widget = self._last.get(id(pane))
        if (
            widget is not None
            and shiboken6.isValid(widget)
            and widget.isVisible()
            and pane.isAncestorOf(widget)
        ):
            return widget
        return None

    def current(self) -> QWidget | None:
        """The part that has the focus."""
        focus = QApplication.focusWidget()
        for pane in self._panes:
            if focus is not None and (pane is focus or pane.isAncestorOf(focus)):
                return pane
        return None

    def enter(self, pane: QWidget) -> bool:
        """Puts the focus where it was in this part, else on its first stop."""
        target = self._always.get(id(pane)) or self.last_in(pane) or next(iter(stops(pane)), None)
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def move(self, step: int) -> None:
        """To the next (1) or previous (-1) part that can take the focus."""
        here = self.current()
        place = self._panes.index(here) if here is not None else -step
        for distance in range(1, len(self._panes) + 1):
            pane = self._panes[(place + step * distance) % len(self._panes)]
            if pane.isVisible() and self.enter(pane):
                return

    def arrange_tab_order(self) -> None:
        """Form, story, bars, sections: the order of the conversation, whatever was built last."""
        window = self._area.window()
        chain = [
            widget
            for pane in self._panes
            for widget in stops(pane, visible_only=False)
            if widget.window() is window
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._columns and event.type() == QEvent.Type.Resize and self.stacked:
            self.share()
        if watched is self._area and event.type() in (
            QEvent.Type.Resize,
            QEvent.Type.FontChange,
            QEvent.Type.ApplicationFontChange,
        ):
            self.fit()
        return False

    def fit(self) -> None:
        """Side by side or stacked, as the width in characters allows."""
        width = self._area.width() / max(1, self._area.fontMetrics().averageCharWidth())
        stacked = width <= NARROW_CHARACTERS + (BESIDE_CHARACTERS if self._has_fourth() else 0)
        if stacked is not self.stacked:
            self.stacked = stacked
            self._columns.setOrientation(Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal)
            self._let_shrink()
            self.stacked_changed.emit(stacked)
            self.share()

    def most_lines_of_a_story(self) -> int:
        """How many lines of text are as high as the story's part can be, above one another with the form."""
        line = self._area.fontMetrics().lineSpacing()
        return self._columns.height() // line - LEAST_LINES_OF_A_FORM

    def _let_shrink(self) -> None:
        """Above one another, no part insists on the height that its frames and hidden pages would like.

        With a fourth there is not always room for the least of each: ``share`` gives it to those worked in.
        """
        least = (1, 1) if self._has_fourth() else self._least()
        parts = ((self._form, least[0]), (self._story, least[1]), (self._fourth, 1))
        for part, height in parts:
            if part is not None:
                part.setMinimumHeight(height if self.stacked else 0)

    def _least(self) -> tuple[int, int]:
        line = self._area.fontMetrics().lineSpacing()
        return LEAST_LINES_OF_A_FORM * line, LEAST_LINES_OF_A_STORY * line + FRAMES_PX

    def share(self) -> None:
        """Room for each part: the sections as wide as their words, form and story alike.

        Above one another, the part that is worked in gets the room, and the story keeps a few lines in sight:
        at 200 % on a small screen there is none for both.
        """
        if self.stacked:
            room, (form, story) = self._columns.height(), self._least()
            fourth = 0
            if self._has_fourth():
                # The fourth has the room when it is gone to, else a few lines where they are left over.
                room -= 2 * self._columns.handleWidth()
                fourth = max(0, min(story, room - form - story))
            if self._has_fourth() and self._latest is self._fourth:
                beside = story if room - form - story >= 2 * story else 0
                above = form if room - form - beside >= 2 * story else 0
                self._columns.setSizes([0, above, beside, room - above - beside])
            elif self._latest is self._story:
                self._columns.setSizes([0, form, room - form - fourth, fourth])
            elif self._latest is None or self._latest is self._form:
                self._columns.setSizes([0, room - story - fourth, story, fourth])
            self.shared.emit()
            return
        sections = SECTION_CHARACTERS * self._area.fontMetrics().averageCharWidth()
        rest = max(0, self._columns.width() - sections)
        if self._has_fourth():
            self._columns.setSizes([sections, rest * 8 // 20, rest * 5 // 20, rest * 7 // 20])
        else:
            self._columns.setSizes([sections, rest * 11 // 20, rest * 9 // 20, 0])


def stops(pane: QWidget, visible_only: bool = True) -> list[QWidget]:
    """The tab stops of a part, in the order in which they stand there."""
    return [
        widget
        for widget in _in_order(pane)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isEnabled()
        and (widget.isVisibleTo(pane) if visible_only else True)
    ]


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    """By layout, not by birth: a form that was built last may stand first. A form knows its own order."""
    yield widget
    if isinstance(widget, SheetForm):
        yield from _in_chain(widget)
    elif isinstance(widget, QScrollArea):
        if (inside := widget.widget()) is not None:
            yield from _in_order(inside)
    elif (layout := widget.layout()) is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    # Never itemAt(): PySide6 6.11.3 keeps what it gives for as long as the layout lives. Once Qt has deleted
    # the item, whatever comes to lie at its address is taken for it: a new text box had no document (seen).
    holder = layout.parentWidget()
    if holder is None:
        return
    placed: list[tuple[int, QWidget | QLayout]] = [
        (layout.indexOf(one), one)
        for one in holder.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    ]
    placed += [(layout.indexOf(one), one) for one in layout.children() if isinstance(one, QLayout)]
    for place, part in sorted(placed, key=lambda one: one[0]):
        if place >= 0:
            yield from _in_layout(part) if isinstance(part, QLayout) else _in_order(part)


def _in_chain(form: QWidget) -> Iterator[QWidget]:
    following = form.nextInFocusChain()
    while following is not None and following is not form:
        if form.isAncestorOf(following):
            yield following
        following = following.nextInFocusChain()

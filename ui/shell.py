"""The window as it is first painted: the story box and the status line; pages are built around them later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from intake_app.i18n import _
from ui.narrative import NarrativeBox
from ui.theme import em
from ui.translation import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QCloseEvent

    from ui.accessibility import StatusLine

# Before the first paint nothing here may load Qt's enumerations: importing ``Qt`` alone costs a fifth of
# a bare start (measured). What needs them is imported where it is used, or made by ``complete``.


class PageStack(QStackedLayout):
    """Pages of which only the shown one says how small the window may be."""

    def minimumSize(self) -> QSize:
        page = self.currentWidget()
        return super().minimumSize() if page is None else page.minimumSizeHint()


class ShellWindow(QMainWindow):
    """The one window. Pages are added in place, so that the story keeps its text, caret and focus.

    ``pages``           the stack of pages; page 0 is ``record_area``
    ``record_area``     the record page: bars may be inserted into its layout above and below
    ``columns``         a splitter in it that holds ``narrative_pane``; put other columns beside it.
                        Never give ``narrative`` another parent: it would lose the focus
    ``narrative``       the story box
    ``status``          the spoken status line, at the foot of every page
    ``unsaved``         asked when the window is closed, after ``closing``: are there words that only
                        this window holds? The record page sets it
    ``finish_work``     called with what to do once the worker has done and told everything; without it
                        the window closes at once
    ``before_tab``      asked at each Tab, and at Shift+Tab with False: True where it moved the focus itself

    Signals: ``painted()`` once, after the first paint · ``new_wanted(channel, number)`` the telephone
    system asked for a new record · ``closing()`` save what is open now, before the worker ends
    """

    painted = Signal()
    new_wanted = Signal(str, str)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Intake")
        self.unsaved: Callable[[], bool] = self._has_words
        self.finish_work: Callable[[Callable[[], None]], None] | None = None
        self.before_tab: Callable[[bool], bool] | None = None
        self._may_close = False
        self._above: QWidget | None = None
        self._status: StatusLine | None = None
        self._body = body = QWidget()
        outer = QVBoxLayout(body)
        self.pages = PageStack()
        outer.addLayout(self.pages, 1)
        self._foot = QHBoxLayout()
        self._waiting_words = QLabel(" ")
        self._foot.addWidget(self._waiting_words, 1)
        outer.addLayout(self._foot)

        self.record_area = QWidget()
        area = QVBoxLayout(self.record_area)
        area.setContentsMargins(0, 0, 0, 0)
        self.columns = QSplitter()
        self.columns.setChildrenCollapsible(False)
        area.addWidget(self.columns, 1)
        self.narrative_pane = QWidget()
        pane = QVBoxLayout(self.narrative_pane)
        pane.setContentsMargins(0, 0, 0, 0)
        self.narrative = NarrativeBox()
        self.narrative_label = QLabel()
        self.narrative_label.setBuddy(self.narrative)
        tr(self.narrative_label, self.narrative_label.setText, lambda: _("What they said"))
        tr(self.narrative, self.narrative.setAccessibleName, lambda: _("What they said"))
        pane.addWidget(self.narrative_label)
        pane.addWidget(self.narrative, 1)
        self.columns.addWidget(self.narrative_pane)
        self.pages.addWidget(self.record_area)

        self.setCentralWidget(body)
        room = self.screen().availableSize()
        self.resize(min(em(self, 96), room.width()), min(em(self, 52), room.height()))

    @property
    def status(self) -> StatusLine:
        """The spoken status line, made when it is first asked for, which is after the first paint."""
        if self._status is None:
            self._status = self._make_foot()
        return self._status

    def tell_when_painted(self) -> None:
        """To be called once after ``show``; then ``painted`` follows."""
        # Qt paints within the same event that makes the window exposed.
        if self.windowHandle().isExposed():
            self.painted.emit()
        else:
            QTimer.singleShot(1, self.tell_when_painted)

    def _make_foot(self) -> StatusLine:
        from ui.accessibility import StatusLine, in_silence
        from ui.draft_note import DraftNote

        status = StatusLine(parent=self.centralWidget())
        # Shown while a screen reader listens, it would be read as an empty notification.
        with in_silence():
            self._foot.replaceWidget(self._waiting_words, status)
            status.show()
        self._foot.setStretchFactor(status, 1)
        self._waiting_words.deleteLater()
        # With its parent from the start: shown without one it would be a window and take the focus.
        self._foot.addWidget(DraftNote(self.centralWidget()))
        return status

    def cover(self) -> None:
        """Shows an empty page with a word of waiting, where the story box may not be typed into yet."""
        page = QWidget()
        waiting = QLabel()
        tr(waiting, waiting.setText, lambda: _("Opening Intake"))
        layout = QVBoxLayout(page)
        layout.addWidget(waiting)
        layout.addStretch(1)
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def add_page(self, page: QWidget) -> None:
        """Adds a page to the stack without showing it."""
        self.pages.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)

    def add_on_top(self, bar: QWidget) -> None:
        """A bar above every page."""
        layout = self._body.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, bar)

    def put_above(self, panel: QWidget | None) -> None:
        """Shows a panel above the story, in place of the one before; None takes it away."""
        layout = self.record_area.layout()
        if self._above is not None:
            self._above.deleteLater()
        self._above = panel
        if panel is not None and isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, panel)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self.before_tab is not None and self.before_tab(forward):
            return True
        return super().focusNextPrevChild(forward)

    def come_forward(self) -> None:
        """Another copy was started for the same data folder."""
        from PySide6.QtCore import Qt

        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close or self.finish_work is None:
            if not self._may_close:
                self.closing.emit()
            event.accept()
            return
        # Words on their way to the disk arrive there, or we hear that they did not, before the window goes.
        event.ignore()
        self.closing.emit()
        self.finish_work(self._close_unless_unsaved)

    def _close_unless_unsaved(self) -> None:
        if self.unsaved():
            self.come_forward()
            self._ask_to_lose_words()
        else:
            self._close_now()

    def _close_now(self) -> None:
        self._may_close = True
        self.close()

    def _ask_to_lose_words(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("Not saved"))
        box.setText(_("What you typed is not saved yet. If you close Intake now, it is lost."))
        stay = box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton(_("Close and lose it"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        leave.clicked.connect(self._close_now)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _has_words(self) -> bool:
        return bool(self.narrative.words().strip())

"""The window as it is first painted: the story box and the status line; pages are built around them later."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from intake_app import i18n
from intake_app.i18n import _
from ui.accessibility import StatusLine, heading
from ui.narrative import NarrativeBox
from ui.theme import em, ink
from ui.translation import tr


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
        self._may_close = False
        self._above: QWidget | None = None
        body = QWidget()
        outer = QVBoxLayout(body)
        self.pages = QStackedLayout()
        outer.addLayout(self.pages, 1)
        self.status = StatusLine(parent=body)
        foot = QHBoxLayout()
        foot.addWidget(self.status, 1)
        foot.addWidget(self._draft_note())
        outer.addLayout(foot)

        self.record_area = QWidget()
        area = QVBoxLayout(self.record_area)
        area.setContentsMargins(0, 0, 0, 0)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
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
        self.resize(self._first_size())
        self._watched: QWidget = self
        self.installEventFilter(self)

    def cover(self) -> None:
        """Shows an empty page with a word of waiting, where the story box may not be typed into yet."""
        page = QWidget()
        waiting = heading()
        tr(waiting, waiting.setText, lambda: _("Opening Intake"))
        QVBoxLayout(page).addWidget(waiting, 0, Qt.AlignmentFlag.AlignTop)
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def add_page(self, page: QWidget) -> None:
        """Adds a page to the stack without showing it."""
        self.pages.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)

    def put_above(self, panel: QWidget | None) -> None:
        """Shows a panel above the story, in place of the one before; None takes it away."""
        layout = self.record_area.layout()
        if self._above is not None:
            self._above.deleteLater()
        self._above = panel
        if panel is not None and isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, panel)

    def come_forward(self) -> None:
        """Another copy was started for the same data folder."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched is self._watched:
            self.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return False

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

    def _first_size(self) -> QSize:
        room = self.screen().availableSize()
        return QSize(em(self, 96), em(self, 52)).boundedTo(room)

    def _draft_note(self) -> QLabel:
        note = QLabel()
        ink(note, "muted")

        def show(text: str) -> None:
            note.setText(text)
            note.setVisible(bool(text))

        tr(note, show, _draft_words)
        return note


def _draft_words() -> str:
    return "" if i18n.current().reviewed else _("Draft translation, not yet reviewed")

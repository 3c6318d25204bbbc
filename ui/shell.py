"""The window as it is first painted: the story box and the status line; pages are built around them later."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from intake_app.i18n import _
from ui.accessibility import StatusLine
from ui.narrative import NarrativeBox
from ui.theme import em
from ui.translation import tr


class ShellWindow(QMainWindow):
    """The one window. Pages are added in place, so that the story keeps its text, caret and focus.

    ``pages``           the stack of pages; page 0 is ``record_area``
    ``record_area``     the record page: bars may be inserted into its layout above and below
    ``columns``         a splitter in it that holds ``narrative_pane``; put other columns beside it.
                        Never give ``narrative`` another parent: it would lose the focus
    ``narrative``       the story box
    ``status``          the spoken status line, at the foot of every page

    Signals: ``painted()`` once, after the first paint · ``new_wanted(channel, number)`` the telephone
    system asked for a new record · ``closing()`` save what is open now, before the worker ends
    """

    painted = Signal()
    new_wanted = Signal(str, str)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Intake")
        body = QWidget()
        outer = QVBoxLayout(body)
        self.pages = QStackedLayout()
        outer.addLayout(self.pages, 1)
        self.status = StatusLine(parent=body)
        outer.addWidget(self.status)

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
        self._watched = self.narrative.viewport()
        self._watched.installEventFilter(self)

    def _first_size(self) -> QSize:
        room = self.screen().availableSize()
        return QSize(em(self, 84), em(self, 48)).boundedTo(room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._watched and event.type() == QEvent.Type.Paint:
            self._watched.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return False

    def come_forward(self) -> None:
        """Another copy was started for the same data folder."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        event.accept()

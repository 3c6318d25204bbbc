"""The manual in a window of its own, to be read beside the call: pages found by words, then their text."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor, QTextDocument, QTextImageFormat
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTextEdit, QVBoxLayout, QWidget

from intake_app.i18n import _
from ui.accessibility import StatusLine, in_silence
from ui.form.finder import Finder, Found
from ui.help import manual
from ui.help.manual import Page
from ui.rows import add_row
from ui.theme import em, state
from ui.translation import tr

ROWS, FEW_ROWS = 12, 4
LARGE_PERCENT = 150
_WIDTH_EM, _HEIGHT_EM = 72, 44


class ManualWindow(QWidget):
    """Enter on a page goes to its text, Esc from the text to the pages, Esc there closes.

    A window beside the call and no dialog: of a dialog Orca reads every label that changes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        tr(self, self.setWindowTitle, lambda: _("Intake manual"))
        self._pages = manual.pages()
        self._natural: dict[str, int] = {}
        self.status = StatusLine(parent=self)
        self.status.hide()  # while it is empty it would be read as an empty notification
        # Where letters are large the list would be higher than the screen.
        rows = ROWS if state().percent < LARGE_PERCENT else FEW_ROWS
        self.finder = Finder(
            self._search, self._say, "manual_search", "manual_pages", lists_all=True, most_rows=rows
        )
        self.finder.results.setMinimumHeight(1)
        label = QLabel(self)
        label.setBuddy(self.finder.line)
        tr(label, label.setText, lambda: _("Find in the manual"))
        tr(self.finder.line, self.finder.line.setAccessibleName, lambda: _("Find in the manual"))
        tr(
            self.finder.line,
            self.finder.line.setAccessibleDescription,
            lambda: _("Type words, or Down arrow for the pages; Enter opens a page."),
        )
        tr(self.finder.results, self.finder.results.setAccessibleName, lambda: _("Pages"))
        self.finder.chosen.connect(self._choose)
        side = QVBoxLayout()
        side.addWidget(label)
        side.addWidget(self.finder)
        side.addStretch(1)
        self.text = QTextEdit(readOnly=True)
        beside = QVBoxLayout()
        # The manual is English whatever the language of the screens.
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        add_row(beside, self.text, lambda: _("Page"), "manual_text")
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.text.installEventFilter(self)
        columns = QHBoxLayout()
        columns.addLayout(side, 1)
        columns.addLayout(beside, 3)
        outer = QVBoxLayout(self)
        outer.addLayout(columns, 1)
        outer.addWidget(self.status)
        room = self.screen().availableSize()
        self.resize(min(em(self, _WIDTH_EM), room.width()), min(em(self, _HEIGHT_EM), room.height()))
        self.show_page(self._pages[0])
        self.finder.line.setFocus()

    def show_page(self, page: Page) -> None:
        """From its beginning, without moving the focus."""
        self.text.setAccessibleName(page.title)
        with in_silence():
            document = self.text.document()
            document.setBaseUrl(QUrl.fromLocalFile(f"{manual.folder()}/"))
            document.setMarkdown(page.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self._fit_pictures()

    def _say(self, words: str) -> None:
        if self.status.isHidden():
            self.status.setText(words)
            self.status.show()
        else:
            self.status.say(words)

    def _search(self, words: str, show: Callable[[tuple[Found, ...]], None]) -> None:
        show(tuple(Found(page, page.title, page.title) for page in manual.matching(self._pages, words)))

    def _choose(self, page: object) -> None:
        if isinstance(page, Page):
            self.show_page(page)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.text
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()

    def _fit_pictures(self) -> None:
        """Pictures are as wide as the page at most: nothing scrolls to the side (WCAG 1.4.10)."""
        room = self.text.viewport().width() - 2 * int(self.text.document().documentMargin())
        cursor = QTextCursor(self.text.document())
        block = self.text.document().begin()
        while block.isValid():
            parts = block.begin()
            while not parts.atEnd():
                fragment = parts.fragment()
                if fragment.charFormat().isImageFormat():
                    picture: QTextImageFormat = fragment.charFormat().toImageFormat()
                    picture.setWidth(self._width(picture.name(), room))
                    cursor.setPosition(fragment.position())
                    cursor.movePosition(
                        QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
                    )
                    cursor.setCharFormat(picture)
                    break
                parts += 1
            block = block.next()

    def _width(self, name: str, room: int) -> int:
        if name not in self._natural:
            from PySide6.QtGui import QImageReader

            self._natural[name] = QImageReader(str(manual.folder() / name)).size().width()
        return max(1, min(self._natural[name], room))

"""A paper page by page before it is printed: the picture for the eyes, the words for who hears them."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from intake_app.i18n import _
from ui.accessibility import StatusLine, in_silence
from ui.fonts import show_any_script
from ui.outreach.pages import HEIGHT, WIDTH, Pages
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

_LINES = 8
_PICTURE_SHARE = 0.55
"""Of the screen's height."""


class PreviewDialog(AskingDialog):
    """Page Down and Page Up turn the pages, wherever the focus is."""

    def __init__(self, workplace: Workplace, pages: Pages, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Preview"), parent)
        self._pages = pages
        self.page = 0
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.rows.addWidget(self.picture)
        self.text = QTextEdit(readOnly=True)
        show_any_script(self.text)
        self.caption = add_row(self.rows, self.text, self._name, "preview_text")
        self.text.setFixedHeight(_LINES * self.fontMetrics().lineSpacing())
        self.text.installEventFilter(self)
        self.add_deed(lambda: _("Page before  Page Up"), "preview_before", lambda: self.turn(-1))
        self.add_deed(lambda: _("Next page  Page Down"), "preview_next", lambda: self.turn(1))
        self.add_deed(lambda: _("Close"), "preview_close", self.reject)
        self.status = StatusLine(parent=self)
        self.status.setAccessibleIdentifier("preview_status")
        # Shown empty it would be read as an empty notification.
        self.status.hide()
        self.rows.addWidget(self.status)
        tr(self.picture, self.picture.setAccessibleName, self._name)
        self._show()
        self.text.setFocus()

    def turn(self, by: int) -> None:
        """To another page; at the first and the last one it says so."""
        page = min(max(self.page + by, 0), self._pages.count - 1)
        if page == self.page:
            self._say(_("There is no other page that way."))
            return
        self.page = page
        # The page's name is heard once, from the status line.
        with in_silence():
            self._show()
        self._say(self._name())

    def _say(self, words: str) -> None:
        with in_silence():
            self.status.show()
        self.status.say(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._turned(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._turned(event)
        return super().eventFilter(watched, event)

    def _turned(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            return False
        self.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        return True

    def _name(self) -> str:
        return _("Page {page} of {pages}").format(page=self.page + 1, pages=self._pages.count)

    def _show(self) -> None:
        numbers = self._pages.paper.numbers
        number = numbers[0] if numbers else None
        self.caption.setText(self._name())
        for widget in (self.text, self.picture):
            widget.setAccessibleName(self._name())
        self.text.setPlainText(self._pages.text_of(self.page, number))
        self.picture.setPixmap(self._painted(number))

    def _painted(self, number: int | None) -> QPixmap:
        """White paper with black letters in every theme: so it comes out of the printer."""
        scale = self.screen().availableSize().height() * _PICTURE_SHARE / HEIGHT
        sharp = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(round(WIDTH * scale * sharp), round(HEIGHT * scale * sharp)))
        pixmap.setDevicePixelRatio(sharp)
        pixmap.fill(QColor(Qt.GlobalColor.white))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        self._pages.paint(painter, self.page, number)
        painter.end()
        return pixmap

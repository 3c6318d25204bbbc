"""A scanned letter beside which the story is typed: the picture takes the form's place, the words stay."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.attachments import AttachedFile
from intake_app.i18n import _
from ui.attachments.picture import STEP, PictureView
from ui.attachments.words import picture_words
from ui.form.ink import MUTED, InkLabel
from ui.record.flow import FlowLayout
from ui.record.panel import Panel
from ui.rows import button
from ui.translation import tr


class PicturePart(QWidget):
    """The picture, what it is called and its buttons; ``before`` and ``after`` are for the other pages."""

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: AttachedFile | None = None
        self._page, self._pages = 1, 1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.title = InkLabel(MUTED, self)
        self.view = PictureView(f"{identifier}_view")
        self.title.setBuddy(self.view)
        line = FlowLayout()
        self.before = button(lambda: _("Page before"), f"{identifier}_before", lambda: None)
        self.after = button(lambda: _("Next page"), f"{identifier}_after", lambda: None)
        self.larger = button(lambda: _("Larger"), f"{identifier}_larger", lambda: self.view.zoom_by(STEP))
        self.smaller = button(
            lambda: _("Smaller"), f"{identifier}_smaller", lambda: self.view.zoom_by(1 / STEP)
        )
        self.width_of_room = button(lambda: _("Whole width"), f"{identifier}_width", self.view.fit_width)
        for one in (self.before, self.after, self.larger, self.smaller, self.width_of_room):
            line.addWidget(one)
        column.addWidget(self.title)
        column.addWidget(self.view, 1)
        column.addLayout(line)
        tr(self, lambda _words: self._show_words(), str)

    def sizeHint(self) -> QSize:
        return QSize(480, 480)

    def show_picture(self, file: AttachedFile, image: QImage, page: int, pages: int) -> None:
        self._file, self._page, self._pages = file, page, pages
        self.view.show_picture(image)
        self.before.setVisible(pages > 1)
        self.after.setVisible(pages > 1)
        self._show_words()

    def clear(self) -> None:
        """Nothing of it stays in memory."""
        self._file = None
        self.view.show_picture(QImage())
        self._show_words()

    def take_focus(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_words(self) -> None:
        name = picture_words(self._file, self._page, self._pages) if self._file is not None else ""
        self.title.setText(name)
        self.view.setAccessibleName(name or _("Picture"))
        keys = _("Plus and minus zoom, 0 shows the whole width, arrows and Page keys move.")
        self.view.setAccessibleDescription(keys)


class PicturePanel(Panel):
    """In the form's place, so that what a letter says is typed beside it. F4 goes to the words and back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("picture", parent)
        # The part says itself which picture it is; a heading above would take its room.
        self.heading.hide()
        self.part = PicturePart("picture")
        self.body.addWidget(self.part, 1)
        back = button(lambda: _("Back to the files  Esc"), "picture_back", self.left.emit)
        self.foot.addWidget(back)
        self.foot.addStretch(1)

    def take_focus(self) -> None:
        self.part.take_focus()


class PictureDialog(QDialog):
    """For a finished record that is read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Picture"))
        column = QVBoxLayout(self)
        self.part = PicturePart("record_picture")
        column.addWidget(self.part, 1)
        line = QHBoxLayout()
        line.addWidget(button(lambda: _("Go back"), "record_picture_back", self.reject))
        line.addStretch(1)
        column.addLayout(line)
        room = self.screen().availableSize()
        self.resize(min(900, room.width()), min(900, room.height()))

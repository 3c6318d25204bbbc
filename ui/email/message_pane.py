"""The email that a record is made of, beside the form: to be read and selected by keys, never changed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QMenu, QVBoxLayout, QWidget

from intake_app.channels.email.message import Message
from intake_app.i18n import _
from intake_app.passages import Passage
from ui.accessibility import in_silence
from ui.email.long_text import LongText
from ui.email.words import about_words, part_words
from ui.fonts import show_any_script
from ui.form.ink import TEXT, InkLabel
from ui.record.flow import FlowLayout
from ui.rows import add_row, button
from ui.translation import tr

_BETWEEN = "\n\n"
"""What stands between somebody's own words and what they quote. Passages count by it: never another."""
Act = Callable[[str], object]


class MessagePane(QWidget):
    """Shows; what is done with its words is done by ``MessageBeside`` and ``Using``.

    Signals: ``reply_wanted()``
    """

    reply_wanted = Signal()

    def __init__(self, act: Act, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message: Message | None = None
        self._kept: frozenset[str] = frozenset()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.box = LongText(self)
        self._label = add_row(layout, self.box, lambda: _("The email"), "email_beside")
        self.about = InkLabel(TEXT, self)
        self.about.setAccessibleIdentifier("email_about")
        layout.insertWidget(layout.indexOf(self.box), self.about)
        layout.setStretchFactor(self.box, 1)
        self.quoted = QCheckBox(self)
        self.quoted.setAccessibleIdentifier("email_quoted")
        tr(self.quoted, self.quoted.setText, lambda: _("Show what is quoted"))
        self.quoted.toggled.connect(lambda _on: self._show_words())
        layout.addWidget(self.quoted)
        foot = FlowLayout()
        layout.addLayout(foot)
        self.use = button(
            lambda: _("Use as answer …  Ctrl+Shift+U"), "email_use", lambda: act("use_selection")
        )
        self.files = button(lambda: _("Its files  Ctrl+Shift+F"), "email_files", lambda: act("files"))
        self.reply = button(lambda: _("Reply …"), "email_reply", self.reply_wanted.emit)
        self.more = button(lambda: _("Email …"), "email_more", self._open_menu)
        self._deeds = (self.use, self.files, self.reply)
        for one in (*self._deeds, self.more):
            foot.addWidget(one)
        show_any_script(self)
        tr(self, lambda _words: self._show_about(), str)
        self._stacked = self._inside = False
        self.hide()

    def show_message(self, message: Message | None, kept: Sequence[str] = ()) -> None:
        """Quietly: another email, or none, in the place of the one before.

        ``kept`` are the names of the files that the record has.
        """
        other, self.message, self._kept = message != self.message, message, frozenset(kept)
        with in_silence():
            self._show_about()
            if other:
                # Of the same one caret and selection stay: the record may be shown anew around it.
                self.quoted.setChecked(False)
                self._show_words()
            self.arrange(self._stacked, self._inside)

    def arrange(self, stacked: bool, inside: bool) -> None:
        """``stacked``: there is little room. Then one button opens the rest, while somebody is ``inside``."""
        self._stacked, self._inside = stacked, inside
        message = self.message
        shown = {
            self._label: not stacked,
            self.about: not stacked,
            self.quoted: not stacked and message is not None and bool(message.quoted),
            self.use: not stacked,
            self.files: not stacked and message is not None and bool(message.parts),
            self.reply: not stacked,
            self.more: stacked and inside,
        }
        with in_silence():
            for one, visible in shown.items():
                one.setVisible(visible)

    def words(self) -> str:
        """What stands in the box. Somebody's own words come first: showing what they quote moves nothing."""
        if self.message is None:
            return ""
        if self.quoted.isChecked():
            return self.message.words + _BETWEEN + self.message.quoted
        return self.message.words

    def selected(self) -> tuple[str, Passage] | None:
        """The words that are selected, exactly as they came, and where they stand; None for none."""
        cursor, words = self.box.textCursor(), self.words()
        start = _characters(words, cursor.selectionStart())
        end = _characters(words, cursor.selectionEnd())
        return (words[start:end], Passage(start=start, end=end)) if words[start:end].strip() else None

    def select(self, passages: Sequence[Passage]) -> None:
        """The first of these, with the focus; what is quoted is shown where it stands there."""
        if self.message is None or not passages:
            return
        first = min(passages, key=lambda one: one.start)
        with in_silence():
            if first.end > len(self.message.words) and self.message.quoted:
                self.quoted.setChecked(True)
            self.box.show_all()
            words = self.words()
            cursor = self.box.textCursor()
            cursor.setPosition(_units(words, first.start))
            cursor.setPosition(_units(words, first.end), QTextCursor.MoveMode.KeepAnchor)
            self.box.setTextCursor(cursor)
            self.box.ensureCursorVisible()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_words(self) -> None:
        self.box.show_words(self.words())

    def _show_about(self) -> None:
        about, files = list[str](), list[str]()
        if self.message is not None:
            about = about_words(self.message)
            files = [part_words(one, self._kept) for one in self.message.parts]
        self.about.setText("\n".join((*about, *files)))
        self.files.setAccessibleDescription(". ".join(files))
        self.box.setAccessibleDescription(". ".join(about))

    def _open_menu(self) -> None:
        message = self.message
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._deeds:
            if one is not self.files or (message is not None and message.parts):
                menu.addAction(one.text().replace("&", "&&")).triggered.connect(one.click)
        if message is not None and message.quoted:
            quoted = menu.addAction(self.quoted.text())
            quoted.setCheckable(True)
            quoted.setChecked(self.quoted.isChecked())
            quoted.triggered.connect(self.quoted.setChecked)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.more.mapToGlobal(self.more.rect().topLeft()))


def _characters(words: str, units: int) -> int:
    """Qt counts in UTF-16, in which an emoji is two."""
    return len(words.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def _units(words: str, characters: int) -> int:
    return len(words[:characters].encode("utf-16-le")) // 2

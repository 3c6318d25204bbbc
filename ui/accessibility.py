"""Names, spoken status and focus, in the ways that the screen reader was heard to speak them.

Measured with Orca 43.1 and 48.1 on Qt's widgets; each cure says what it cures.
"""

import contextlib
import sys
from collections.abc import Iterator
from typing import cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import (
    QAccessibleWidget,
    QApplication,
    QButtonGroup,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTextEdit,
    QWidget,
)

from intake_app.i18n import _
from ui import theme
from ui.link_button import LinkButton

_TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit)
# Python must keep an accessible object alive for as long as Qt may use it.
_kept: dict[int, QAccessibleInterface] = {}


def install(app: QApplication) -> None:
    """Before the first widget is made that needs it; a second call does nothing."""
    if app.property("intake_accessibility"):
        return
    app.setProperty("intake_accessibility", True)
    QAccessible.installFactory(_make_accessible)
    app.installEventFilter(RadioTabFix(app))
    if sys.platform == "linux":
        app.installEventFilter(FocusOrderFix(app))


def name(widget: QWidget, label: str, description: str = "", identifier: str = "") -> None:
    """Accessible name, description and identifier in one line; empty texts leave what is there."""
    if label:
        widget.setAccessibleName(label)
    if description:
        widget.setAccessibleDescription(description)
    if identifier:
        widget.setAccessibleIdentifier(identifier)


def announce(widget: QWidget, text: str, assertive: bool = False) -> None:
    """Says a message now: heard by Orca 48, not by Orca 43. Prefer ``StatusLine.say``; never use both."""
    event = QAccessibleAnnouncementEvent(widget, text)
    if assertive:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


class StatusLine(QLabel):
    """The one line where results of an action are shown and spoken.

    Orca 43 and 48 both speak a label of role Notification when it is shown, and neither speaks a
    status bar. ``show_quietly`` is for what the operator did not cause, such as "saved 10:14".
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleIdentifier("status_line")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def say(self, text: str) -> None:
        """Shows and speaks; an empty text clears in silence."""
        self.setText(text)
        if text and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.ObjectShow))

    def show_quietly(self, text: str) -> None:
        self.setText(text)


class ComboBox(QComboBox):
    """A combo box whose new value is spoken on Up and Down while closed; Orca 43 is silent otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentIndexChanged.connect(self._tell)

    def _tell(self, row: int) -> None:
        if sys.platform != "linux" or row < 0 or not self.hasFocus() or self.view().isVisible():
            return
        box = QAccessible.queryAccessibleInterface(self)
        items = box.child(0) if box else None
        item = items.child(row) if items else None
        if item:
            QAccessible.updateAccessibility(QAccessibleEvent(item, QAccessible.Event.Focus))


def heading(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A page's heading: takes the focus when the page is shown, so that its text is read.

    It stays a plain label: Orca 48 reads the role Heading without its text.
    """
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    theme.scale_font(label, 1.25, bold=True)
    return label


def focus_heading(label: QLabel) -> None:
    """Moves the focus to a heading, so that its text is read and then its description.

    Of a label that takes the focus Orca 43 reads no description, only one that changes where the focus is.
    """
    if label.hasFocus():
        return
    label.setFocus(Qt.FocusReason.OtherFocusReason)
    if label.accessibleDescription():
        QAccessible.updateAccessibility(QAccessibleEvent(label, QAccessible.Event.DescriptionChanged))


def set_problem(widget: QWidget, label: QLabel, problem: str, hint: str = "") -> None:
    """Shows what is wrong in ``label`` and puts it, then the hint, into the widget's description.

    Neither "required" nor "invalid" reaches a screen reader as a state from Python, so both are words.
    An empty ``problem`` clears. The description is spoken on focus, and at once where the focus is.
    """
    words = _("Error: {problem}").format(problem=problem) if problem else ""
    if words and not label.property("ink"):
        label.setProperty("ink", "danger")
        theme.ink(label, "danger")
    label.setText(words)
    label.setVisible(bool(words))
    # A sentence of its own ends with its own stop: Orca reads two of them as a word.
    description = ". ".join((words.removesuffix("."), hint)) if words and hint else words or hint
    if description != widget.accessibleDescription():
        widget.setAccessibleDescription(description)


@contextlib.contextmanager
def in_silence() -> Iterator[None]:
    """What happens inside sends no events to a screen reader."""
    active = QAccessible.isActive()
    if active:
        QAccessible.setActive(False)
    try:
        yield
    finally:
        if active:
            QAccessible.setActive(True)


@contextlib.contextmanager
def only_focus_heard() -> Iterator[None]:
    """Of what happens inside, a screen reader is told only where the focus came to be.

    For parts that come and go as a whole: each control shown or hidden is an event, and Orca drops what
    stands last in a long queue, the result and the focus (heard). Names and states may not change inside:
    a screen reader would go on saying the old ones.
    """
    before = QApplication.focusWidget()
    with in_silence():
        yield
    now = QApplication.focusWidget()
    if now is not None and now is not before:
        QAccessible.updateAccessibility(QAccessibleEvent(now, QAccessible.Event.Focus))


class FocusOrderFix(QObject):
    """Lets only "focused" through when a text field is entered.

    Qt sends "caret moved" before "focused", and Orca 43 then says nothing about the field.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            return False
        if not isinstance(watched, _TEXT_FIELDS) or not QAccessible.isActive():
            return False
        with in_silence():
            watched.event(event)
        return True


class RadioTabFix(QObject):
    """Tab into a group of radio buttons reaches the checked one (ARIA radio group pattern), not the first.

    The checked button takes the focus by Tab and the others only by mouse or arrow keys; where none is
    checked, the first does.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Polish and isinstance(watched, QRadioButton):
            watched.toggled.connect(self._toggled)
            self.arrange(watched)
        return False

    def _toggled(self, _checked: bool) -> None:
        button = self.sender()
        if isinstance(button, QRadioButton):
            self.arrange(button)

    @staticmethod
    def arrange(button: QRadioButton) -> None:
        buttons = _together(button)
        chosen = next((one for one in buttons if one.isChecked()), buttons[0] if buttons else button)
        for one in buttons:
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one is chosen else Qt.FocusPolicy.ClickFocus)


def _together(button: QRadioButton) -> list[QRadioButton]:
    """The buttons of one group, in the order they were made."""
    group: QButtonGroup | None = button.group()
    if group is not None:
        return [one for one in group.buttons() if isinstance(one, QRadioButton)]
    parent = button.parentWidget()
    if parent is None or not button.autoExclusive():
        return [button]
    found = parent.findChildren(QRadioButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [one for one in found if one.group() is None and one.autoExclusive()]


class _Role(QAccessibleWidget):
    """The standard accessible object of a label or a button, under another role.

    Only for these: a text field would lose Qt's caret and text interfaces.
    """

    def __init__(self, widget: QLabel | QPushButton, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        self._widget = widget

    def text(self, kind: QAccessible.Text) -> str:
        if not shiboken6.isValid(self._widget):
            return ""
        if kind == QAccessible.Text.Name:
            return self._widget.accessibleName() or self._widget.text().replace("&", "")
        if kind == QAccessible.Text.Description:
            return self._widget.accessibleDescription()
        if kind == QAccessible.Text.Identifier:
            return self._widget.accessibleIdentifier()
        return ""


def _make_accessible(_key: str, watched: QObject) -> QAccessibleInterface | None:
    role = (
        QAccessible.Role.Notification
        if isinstance(watched, StatusLine)
        else QAccessible.Role.Link
        if isinstance(watched, LinkButton)
        else None
    )
    if role is None:
        return None
    made = _Role(cast(QLabel | QPushButton, watched), role)
    key = id(watched)
    _kept[key] = made
    watched.destroyed.connect(lambda _gone=None: _kept.pop(key, None))
    return made

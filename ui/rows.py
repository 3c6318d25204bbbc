"""Labelled rows of a form or dialog: label, buddy, name, hint and identifier set in the one right order."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QTextEdit, QWidget

from ui.theme import ink
from ui.translation import tr


def add_row(
    layout: QBoxLayout,
    field: QWidget,
    label: Callable[[], str],
    identifier: str,
    hint: Callable[[], str] | None = None,
    show_hint: bool = True,
) -> QLabel:
    """Puts a label, its hint and the field under one another and ties them together; the label is returned.

    ``show_hint`` False leaves the hint to the description alone, where room is short.

    The buddy is set before the text: a label made while a screen reader runs is otherwise read with its
    ampersand (measured with Orca 48).
    """
    caption = QLabel()
    caption.setTextFormat(Qt.TextFormat.PlainText)
    caption.setWordWrap(True)
    caption.setBuddy(field)
    field.setAccessibleIdentifier(identifier)
    tr(caption, caption.setText, label)
    tr(field, field.setAccessibleName, lambda: label().replace("&", ""))
    layout.addWidget(caption)
    if hint is not None:
        if show_hint:
            shown = note(hint)
            # Heard at its field: a dialog that opens would read every hint in it, of no field (heard).
            shown.setAccessibleName(" ")
            layout.addWidget(shown)
        tr(field, field.setAccessibleDescription, hint)
    if isinstance(field, QTextEdit):
        field.setTabChangesFocus(True)
        field.setAcceptRichText(False)
    layout.addWidget(field)
    return caption


def note(text: Callable[[], str]) -> QLabel:
    """Words to read beside controls; in no tab order, since the control's description holds them."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    ink(label, "muted")
    tr(label, label.setText, text)
    return label


def button(text: Callable[[], str], identifier: str, act: Callable[[], object]) -> QPushButton:
    """A push button that Return presses too where it has the focus (``autoDefault``)."""
    made = QPushButton()
    made.setAccessibleIdentifier(identifier)
    made.setAutoDefault(True)
    tr(made, made.setText, text)
    made.clicked.connect(lambda _checked=False: act())
    return made

"""Looks over a window as a screen reader or a keyboard meets it, and says in words what is wrong.

Every window's tests call ``audit(window) == []``; the journeys with the real screen reader come on top.
"""

from collections import defaultdict
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

from ui.fitting import clipped

__all__ = ["LEAST_TARGET_PX", "MOST_CONTROLS", "audit", "clipped"]

LEAST_TARGET_PX = 24
"""WCAG 2.2, 2.5.8."""
MOST_CONTROLS = 60
_TARGETS = (QAbstractButton, QComboBox, QLineEdit, QTextEdit, QPlainTextEdit, QAbstractItemView)


def audit(window: QWidget, most_controls: int = MOST_CONTROLS) -> list[str]:
    """The findings in a window that is shown, one sentence each; empty when there are none."""
    stops = list(_tab_stops(window))
    labels = _buddies(window)
    findings = [finding for stop in stops for finding in _look_at(stop, labels)]
    findings += _shared_identifiers(stops)
    findings += _shared_letters(window)
    if len(stops) > most_controls:
        findings.append(f"number: {len(stops)} controls at once, {most_controls} at most")
    return findings


def _visible(root: QWidget) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and widget.window() is root.window():
            yield widget


def _tab_stops(window: QWidget) -> Iterator[QWidget]:
    for widget in _visible(window):
        if widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not _is_inner(widget):
            yield widget


def _is_inner(widget: QWidget) -> bool:
    """Parts that Qt makes inside a control, such as the viewport of a list or the view of a combo box."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QAbstractSpinBox | QAbstractItemView | QTextEdit | QPlainTextEdit):
            return True
        if isinstance(parent, QAbstractScrollArea) and not isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return bool(widget.focusProxy()) or isinstance(widget, QMenuBar)


def _buddies(window: QWidget) -> dict[QWidget, str]:
    return {
        label.buddy(): label.text()
        for label in window.findChildren(QLabel)
        if label.buddy() is not None and label.isVisibleTo(window)
    }


def _name(widget: QWidget, labels: dict[QWidget, str]) -> str:
    own = widget.accessibleName() or labels.get(widget, "")
    if not own and isinstance(widget, QAbstractButton | QLabel):
        own = widget.text()
    if not own and isinstance(widget, QGroupBox):
        own = widget.title()
    return own.strip()


def _called(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return f"{type(widget).__name__} {widget.accessibleIdentifier() or text or widget.accessibleName()!r}"


def _look_at(widget: QWidget, labels: dict[QWidget, str]) -> Iterator[str]:
    called = _called(widget)
    if isinstance(widget, QScrollArea):
        yield f"name: {called} is a nameless tab stop, set NoFocus"
    elif not _name(widget, labels):
        yield f"name: {called} has no label, name or text"
    # Qt names a combo box by its current text, so only a buddy tells what is chosen.
    if isinstance(widget, QComboBox) and widget not in labels:
        yield f"label: {called} needs a label as its buddy"
    if isinstance(widget, QRadioButton) and not _group_title(widget):
        yield f"group: {called} stands in no group box with a title"
    if isinstance(widget, QComboBox) and widget.isEditable():
        yield f"kind: {called} is editable, which screen readers read badly"
    if isinstance(widget, QAbstractSpinBox | QTreeView) or (
        isinstance(widget, QCheckBox) and widget.isTristate()
    ):
        yield f"kind: {called} is of a kind that screen readers read badly"
    if isinstance(widget, QTextEdit | QPlainTextEdit) and not widget.tabChangesFocus():
        yield f"trap: {called} keeps the Tab key"
    if isinstance(widget, QTableView) and widget.tabKeyNavigation():
        yield f"trap: {called} keeps the Tab key"
    if widget.toolTip().lstrip().startswith("<"):
        yield f"tooltip: {called} has HTML in its tooltip"
    if not widget.accessibleIdentifier() and not _may_be_without_identifier(widget):
        yield f"identifier: {called} has none"
    if isinstance(widget, _TARGETS) and min(widget.width(), widget.height()) < LEAST_TARGET_PX:
        yield f"target: {called} is {widget.width()} x {widget.height()} px"


def _group_title(widget: QWidget) -> str:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QGroupBox):
        parent = parent.parentWidget()
    return (parent.accessibleName() or parent.title()) if isinstance(parent, QGroupBox) else ""


def _may_be_without_identifier(widget: QWidget) -> bool:
    """One choice of a question, a standard button of a dialog, a heading: known by its words."""
    parent = widget.parentWidget()
    return (isinstance(widget, QRadioButton | QCheckBox) and bool(_group_title(widget))) or (
        isinstance(parent, QDialogButtonBox) or isinstance(widget, QLabel)
    )


def _shared_identifiers(stops: list[QWidget]) -> list[str]:
    owners: dict[str, list[str]] = defaultdict(list)
    for stop in stops:
        if stop.accessibleIdentifier():
            owners[stop.accessibleIdentifier()].append(type(stop).__name__)
    return [
        f"identifier: {one} belongs to {', '.join(kinds)}" for one, kinds in owners.items() if len(kinds) > 1
    ]


def _shared_letters(window: QWidget) -> list[str]:
    owners: dict[str, list[str]] = defaultdict(list)
    for widget in _visible(window):
        text = ""
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
            text = widget.text()
        elif isinstance(widget, QGroupBox):
            text = widget.title()
        elif isinstance(widget, QMenuBar):
            for action in widget.actions():
                _note_letter(owners, action.text())
        _note_letter(owners, text)
    return [
        f"letter: Alt+{one} is shared by {', '.join(texts)}"
        for one, texts in owners.items()
        if len(texts) > 1
    ]


def _note_letter(owners: dict[str, list[str]], text: str) -> None:
    letter = text.replace("&&", "").partition("&")[2][:1].upper()
    if letter:
        owners[letter].append(text)

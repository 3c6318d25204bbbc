"""Colours, text size and spacing: one set of tokens for each theme, from which palette and style follow."""

import sys
from typing import NamedTuple

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

SMALLEST_PERCENT = 100
LARGEST_PERCENT = 250
BASE_POINTS = 10.5


class Tokens(NamedTuple):
    """Colours by what they are for, as ``#rrggbb``; the pairs that must contrast are in ``CONTRASTS``."""

    background: str
    surface: str
    text: str
    muted: str
    accent: str
    ok: str
    danger: str
    disabled: str
    border: str
    focus: str
    on_accent: str
    warning: str
    warning_background: str
    selection: str
    selected_text: str


LIGHT = Tokens(
    background="#f0f4f5", surface="#ffffff", text="#212b32", muted="#4c6272", accent="#005eb8",
    ok="#007f3b", danger="#c0291d", disabled="#5f6e79", border="#768692", focus="#005eb8",
    on_accent="#ffffff", warning="#8a4a00", warning_background="#fff4d6",
    selection="#005eb8", selected_text="#ffffff",
)  # fmt: skip
DARK = Tokens(
    background="#15191c", surface="#1f262b", text="#f0f4f5", muted="#b3c0c9", accent="#7cb8f7",
    ok="#6fd39a", danger="#ff9d94", disabled="#8c9aa4", border="#7d8c97", focus="#ffd84d",
    on_accent="#06243f", warning="#ffcf70", warning_background="#3a2c0a",
    selection="#7cb8f7", selected_text="#06243f",
)  # fmt: skip
HIGH_CONTRAST = Tokens(
    background="#000000", surface="#000000", text="#ffffff", muted="#ffffff", accent="#ffff00",
    ok="#3ff23f", danger="#ff9a9a", disabled="#3ff23f", border="#ffffff", focus="#00ffff",
    on_accent="#000000", warning="#ffff00", warning_background="#000000",
    selection="#1aebff", selected_text="#000000",
)  # fmt: skip
THEMES = {"light": LIGHT, "dark": DARK, "high_contrast": HIGH_CONTRAST}

# (what is drawn, what it is drawn on, least ratio): WCAG 2.2, 1.4.3 text and 1.4.11 non-text.
_TEXT_COLOURS = ("text", "muted", "accent", "ok", "danger", "disabled")
CONTRASTS = (
    *((over, "background", 4.5) for over in _TEXT_COLOURS),
    *((over, "surface", 4.5) for over in _TEXT_COLOURS),
    ("on_accent", "accent", 4.5),
    ("warning", "warning_background", 4.5),
    ("selected_text", "selection", 4.5),
    ("border", "background", 3.0),
    ("border", "surface", 3.0),
    ("focus", "background", 3.0),
    ("focus", "surface", 3.0),
)


class ThemeState(QObject):
    """What is shown now. Signals: ``changed()`` with new colours, and again with a new text size."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted = "system"
        self.asked_system = False
        self.theme = "light"
        self.percent = SMALLEST_PERCENT


_state: list[ThemeState] = []


def state() -> ThemeState:
    """The one state, made when it is first asked for."""
    if not _state:
        _state.append(ThemeState())
    return _state[0]


def tokens() -> Tokens:
    """The colours shown now."""
    return THEMES[state().theme]


def letter_height(metrics: QFontMetrics) -> float:
    """One em of a font, in pixels."""
    return (metrics.ascent() + metrics.descent()) / 1.17


def em(widget: QWidget, count: float) -> int:
    """``count`` times the height of the widget's letters, in pixels: lengths that grow with the text."""
    return max(1, round(count * letter_height(widget.fontMetrics())))


def scale_font(widget: QWidget, factor: float, bold: bool = False) -> None:
    """Letters ``factor`` times the text size, now and after every change of it."""

    def show() -> None:
        if shiboken6.isValid(widget):
            font = widget.font()
            font.setPointSizeF(BASE_POINTS * state().percent / 100 * factor)
            font.setBold(bold)
            widget.setFont(font)
        else:
            state().changed.disconnect(show)

    state().changed.connect(show)
    show()


# Children of a panel with the role Base are drawn with Text, others with WindowText.
_INK_ROLES = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def ink(widget: QWidget, token: str) -> None:
    """Writes the widget's words in this token's colour, in whatever theme is shown."""

    def show() -> None:
        if shiboken6.isValid(widget):
            palette = widget.palette()
            for role in (
                QPalette.ColorRole.WindowText,
                QPalette.ColorRole.Text,
                QPalette.ColorRole.ButtonText,
            ):
                # Children of a panel with the role Base are drawn with Text, others with WindowText.
                palette.setColor(role, QColor(getattr(tokens(), token)))
            widget.setPalette(palette)
        else:
            state().changed.disconnect(show)

    state().changed.connect(show)
    show()


def apply(app: QApplication, theme: str = "system", text_size_percent: int = 100) -> None:
    """Shows the theme ("light", "dark", "high_contrast", "system") at a text size of 100 to 250 %, live."""
    dress(app)
    colour(app, theme, text_size_percent)


def colour(app: QApplication, theme: str, text_size_percent: int) -> None:
    """Colours and text size only: all that is needed, and can be afforded, before the first paint."""
    now = state()
    now.wanted = theme if theme in THEMES else "system"
    now.theme = system_theme(app) if now.wanted == "system" else now.wanted
    now.percent = min(max(text_size_percent, SMALLEST_PERCENT), LARGEST_PERCENT)
    font = app.font()
    resized = font.pointSizeF() != BASE_POINTS * now.percent / 100
    font.setPointSizeF(BASE_POINTS * now.percent / 100)
    app.setFont(font)
    if now.wanted == "system" and now.theme == "high_contrast" and sys.platform == "win32":
        # A contrast theme of Windows has colours that its user chose; they are used, not ours.
        app.setPalette(QPalette())
    else:
        app.setPalette(palette(tokens()))
    now.changed.emit()
    if resized:
        # Widgets get an application's new font in the next turn of the event loop.
        QTimer.singleShot(0, now.changed.emit)


def dress(app: QApplication) -> None:
    """Style and focus ring, and from now on the system's wishes; a second call does nothing."""
    from ui.focus_ring import FocusRing
    from ui.style import IntakeStyle

    if isinstance(app.style(), IntakeStyle):
        return
    app.setStyle(IntakeStyle())
    FocusRing(app)
    hints = app.styleHints()
    wishes = hints.accessibility()

    def follow() -> None:
        state().asked_system = True
        if state().wanted == "system" and system_theme(app) != state().theme:
            colour(app, "system", state().percent)

    hints.colorSchemeChanged.connect(follow)
    wishes.contrastPreferenceChanged.connect(follow)
    follow()


def system_theme(app: QApplication) -> str:
    """What the desktop asks for: more contrast, dark, or else light."""
    if not state().asked_system:
        # Asking Qt for the wish loads all of its enumerations, a fifth of a bare start: judge by its palette.
        return "dark" if app.palette().color(QPalette.ColorRole.Window).lightness() < 128 else "light"
    from PySide6.QtCore import Qt

    hints = app.styleHints()
    # A temporary here was deleted before it could be asked.
    wishes = hints.accessibility()
    if wishes.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "high_contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def palette(colours: Tokens) -> QPalette:
    """Qt's palette for these tokens, in every group."""
    made = QPalette()
    role = QPalette.ColorRole
    for place, colour in {
        role.Window: colours.background,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.background,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.danger,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.selected_text,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Accent: colours.accent,
        role.Light: colours.surface,
        role.Midlight: colours.surface,
        role.Mid: colours.border,
        role.Dark: colours.border,
        role.Shadow: colours.border,
    }.items():
        made.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, place, QColor(colours.disabled))
    return made


def show_row_by_focus(view: QAbstractItemView) -> None:
    """The current row is loud only while the list has the focus; it stays the current row."""
    palette = QPalette()
    if not view.hasFocus():
        role = QPalette.ColorRole
        palette.setColor(role.Highlight, palette.color(role.AlternateBase))
        palette.setColor(role.HighlightedText, palette.color(role.Text))
    view.setPalette(palette)

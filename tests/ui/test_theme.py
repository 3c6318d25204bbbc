"""Every pair of colours contrasts enough, and sizes follow the text, in every theme."""

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QStyle,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui import theme
from ui.link_button import LinkButton


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", sorted(theme.THEMES))
@pytest.mark.parametrize(("over", "under", "least"), theme.CONTRASTS)
def test_colours_that_meet_contrast_enough(name: str, over: str, under: str, least: float) -> None:
    tokens = theme.THEMES[name]

    assert contrast(getattr(tokens, over), getattr(tokens, under)) >= least


def test_every_colour_that_is_drawn_is_in_a_pair() -> None:
    in_pairs = {part for over, under, _least in theme.CONTRASTS for part in (over, under)}

    assert in_pairs == set(theme.Tokens._fields)


@pytest.mark.parametrize("name", sorted(theme.THEMES))
def test_palette_shows_disabled_words_in_their_own_colour(name: str) -> None:
    made = theme.palette(theme.THEMES[name])

    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        shown = made.color(QPalette.ColorGroup.Disabled, role).name()
        assert shown == theme.THEMES[name].disabled


@pytest.mark.parametrize("percent", [100, 150, 250])
def test_targets_are_24_pixels_at_least_and_grow_with_the_text(
    app: QApplication, qtbot: QtBot, percent: int
) -> None:
    theme.apply(app, "light", percent)
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    controls: list[QWidget] = [
        QLineEdit(), QPushButton("Go"), QComboBox(), QCheckBox("Yes"), QRadioButton("No"), LinkButton("See"),
    ]  # fmt: skip
    for control in controls:
        layout.addWidget(control)
    window.show()

    for control in controls:
        assert control.height() >= max(24, 0.95 * 24 * percent / 100), type(control).__name__
        assert control.width() >= 24


def test_marks_of_radio_buttons_grow_with_their_own_font(app: QApplication, qtbot: QtBot) -> None:
    small, large = QRadioButton("Yes"), QRadioButton("Yes")
    qtbot.addWidget(small)
    qtbot.addWidget(large)
    font = large.font()
    font.setPointSizeF(26)
    large.setFont(font)
    metric = QStyle.PixelMetric.PM_ExclusiveIndicatorWidth

    assert app.style().pixelMetric(metric, None, large) > 2 * app.style().pixelMetric(metric, None, small)


def test_text_size_changes_live_in_what_is_already_shown(app: QApplication, qtbot: QtBot) -> None:
    label, heading = QLabel("words"), QLabel("heading")
    qtbot.addWidget(label)
    qtbot.addWidget(heading)
    theme.scale_font(heading, 1.25, bold=True)
    before = theme.em(label, 10)

    theme.apply(app, "dark", 200)

    qtbot.waitUntil(lambda: theme.em(label, 10) >= 1.9 * before)
    assert heading.font().pointSizeF() == pytest.approx(theme.BASE_POINTS * 2 * 1.25)
    assert heading.font().bold()


def test_lengths_can_be_measured_anew_when_the_text_size_changed(app: QApplication, qtbot: QtBot) -> None:
    label = QLabel("words")
    qtbot.addWidget(label)
    before = theme.em(label, 10)
    measured: list[int] = []

    def measure() -> None:
        measured.append(theme.em(label, 10))

    theme.state().changed.connect(measure)
    theme.apply(app, "light", 250)

    qtbot.waitUntil(lambda: measured[-1:] >= [2 * before])
    theme.state().changed.disconnect(measure)


def test_text_size_stays_within_what_layouts_were_made_for(app: QApplication) -> None:
    theme.apply(app, "light", 900)
    assert theme.state().percent == 250

    theme.apply(app, "light", 10)
    assert theme.state().percent == 100


def test_coloured_words_follow_the_theme(app: QApplication, qtbot: QtBot) -> None:
    label = QLabel("words")
    qtbot.addWidget(label)
    theme.ink(label, "danger")

    theme.apply(app, "high_contrast", 100)

    assert label.palette().color(QPalette.ColorRole.WindowText).name() == theme.HIGH_CONTRAST.danger


def test_a_theme_that_is_not_known_is_the_system_s(app: QApplication) -> None:
    theme.apply(app, "sepia", 100)

    assert theme.state().wanted == "system"
    assert theme.state().theme in theme.THEMES


def test_focus_ring_is_seen_round_the_control_with_the_focus(app: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(20, 20, 20, 20)
    edit = QLineEdit()
    layout.addWidget(edit)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)

    picture = window.grab().toImage()
    beside = picture.pixelColor(edit.x() - 2, edit.y() + edit.height() // 2)

    assert beside.name() == theme.LIGHT.focus


@pytest.mark.parametrize("name", sorted(theme.THEMES))
def test_handle_of_a_scroll_bar_is_seen_on_its_trough(app: QApplication, qtbot: QtBot, name: str) -> None:
    theme.apply(app, name, 100)
    bar = QScrollBar()
    qtbot.addWidget(bar)
    bar.setRange(0, 100)
    bar.setPageStep(50)
    bar.resize(bar.sizeHint().width(), 300)
    seen = bar.grab().toImage()
    middle = bar.width() // 2
    handle, trough = (seen.pixelColor(middle, y).name() for y in (bar.height() // 4, bar.height() * 4 // 5))
    assert contrast(handle, trough) >= 3

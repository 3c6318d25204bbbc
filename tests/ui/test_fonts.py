"""Words of any language are shown, and the letters of the screens stay as they are."""

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QTextLayout
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import fonts, theme

WORDS = {
    "ur": "مجھے ڈاکٹر کا انتظار تھا ہم", "ckb": "چاوەڕوان", "ar": "انتظرتُ", "pa": "ਉਡੀਕ", "bn": "অপেক্ষা",
    "gu": "રાહ", "hi": "इंतज़ार", "ta": "காத்திருப்பு", "ti": "ትግርኛ", "pl": "Zażółć gęślą jaźń", "el": "Ελληνικά",
}  # fmt: skip


@pytest.mark.parametrize("language", WORDS)
def test_words_of_any_language_have_a_picture(qapp: QApplication, language: str) -> None:
    assert fonts.can_show(WORDS[language], fonts.for_any_script(qapp.font()))


def test_the_letters_of_the_screens_stay_those_of_the_computer(qapp: QApplication) -> None:
    own = qapp.font()
    for made in (fonts.for_any_script(own), fonts.for_reader("bn", own)):
        assert QFontInfo(made).family() == QFontInfo(own).family()
        assert QFontMetrics(made).height() == QFontMetrics(own).height()


def test_a_part_for_any_language_grows_with_the_text(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light", 100)
    part = QWidget()
    qtbot.addWidget(part)
    inside = QLabel(WORDS["bn"])
    QVBoxLayout(part).addWidget(inside)
    fonts.show_any_script(part)
    assert fonts.can_show(inside.text(), inside.font())
    theme.apply(qapp, "light", 200)
    qapp.processEvents()
    assert inside.font().pointSizeF() == pytest.approx(2 * theme.BASE_POINTS)
    theme.apply(qapp, "light", 100)


@pytest.mark.parametrize("word", ["پسند", "تجربہ", "لیکن"])
def test_a_word_of_nastaliq_comes_down_from_right_to_left(qapp: QApplication, word: str) -> None:
    font = fonts.for_reader("ur", QFont(qapp.font()))
    font.setPixelSize(100)
    layout = QTextLayout(word, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    (run,) = layout.glyphRuns()
    first, last = run.positions()[0], min(run.positions(), key=lambda one: one.x())
    assert first.y() < last.y() - 30, "the first letter stands high above the last"


def test_no_word_of_a_story_is_set_in_two_fonts(qapp: QApplication, qtbot: QtBot) -> None:
    """The font of this computer has some letters of Urdu and lacks others: else nothing is shown here."""
    if not fonts.whole_words(WORDS["ur"]):
        pytest.skip("the font of this computer has all letters of Urdu, or none")
    box = QTextEdit()
    qtbot.addWidget(box)
    fonts.show_any_script(box)
    box.setPlainText(f"{WORDS['ur']}\nShe waited.")
    box.grab()
    runs = box.document().firstBlock().layout().lineAt(0).glyphRuns()
    drawn: dict[str, int] = {}
    for run in runs:
        name = run.rawFont().familyName()
        drawn[name] = drawn.get(name, 0) + len(run.glyphIndexes())
    letters = len(WORDS["ur"].replace(" ", ""))
    assert drawn.get("Noto Sans Arabic", 0) >= letters, drawn
    assert not box.document().isUndoAvailable()
    other = box.document().lastBlock().layout().lineAt(0).glyphRuns()
    assert {run.rawFont().familyName() for run in other} == {QFontInfo(qapp.font()).family()}


def test_words_whose_letters_all_come_from_one_font_are_left_alone(qapp: QApplication) -> None:
    assert fonts.whole_words("She waited. 0113 496 0000") == []
    assert fonts.for_row(WORDS["bn"]) is None

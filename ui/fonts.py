"""Fonts for every script we write: bundled, named outright, and loaded when a language first needs them.

Qt's own falling back picks what the computer has, which for Urdu and the Indic scripts is often empty boxes.
"""

import re
from functools import cache

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from intake_app.assets import asset

_ARABIC = ("Noto Sans Arabic", ("NotoSansArabic-Regular", "NotoSansArabic-Bold"))
_NASTALIQ = ("Noto Nastaliq Urdu", ("NotoNastaliqUrdu-Regular",))
_GURMUKHI = ("Noto Sans Gurmukhi", ("NotoSansGurmukhi-Regular", "NotoSansGurmukhi-Bold"))
_BENGALI = ("Noto Sans Bengali", ("NotoSansBengali-Regular", "NotoSansBengali-Bold"))
_GUJARATI = ("Noto Sans Gujarati", ("NotoSansGujarati-Regular", "NotoSansGujarati-Bold"))
_DEVANAGARI = ("Noto Sans Devanagari", ("NotoSansDevanagari-Regular",))
_TAMIL = ("Noto Sans Tamil", ("NotoSansTamil-Regular",))
_ETHIOPIC = ("Noto Sans Ethiopic", ("NotoSansEthiopic-Regular",))
# No Latin font: merely loaded, Noto Sans becomes the default font of a Linux desktop, and taller (seen).
_EVERY = (_ARABIC, _GURMUKHI, _BENGALI, _GUJARATI, _DEVANAGARI, _TAMIL, _ETHIOPIC)

_BY_LANGUAGE = {
    "ar": (_ARABIC,), "fa": (_ARABIC,), "prs": (_ARABIC,), "ps": (_ARABIC,), "ckb": (_ARABIC,),
    "ur": (_ARABIC,), "pnb": (_ARABIC,), "sd": (_ARABIC,), "ug": (_ARABIC,),
    "pa": (_GURMUKHI,), "bn": (_BENGALI,), "syl": (_BENGALI,), "ctg": (_BENGALI,), "gu": (_GUJARATI,),
    "hi": (_DEVANAGARI,), "mr": (_DEVANAGARI,), "ne": (_DEVANAGARI,), "ta": (_TAMIL,),
    "am": (_ETHIOPIC,), "ti": (_ETHIOPIC,),
}  # fmt: skip
_SELDOM_THERE = {
    "ur": "ٹڈڑںہھےگ",
    "pnb": "ٹڈڑںہھےگ",
    "fa": "پچژگی",
    "prs": "پچژگی",
    "ckb": "ڕڵۆێەڤ",
    "ps": "ټډړږښڼې",
}
"""Letters that fonts with Arabic often lack."""
_READ_IN_NASTALIQ = ("ur", "pnb", "pa-Arab")
ARABIC_WORDS = re.compile("[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]+")
"""Of all languages that are written with the Arabic letters."""
NASTALIQ_POINTS = 17.0
"""Below it the short words of Nastaliq blur into each other (looked at)."""

_ON_SCREEN: list[str] = []


def for_screens(app: QApplication, tag: str) -> None:
    """The program's own font for a language of the screens: the system's, then what the language needs.

    Urdu screens are set in Naskh, which keeps lines short; Nastaliq is for what the person reads.
    """
    font = app.font()
    families = _for_screens(tag)
    if font.families() != families:
        font.setFamilies(families)
        app.setFont(font)


def for_name_of(tag: str) -> QFont:
    """Only the families, so that size and weight come from where the name stands: for lists of languages."""
    made = QFont()
    made.setFamilies(_for_screens(tag))
    return made


def is_nastaliq(tag: str) -> bool:
    """Whether people of this language read it in Nastaliq."""
    return tag.startswith(_READ_IN_NASTALIQ)


def for_reader(tag: str, font: QFont) -> QFont:
    """The same font as people of this language like to read it: Urdu in Nastaliq, and no smaller than 17 pt.

    Latin names stay in the font that was given.
    """
    made = QFont(font)
    nastaliq = is_nastaliq(tag)
    made.setFamilies([_own(font), *_families(_needed(tag))])
    if nastaliq:
        # First, or whatever Arabic letters the other font has would stand in the middle of its words.
        made.setFamilies([*_families((_NASTALIQ,)), _own(font)])
        made.setPointSizeF(max(font.pointSizeF(), NASTALIQ_POINTS))
    return made


def for_any_script(font: QFont) -> QFont:
    """For words in a language that nobody knows beforehand, such as a story."""
    made = QFont(font)
    made.setFamilies([_own(font), *_families(_EVERY)])
    return made


def show_any_script(widget: QWidget) -> None:
    """The widget and what is inside show words of any language; their size stays that of the text."""
    # Nothing but the families is said of this font: all else goes on coming from the program's own.
    families = QFont()
    families.setFamilies(for_any_script(QApplication.font()).families())
    widget.setFont(families)
    from ui.whole_words import keep_whole

    for box in (widget, *widget.findChildren(QTextEdit)):
        if isinstance(box, QTextEdit):
            keep_whole(box)


def whole_words(text: str) -> list[str]:
    """The families for words that the computer's own font would leave to two: it has some of their letters.

    Qt takes each letter that the first font has from there, in the middle of a word. Empty where all letters
    come from one font anyway.
    """
    letters = set().union(*ARABIC_WORDS.findall(text))
    if not letters:
        return []
    own = _own(QApplication.font())
    has = {_has(own, letter) for letter in letters}
    return [*_families((_ARABIC,)), own] if len(has) > 1 else []


def for_row(text: str) -> QFont | None:
    """The font for a row of a list; None for what the list itself has."""
    families = whole_words(text)
    if not families:
        return None
    made = QFont()
    made.setFamilies(families)
    return made


@cache
def _has(family: str, letter: str) -> bool:
    return _raw(family).supportsCharacter(ord(letter))


@cache
def _raw(family: str) -> QRawFont:
    return QRawFont.fromFont(QFont(family))


def can_show(text: str, font: QFont) -> bool:
    """Whether every sign of the text has a picture in the font or in one that Qt falls back to.

    Asked sign by sign: laid out as a whole, a script without any font crashes Qt (6.11, Telugu: tried).
    """
    _say_nothing_of_others()
    metrics = QFontMetrics(font)
    return all(metrics.inFontUcs4(ord(sign)) for sign in text if sign.isprintable() and not sign.isspace())


@cache
def can_show_name(own_name: str) -> bool:
    """Whether a list may show what a language is called by those who speak it."""
    return can_show(own_name, for_any_script(QApplication.font()))


def _for_screens(tag: str) -> list[str]:
    if not _ON_SCREEN:
        _ON_SCREEN.append(_own(QApplication.font()))
    own, needed = _ON_SCREEN[0], _families(_needed(tag))
    return [*needed, own] if _has_some_of(own, tag) else [own, *needed]


def _has_some_of(family: str, tag: str) -> bool:
    """Whether a font has letters of the script and lacks some of the language: then words would be patched.

    Qt takes each letter that the first font has from there, in the middle of a word (seen: Urdu in DejaVu).
    """
    letters = _SELDOM_THERE.get(tag.partition("-")[0], "")
    font = QRawFont.fromFont(QFont(family))
    has = [font.supportsCharacter(ord(letter)) for letter in letters]
    return font.supportsCharacter(ord("ا")) and not all(has)


def _own(font: QFont) -> str:
    # A desktop's "Sans Serif" is no font: whatever is named after it would be taken instead, and all letters
    # and lines of the window be those of Noto Sans Arabic (seen).
    return QFontInfo(font).family()


def _needed(tag: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if tag.endswith("-Arab"):
        return (_ARABIC,)
    return _BY_LANGUAGE.get(tag.partition("-")[0], ())


def _families(fonts: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    _say_nothing_of_others()
    for _family, files in fonts:
        for name in files:
            _load(name)
    return [family for family, _files in fonts]


@cache
def _say_nothing_of_others() -> None:
    """Of several families named, Qt tells of each that lacks a script before it takes the one that has it."""
    QLoggingCategory.setFilterRules("qt.text.font.db=false")


@cache
def _load(name: str) -> int:
    return QFontDatabase.addApplicationFont(str(asset("resources/fonts") / f"{name}.ttf"))

"""Fonts for every script we write: bundled, named outright, and loaded when a language first needs them.

Qt's own falling back picks what the computer has, which for Urdu and the Indic scripts is often empty boxes.
"""

from functools import cache

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QTextLayout
from PySide6.QtWidgets import QApplication

from intake_app.assets import asset

_ARABIC = ("Noto Sans Arabic", ("NotoSansArabic-Regular", "NotoSansArabic-Bold"))
_NASTALIQ = ("Noto Nastaliq Urdu", ("NotoNastaliqUrdu-Regular",))
_GURMUKHI = ("Noto Sans Gurmukhi", ("NotoSansGurmukhi-Regular", "NotoSansGurmukhi-Bold"))
_BENGALI = ("Noto Sans Bengali", ("NotoSansBengali-Regular", "NotoSansBengali-Bold"))
_GUJARATI = ("Noto Sans Gujarati", ("NotoSansGujarati-Regular", "NotoSansGujarati-Bold"))
_DEVANAGARI = ("Noto Sans Devanagari", ("NotoSansDevanagari-Regular",))
_TAMIL = ("Noto Sans Tamil", ("NotoSansTamil-Regular",))
_ETHIOPIC = ("Noto Sans Ethiopic", ("NotoSansEthiopic-Regular",))
_LATIN = ("Noto Sans", ("NotoSans-Regular", "NotoSans-Bold"))
_EVERY = (_LATIN, _ARABIC, _GURMUKHI, _BENGALI, _GUJARATI, _DEVANAGARI, _TAMIL, _ETHIOPIC)

_BY_LANGUAGE = {
    "ar": (_ARABIC,), "fa": (_ARABIC,), "prs": (_ARABIC,), "ps": (_ARABIC,), "ckb": (_ARABIC,),
    "ur": (_ARABIC,), "pnb": (_ARABIC,), "sd": (_ARABIC,), "ug": (_ARABIC,),
    "pa": (_GURMUKHI,), "bn": (_BENGALI,), "syl": (_BENGALI,), "ctg": (_BENGALI,), "gu": (_GUJARATI,),
    "hi": (_DEVANAGARI,), "mr": (_DEVANAGARI,), "ne": (_DEVANAGARI,), "ta": (_TAMIL,),
    "am": (_ETHIOPIC,), "ti": (_ETHIOPIC,),
}  # fmt: skip
_READ_IN_NASTALIQ = ("ur", "pnb", "pa-Arab")
NASTALIQ_POINTS = 17.0
"""Below it the short words of Nastaliq blur into each other (looked at)."""

_ON_SCREEN: list[str] = []
"""The family of the computer's own font, under the name that it really has."""


def for_screens(app: QApplication, tag: str) -> None:
    """The program's own font for a language of the screens: the system's, then what the language needs.

    Urdu screens are set in Naskh, which keeps lines short; Nastaliq is for what the person reads.
    """
    font = app.font()
    families = [_own_family(), *_families(_needed(tag))]
    if font.families() != families:
        font.setFamilies(families)
        app.setFont(font)


def for_name_of(tag: str) -> QFont:
    """Only the families, so that size and weight come from where the name stands: for lists of languages."""
    made = QFont()
    made.setFamilies([_own_family(), *_families(_needed(tag))])
    return made


def for_reader(tag: str, font: QFont) -> QFont:
    """The same font as people of this language like to read it: Urdu in Nastaliq, and no smaller than 17 pt.

    Latin digits and names stay in the font that was given.
    """
    made = QFont(font)
    nastaliq = tag.startswith(_READ_IN_NASTALIQ)
    made.setFamilies([_real(font), *_families((_NASTALIQ,) if nastaliq else _needed(tag))])
    if nastaliq:
        made.setPointSizeF(max(font.pointSizeF(), NASTALIQ_POINTS))
    return made


def for_any_script(font: QFont) -> QFont:
    """For words in a language that nobody knows beforehand, such as a story."""
    made = QFont(font)
    made.setFamilies([_real(font), *_families(_EVERY)])
    return made


def can_show(text: str, font: QFont) -> bool:
    """Whether every sign of the text has a picture in the font or in one that Qt falls back to."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    if not line.isValid():
        layout.endLayout()
        return True
    line.setLineWidth(1_000_000)
    layout.endLayout()
    # Boxes of Indic scripts have a number above 0, in a font without a size; to ask it for its name ends the
    # program (tried).
    return all(0 not in run.glyphIndexes() and run.rawFont().pixelSize() > 0 for run in layout.glyphRuns())


def _own_family() -> str:
    if not _ON_SCREEN:
        _ON_SCREEN.append(_real(QApplication.font()))
    return _ON_SCREEN[0]


def _real(font: QFont) -> str:
    """The family as it is installed.

    A name such as "Sans Serif" is nobody's: with families after it, the first of those would be taken for
    the whole font, and every line be as high as an Arabic one.
    """
    return QFontInfo(font).family()


def _needed(tag: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if tag.endswith("-Arab"):
        return (_ARABIC,)
    return _BY_LANGUAGE.get(tag.partition("-")[0], ())


def _families(fonts: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    for _family, files in fonts:
        for name in files:
            _load(name)
    return [family for family, _files in fonts]


@cache
def _load(name: str) -> int:
    # The computer's own font is asked for every sign first, and Qt complains of each script that it lacks.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    return QFontDatabase.addApplicationFont(str(asset("resources/fonts") / f"{name}.ttf"))

"""Every sign of our catalogues has a picture, and a catalogue without one is named."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from intake_app.assets import asset
from intake_app.translating import files
from ui import fonts
from ui.legible import illegible

# Tangut, which hardly a computer has a font for.
NO_FONT = "\U00017000"


def test_every_letter_of_every_catalogue_can_be_shown(app: QApplication) -> None:
    assert illegible(asset("locales").parent) == []


def test_a_catalogue_with_signs_that_no_font_has_is_named(app: QApplication, tmp_path: Path) -> None:
    for folder in ("intake_app", "ui", "locales", "resources/question_sets", "resources/code_lists"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "ui" / "page.py").write_text('_("Park")', "utf-8")
    files.add(tmp_path, "cy")
    path = tmp_path / "locales" / "cy" / "LC_MESSAGES" / "intake.po"
    catalogue = files.read(path)
    catalogue["Park"].string = f"Parc{NO_FONT}io"
    files.write(path, catalogue)

    (finding,) = illegible(tmp_path)

    assert finding.startswith("locales/cy/LC_MESSAGES/intake.po: no font shows U+17000 as in")


@pytest.mark.parametrize("tag", ["ur", "ar", "pa", "bn"])
def test_no_word_is_patched_together_from_two_fonts(app: QApplication, tag: str) -> None:
    """Or one letter in the middle of an Urdu word would come from another font (seen with DejaVu Sans)."""
    font, letters = fonts.for_name_of(tag), {"ur": "نہیں", "ar": "نعم", "pa": "ਹਾਂ", "bn": "হ্যাঁ"}[tag]
    first = QFont(font.families()[0])

    whole = fonts.can_show(letters, first)
    assert whole or not any(fonts.can_show(letter, first) for letter in letters if letter.isalpha())

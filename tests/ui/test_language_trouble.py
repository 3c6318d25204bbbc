"""A language that cannot be shown: the window is English, says why in one sentence, and goes on."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app import assets, i18n
from intake_app.errors import LanguageUnusable
from ui import translation
from ui.draft_note import DraftNote
from ui.messages import sentence
from ui.translation import use_language

HEAD = """\
# Own name: {name}
# Status: draft
#
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "locales" / "qq" / "LC_MESSAGES" / "intake.po"
    path.parent.mkdir(parents=True)
    shipped = assets.asset
    monkeypatch.setattr(
        "intake_app.assets.asset", lambda name: tmp_path / name if name == "locales" else shipped(name)
    )
    return path


def test_a_damaged_translation_is_told_by_its_path(app: QApplication, catalogue: Path) -> None:
    catalogue.write_bytes(b"\xff\xfe" * 100)

    use_language(app, "qq")

    trouble = translation.trouble()
    assert isinstance(trouble, LanguageUnusable)
    assert i18n.language() == "en"
    assert str(catalogue) in sentence(trouble)
    use_language(app, "en")
    assert translation.trouble() is None


def test_a_translation_that_is_gone_is_told_by_its_name(app: QApplication, catalogue: Path) -> None:
    catalogue.write_text(HEAD.replace("{name}", "Probeg"), "utf-8")
    use_language(app, "qq")
    assert i18n.language() == "qq"

    catalogue.unlink()
    use_language(app, "qq")

    trouble = translation.trouble()
    assert trouble is not None
    assert "there is no translation called" in sentence(trouble)
    assert i18n.language() == "en"


def test_letters_that_no_font_has_are_never_shown_as_boxes(app: QApplication, catalogue: Path) -> None:
    catalogue.write_text(HEAD.replace("{name}", "\U00017000\U00017001"), "utf-8")

    use_language(app, "qq")

    trouble = translation.trouble()
    assert trouble is not None
    assert trouble.details["reason"] == "no_letters"
    assert i18n.language() == "en"
    assert not app.isRightToLeft()


def test_the_foot_of_the_window_says_what_is_still_english(
    app: QApplication, catalogue: Path, qtbot: QtBot
) -> None:
    catalogue.write_text(HEAD.replace("{name}", "Probeg") + 'msgid "Park"\nmsgstr ""\n', "utf-8")
    note = DraftNote()
    qtbot.addWidget(note)

    use_language(app, "qq")

    assert note.text() == "Draft translation, not yet reviewed · 1 text is in English"
    catalogue.write_text(catalogue.read_text("utf-8").replace("# Status", "# Reviewer: N\n# Status"), "utf-8")
    use_language(app, "qq")
    assert note.text() == "1 text is in English"
    use_language(app, "en")
    assert note.isHidden()

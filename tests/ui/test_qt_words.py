"""Qt's own words are in our catalogues for every language of the screens that Qt does not ship."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QMessageBox, QTextEdit

from intake_app import i18n
from intake_app.assets import asset
from ui.translation import use_language

# Names of keys stay as they are printed on keyboards; the direction is answered from the language.
KEPT = {"QShortcut", "QGuiApplication"}


class Spy(QTranslator):
    """Notes every text that Qt asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[tuple[str, str]] = set()

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        self.asked.add((context, text))
        return None  # type: ignore[return-value]

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def asked(app: QApplication) -> set[tuple[str, str]]:
    spy = Spy()
    app.installTranslator(spy)
    for standard in QDialogButtonBox.StandardButton:
        if standard.name not in ("NoButton", "FirstButton", "LastButton"):
            QDialogButtonBox(standard)
    message = QMessageBox()
    message.setDetailedText("details")
    fields = [QLineEdit("words"), QTextEdit("words")]
    for field in fields:
        field.createStandardContextMenu().deleteLater()
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    for mode in (
        QFileDialog.FileMode.ExistingFiles,
        QFileDialog.FileMode.Directory,
        QFileDialog.FileMode.AnyFile,
    ):
        dialog.setFileMode(mode)
        dialog.show()
        app.processEvents()
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.hide()
    app.removeTranslator(spy)
    return {(context, text) for context, text in spy.asked if context not in KEPT and "Alt+" not in text}


def shipped_by_qt(tag: str) -> bool:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return (folder / f"qtbase_{tag.replace('-', '_')}.qm").is_file()


def test_the_template_for_new_languages_has_every_word(asked: set[tuple[str, str]]) -> None:
    with (asset("locales") / "qt.pot").open("rb") as file:
        known = {(one.context or "", str(one.id)) for one in read_po(file) if one.id}

    assert asked - known == set()


def test_every_word_is_translated_where_qt_ships_no_catalogue(asked: set[tuple[str, str]]) -> None:
    assert len(asked) > 60

    for language in i18n.languages()[1:]:
        if shipped_by_qt(language.tag):
            continue
        path = asset("locales") / language.tag.replace("-", "_") / "LC_MESSAGES" / "qt.po"
        with path.open("rb") as file:
            known = {(one.context or "", str(one.id)) for one in read_po(file) if one.string}
        assert asked - known == set(), f"{language.tag} lacks these"


def test_access_keys_of_qt_s_words_are_kept_and_unlike_within_a_menu() -> None:
    for path in asset("locales").glob("*/LC_MESSAGES/qt.po"):
        with path.open("rb") as file:
            messages = [one for one in read_po(file) if one.id]
        for one in messages:
            assert str(one.id).count("&") == str(one.string).count("&"), one.id
        for menu in ("QLineEdit", "QWidgetTextControl"):
            texts = [str(one.string) for one in messages if one.context == menu]
            letters = [text.partition("&")[2][:1].lower() for text in texts if "&" in text]
            assert len(set(letters)) == len(letters), letters


def test_a_word_that_our_catalogue_lacks_stays_qt_s(app: QApplication) -> None:
    use_language(app, "cy")

    assert QCoreApplication.translate("QPlatformTheme", "Never heard of") == "Never heard of"
    assert QCoreApplication.translate("QShortcut", "Space") == "Space"


def test_welsh_screens_have_welsh_buttons(app: QApplication) -> None:
    use_language(app, "cy")

    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)

    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Canslo"

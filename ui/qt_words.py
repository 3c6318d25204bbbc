"""Qt's own words (buttons, edit menus, file dialogs) in the languages of our catalogues."""

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from intake_app import i18n


class GettextTranslator(QTranslator):
    """Gives Qt's own words from the ``qt`` catalogue, for the languages that Qt lacks."""

    def translate(
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        if (context, source_text) == ("QGuiApplication", "QT_LAYOUT_DIRECTION"):
            return "RTL" if i18n.is_right_to_left() else "LTR"
        # Only None sends Qt on to the next translator: an empty text is shown as an empty button (tried).
        return i18n.qt_text(context, source_text) or None  # type: ignore[return-value]

    def isEmpty(self) -> bool:
        # An empty translator is accepted but sends no LanguageChange.
        return False


_installed: list[QTranslator] = []


def install(app: QApplication) -> None:
    """Replaces the translators of the language before by those of the current one."""
    while _installed:
        app.removeTranslator(_installed.pop())
    if i18n.language() == i18n.ENGLISH:
        return
    shipped = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if shipped.load(f"qtbase_{i18n.language().replace('-', '_')}", folder):
        app.installTranslator(shipped)
        _installed.append(shipped)
    # Installed last, so asked first: it also says which way the language is written.
    bridge = GettextTranslator(app)
    app.installTranslator(bridge)
    _installed.append(bridge)

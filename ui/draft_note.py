"""Says at the foot of the window that a translation is a draft which no native speaker has reviewed."""

from PySide6.QtWidgets import QLabel, QWidget

from intake_app import i18n
from intake_app.i18n import _
from ui.theme import ink
from ui.translation import tr


class DraftNote(QLabel):
    """Shown while the language of the screens is a draft, hidden otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ink(self, "muted")
        tr(self, self._show_words, self._words)

    def _show_words(self, words: str) -> None:
        self.setText(words)
        self.setVisible(bool(words))

    @staticmethod
    def _words() -> str:
        return "" if i18n.current().reviewed else _("Draft translation, not yet reviewed")

"""Says at the foot of the window that a translation is a draft, or that some of it is still in English."""

from PySide6.QtWidgets import QLabel, QWidget

from intake_app import i18n
from intake_app.i18n import _, ngettext
from ui.theme import ink
from ui.translation import tr


class DraftNote(QLabel):
    """Shown while the language of the screens is a draft or has gaps, hidden otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ink(self, "muted")
        tr(self, self._show_words, self._words)

    def _show_words(self, words: str) -> None:
        self.setText(words)
        self.setVisible(bool(words))

    @staticmethod
    def _words() -> str:
        language = i18n.current()
        draft = "" if language.reviewed else _("Draft translation, not yet reviewed")
        if not language.in_english:
            return draft
        count = language.in_english
        gaps = ngettext("{count} text is in English", "{count} texts are in English", count)
        # Two statements that stand beside each other in any language.
        return " · ".join(filter(None, (draft, gaps.format(count=count))))

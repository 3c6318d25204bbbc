"""What one key caused, said in one go."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Speech(QObject):
    """Gathers sentences until the event loop turns and says them together, in their order.

    A second message at once would replace the first in the status line before anybody heard or read it.
    """

    def __init__(self, say: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._sentences: list[str] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._speak)

    def say(self, sentence: str) -> None:
        self._sentences.append(sentence)
        self._turn.start()

    def _speak(self) -> None:
        words, self._sentences = " ".join(self._sentences), []
        self._say(words)

"""What has to be put right, at the top, with the focus and one link for each problem."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from intake_app.i18n import ngettext
from ui.accessibility import heading
from ui.link_button import LinkButton
from ui.translation import tr

Problems = Sequence[tuple[str, Callable[[], object]]]


class ErrorSummary(QFrame):
    """Hidden while there is nothing to put right. The words are the same as those beside the question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.Box)
        self._links: list[LinkButton] = []
        self.title = heading(parent=self)
        self.title.setAccessibleIdentifier("error_summary")
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.title)
        tr(self, self.title.setText, self._title_words)
        self.hide()

    def count(self) -> int:
        return len(self._links)

    def show_problems(self, problems: Problems) -> None:
        """Shows one link for each (words, go), and takes the focus; an empty list hides the summary."""
        for link in self._links:
            self._layout.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._links = [self._link(place, words, go) for place, (words, go) in enumerate(problems)]
        self.title.setText(self._title_words())
        self.setVisible(bool(self._links))
        if not self._links:
            return
        before: QWidget = self.title
        for link in self._links:
            QWidget.setTabOrder(before, link)
            before = link
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _link(self, place: int, words: str, go: Callable[[], object]) -> LinkButton:
        link = LinkButton(words.replace("&", "&&"), self)
        link.setAccessibleName(words)
        link.setAccessibleIdentifier(f"error_summary.{place + 1}")
        link.setMinimumHeight(24)
        link.clicked.connect(partial(_go, go))
        self._layout.addWidget(link)
        link.show()
        return link

    def _title_words(self) -> str:
        count = len(self._links)
        return ngettext(
            "There is a problem. {count} answer needs attention.",
            "There is a problem. {count} answers need attention.",
            count,
        ).format(count=count)


def _go(go: Callable[[], object], _checked: bool = False) -> None:
    go()

"""What a good record of the practice call holds, beside what was written, one point a row."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from intake_app.forms.library import Library
from intake_app.i18n import _
from intake_app.practice.comparison import Point
from ui.practice import words
from ui.record.panel import Panel
from ui.record.rows import Rows
from ui.translation import tr


class ComparisonPanel(Panel):
    """In place of the form, with the story beside it; Esc goes back to the very place."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__("comparison", parent)
        self._library = library
        self._points: tuple[Point, ...] = ()
        self.rows = Rows("comparison_rows")
        self.body.addWidget(self.rows, 1)
        tr(self.heading, self.heading.setText, lambda: _("A good record of this call, and yours"))
        tr(self.rows, self.rows.setAccessibleName, lambda: _("A good record of this call, and yours"))
        tr(self, lambda _words: self._show(), str)

    def show_points(self, points: Sequence[Point]) -> None:
        # What is there comes first: it is a look at what was done, not a list of what was not.
        self._points = tuple(sorted(points, key=lambda point: not point.there))
        self._show()

    def take_focus(self) -> None:
        self.rows.setFocus()

    def _show(self) -> None:
        if self._points:
            rows = [("summary", words.summary(self._points))]
            rows += [
                (str(number), words.point_words(one, self._library))
                for number, one in enumerate(self._points, start=1)
            ]
            self.rows.show_rows(rows)

"""The scrolled rows of a dialog that has more to say than a small screen at large text can hold."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ui.form.page_area import PageArea

_SHARE_OF_SCREEN = 0.7
_LEAST_SPACING_PX = 6


class DialogArea(PageArea):
    """As high as its rows need at its width, up to a share of the screen; what has the focus is in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setSpacing(_LEAST_SPACING_PX)
        self.column.setContentsMargins(4, 4, 4, 4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def sizeHint(self) -> QSize:
        layout = self.column
        width = max(self.width(), layout.minimumSize().width())
        needed = (
            layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        )
        most = round(self.screen().availableGeometry().height() * _SHARE_OF_SCREEN)
        return QSize(layout.minimumSize().width(), min(needed + 4, most))

    def minimumSizeHint(self) -> QSize:
        # Never wider than the dialog: words wrap, and nothing is to be scrolled sideways.
        return QSize(self.column.minimumSize().width(), 4 * self.fontMetrics().lineSpacing())

    def _focus_moved(self, _before: QWidget | None, _now: QWidget | None) -> None:
        self._show_again()

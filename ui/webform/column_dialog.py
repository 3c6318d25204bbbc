"""Where one column of a form goes: a list of everything that a record can hold of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from intake_app.channels.webform import mapping as uses
from intake_app.channels.webform.looking import Column
from intake_app.channels.webform.mapping import ColumnUse, targets
from intake_app.i18n import _
from ui.accessibility import heading
from ui.record.rows import Rows
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.webform.words import column_words, target_words
from ui.workplace import Workplace

_LINES_OF_LIST = 14


class ColumnDialog(AskingDialog):
    """Signals: ``chosen(str)`` the target that was chosen."""

    chosen = Signal(str)

    def __init__(
        self, workplace: Workplace, column: Column, use: ColumnUse, parent: QWidget | None = None
    ) -> None:
        super().__init__(workplace, lambda: _("Where does this column go?"), parent)
        known = targets(workplace.library)
        latest = workplace.library.latest
        self.about: QLabel = heading()
        self.about.setAccessibleIdentifier("column_about")
        self.about.setText(column_words(use.title, target_words(use.target, known, latest), column.values, 0))
        self.rows.addWidget(self.about)
        self.list = Rows("column_targets")
        add_row(
            self.rows,
            self.list,
            lambda: _("What it holds"),
            "column_targets",
            lambda: _("Type the first letters to find a row. Enter chooses."),
        )
        self.list.setMinimumHeight(_LINES_OF_LIST * self.fontMetrics().lineSpacing())
        self.list.show_rows([(key, target_words(key, known, latest)) for key in (*uses.OWN, *known)])
        self.list.go_to(use.target)
        self.list.chosen.connect(self._choose)
        self.add_deed(
            lambda: _("Choose"), "column_choose", lambda: self._choose(self.list.current_key()), default=True
        )
        self.add_deed(lambda: _("Cancel"), "column_cancel", self.reject)
        self.list.setFocus()

    def _choose(self, key: str) -> None:
        if key:
            self.accept()
            self.chosen.emit(key)

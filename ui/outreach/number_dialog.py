"""The number on the paper form that is being keyed, where it is another than the next one."""

from PySide6.QtWidgets import QLineEdit, QWidget

from intake_app import formats
from intake_app.channels.outreach.keyed_paper import LARGEST_NUMBER
from intake_app.i18n import _
from ui.outreach.batch import Batch
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.workplace import Workplace


class NumberDialog(AskingDialog):
    """A number that is there already is told once, and kept when it is saved again."""

    def __init__(self, workplace: Workplace, batch: Batch, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Number of this paper form"), parent)
        self._batch = batch
        self._told = 0
        self.number = QLineEdit()
        add_row(
            self.rows,
            self.number,
            lambda: _("Number on the form"),
            "paper_number",
            lambda: _("The next forms are counted from it."),
        )
        self.save = self.add_deed(lambda: _("Save"), "paper_number_save", self._save, default=True)
        self.add_deed(lambda: _("Cancel"), "paper_number_cancel", self.reject)
        if not batch.is_paper:
            self.show_problem(_("The open record is not keyed from paper."), self.number)
            self.save.setEnabled(False)

    def _save(self) -> None:
        self.clear_problem()
        number = read_number(self.number.text())
        if number is None:
            self.show_problem(_("Write the number on the form, from 1 to 999999"), self.number)
        elif self._batch.is_taken(number) and self._told != number:
            self._told = number
            words = _("A form with this number was keyed already. Save again if it stands on two forms.")
            self.show_problem(words, self.number)
        else:
            self._batch.renumber(number)
            self.accept()
            self.workplace.announce(_("Paper form {number}.").format(number=formats.number(number)))


def read_number(text: str) -> int | None:
    """None for what is no number of a form; ``No. 17`` and ``0017`` are 17."""
    digits = text.strip().lower().removeprefix("no.").removeprefix("#").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(LARGEST_NUMBER))):
        return None
    return int(digits) or None

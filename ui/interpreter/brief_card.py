"""What to tell the interpreter before starting: a few sentences to be read out, or printed."""

from PySide6.QtWidgets import QDialog, QWidget

from intake_app.forms.library import Library
from intake_app.i18n import _
from ui.record.rows import Rows
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.workplace import Workplace


class BriefCard(AskingDialog):
    """A sentence a row, from the code list ``interpreter_brief``, which an organisation may replace."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Before you start: tell the interpreter"), parent)
        self.sentences = Rows("interpreter_brief")
        add_row(
            self.rows,
            self.sentences,
            lambda: _("Tell the interpreter"),
            "interpreter_brief",
            lambda: _("Arrow keys read it sentence by sentence. Escape goes back."),
        )
        found = sentences(workplace.library)
        self.sentences.show_rows([(str(number), words) for number, words in enumerate(found)])
        line = self.sentences.fontMetrics().lineSpacing()
        self.sentences.setMinimumHeight(2 * line * len(found))
        self.add_deed(lambda: _("Close"), "brief_close", self.accept)
        self.add_deed(lambda: _("Print …"), "brief_print", self._print)
        self.sentences.setFocus()

    def _print(self) -> None:
        # Loaded when wanted: printing is rare, and its module costs time at the start.
        from PySide6.QtGui import QTextDocument
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            page = QTextDocument()
            page.setPlainText(printed(self.workplace.library))
            page.print_(printer)


def sentences(library: Library) -> list[str]:
    """In English whatever the language of the screens: it is what the interpreter works from."""
    return [one.label for one in library.code_list("interpreter_brief").codes]


def printed(library: Library) -> str:
    """As it goes on paper: nothing of any record."""
    return "\n\n".join([_("Before you start: tell the interpreter"), *sentences(library)])

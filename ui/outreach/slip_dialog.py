"""The slip that a person takes away, printed or read aloud: a reference, and nothing of what they told."""

from PySide6.QtWidgets import QTextEdit, QWidget

from intake_app.channels.outreach.paper import Paper
from intake_app.channels.outreach.take_away import (
    Slip,
    SlipFor,
    SlipOptions,
    make_slip,
    to_read_aloud,
)
from intake_app.i18n import _
from intake_app.store.wordings import KeptWordings
from ui.accessibility import heading
from ui.fonts import show_any_script
from ui.outreach.paper_dialog import PaperDialog
from ui.outreach.words import reason_words
from ui.rows import add_row
from ui.workplace import Workplace

_LINES = 8


class SlipDialog(PaperDialog):
    """Where a slip could harm, it says so and staff choose; while danger is marked there is none."""

    def __init__(self, workplace: Workplace, given: SlipFor, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Slip to take away"), parent)
        self._given = given
        self.warning = heading(self._warning())
        self.warning.setAccessibleIdentifier("slip_warning")
        self.warning.setVisible(bool(given.offer.reasons))
        self.rows.addWidget(self.warning)
        self.text = QTextEdit(readOnly=True)
        if self.refused:
            self.add_deed(lambda: _("Close"), "paper_close", self.reject, default=True)
            self.warning.setFocus()
            return
        self.add_words_rows()
        show_any_script(self.text)
        self.text.setFixedHeight(_LINES * self.fontMetrics().lineSpacing())
        add_row(
            self.rows,
            self.text,
            lambda: _("To read aloud, slowly"),
            "slip_text",
            lambda: _("The same words as on the paper; the reference figure by figure."),
        )
        self.add_reach_row()
        self.finish_rows()
        self.choose_language(given.language)
        for box in (self.language, self.letters):
            box.currentIndexChanged.connect(lambda _row: self._show_text())
        self.beside.toggled.connect(lambda _on: self._show_text())
        self.reach.textChanged.connect(self._show_text)
        self._show_text()
        if given.offer.reasons:
            self.warning.setFocus()
        store = workplace.store
        workplace.background.run(self, lambda: (store.wordings.all(), store.paper.known()), self._take)

    @property
    def refused(self) -> bool:
        return self._given.offer.slip is Slip.REFUSED

    def paper(self) -> Paper:
        options = SlipOptions(
            language=self.tag(),
            english_beside=self.beside.isChecked(),
            size=self.points(),
            organisation=self.workplace.store.organisation.name,
            reach=self.reach.toPlainText(),
        )
        received = self._given.received.civil
        return make_slip(self.workplace.library, self._given.reference, received, options)

    def file_name(self) -> str:
        # No reference in the name: the folder may be anybody's.
        return _("slip")

    def _take(self, found: tuple[KeptWordings, tuple[str, int]]) -> None:
        kept, (reach, _following) = found
        self.take_wordings(kept)
        self.choose_language(self._given.language)
        if not self.reach.toPlainText():
            self.reach.setPlainText(reach)
        self._show_text()

    def _show_text(self) -> None:
        self.text.setPlainText(to_read_aloud(self.paper()))

    def _warning(self) -> str:
        return "\n".join(reason_words(one) for one in self._given.offer.reasons)

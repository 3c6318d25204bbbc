"""What printing forms and giving a slip share: language, size, how to reach us; print, PDF or web page."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QFileDialog, QProgressBar, QPushButton, QTextEdit, QWidget

from intake_app.channels.outreach.paper import Paper
from intake_app.channels.outreach.paper_html import write_html
from intake_app.errors import IntakeError
from intake_app.forms.model import ENGLISH
from intake_app.i18n import _
from intake_app.reports.files import written_whole
from intake_app.store.wordings import KeptWordings
from intake_app.text import fsi, ltr
from ui.accessibility import ComboBox, heading, in_silence
from ui.messages import sentence
from ui.outreach.pages import Pages
from ui.outreach.preview import PreviewDialog
from ui.outreach.printing import PdfInMemory, Printing, on_whole_a4
from ui.outreach.words import language_words, languages, size_words, sizes
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

_REACH_LINES = 3


class PaperDialog(AskingDialog):
    """``paper`` makes what is to be printed; ``kept`` is what to remember of it."""

    def __init__(self, workplace: Workplace, title: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(workplace, title, parent)
        self._library = workplace.library
        self._tags = languages(self._library)
        self._printing = Printing(self._tell_progress, self._printed, self._print_failed, self)
        self._after: Callable[[], object] = self._clear_after
        self.outcome = heading()
        self.outcome.setAccessibleIdentifier("paper_outcome")
        self.outcome.hide()

    # Rows, in the order in which the dialogs add them

    def add_words_rows(self) -> None:
        self.language = ComboBox(self)
        self.language.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for _tag in self._tags:
            self.language.addItem("")
        add_row(self.rows, self.language, lambda: _("Language of the paper"), "paper_language")
        self.beside = self.check_row(
            lambda: _("English beside it, small"),
            "paper_english",
            lambda: _("So that staff and family can read with the person."),
        )
        self.beside.setChecked(True)
        self.letters = ComboBox(self)
        for _points in sizes():
            self.letters.addItem("")
        add_row(self.rows, self.letters, lambda: _("Size of the letters"), "paper_size")
        tr(self, lambda _words: self._name_rows(), str)

    def add_reach_row(self) -> None:
        self.reach = QTextEdit()
        self.reach.setFixedHeight((_REACH_LINES + 1) * self.fontMetrics().lineSpacing())
        add_row(
            self.rows,
            self.reach,
            lambda: _("How to reach us"),
            "paper_reach",
            lambda: _("Printed as you write it: phone, text relay, email, address. Kept for the next time."),
        )

    def check_row(
        self, text: Callable[[], str], identifier: str, hint: Callable[[], str] | None = None
    ) -> QCheckBox:
        box = QCheckBox()
        box.setAccessibleIdentifier(identifier)
        tr(box, box.setText, text)
        if hint is not None:
            tr(box, box.setAccessibleDescription, hint)
        self.rows.addWidget(box)
        return box

    def finish_rows(self) -> None:
        """Call when all questions are in place."""
        self.progress = QProgressBar()
        self.progress.setAccessibleIdentifier("paper_progress")
        self.progress.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tr(self.progress, self.progress.setAccessibleName, lambda: _("Progress"))
        self.progress.hide()
        self.rows.addWidget(self.progress)
        self.rows.addWidget(self.outcome)
        self.look = self.add_deed(lambda: _("Preview"), "paper_preview", self._preview)
        self.print = self.add_deed(lambda: _("Print …"), "paper_print", self._choose_printer, default=True)
        self.pdf = self.add_deed(lambda: _("Save a print copy (PDF) …"), "paper_pdf", self._choose_pdf)
        tr(self.pdf, self.pdf.setAccessibleDescription, self._pdf_hint)
        self.html = self.add_deed(lambda: _("Save a web page …"), "paper_html", self._choose_html)
        self.stop = self.add_deed(lambda: _("Stop"), "paper_stop", self._stop)
        self.stop.hide()
        self._deed = self.print
        self.add_deed(lambda: _("Close"), "paper_close", self.reject)

    # To be said by each dialog

    def paper(self) -> Paper:
        """Raises PaperRefused, or anything else that ``field_of`` knows the place of."""
        raise NotImplementedError

    def field_of(self, _error: IntakeError) -> QWidget:
        return self.language

    def following(self) -> int | None:
        """The number of the form after those that were printed; None for a paper without numbers."""
        return None

    def file_name(self) -> str:
        raise NotImplementedError

    # What was chosen

    def tag(self) -> str:
        return self._tags[max(0, self.language.currentIndex())]

    def points(self) -> int:
        return sizes()[max(0, self.letters.currentIndex())]

    def choose_language(self, tag: str) -> None:
        if tag in self._tags:
            self.language.setCurrentIndex(self._tags.index(tag))

    def take_wordings(self, kept: KeptWordings) -> None:
        """Another computer may have named a reviewer since."""
        self._library.wordings.use(kept.approvals, kept.sheets)
        chosen = self.tag() if self.language.count() else ENGLISH
        self._tags = languages(self._library)
        while self.language.count() < len(self._tags):
            self.language.addItem("")
        self._name_rows()
        self.choose_language(chosen)

    # Deeds

    def _preview(self) -> None:
        pages = self._pages()
        if pages is None:
            return
        self._begin(lambda: self._open_preview(pages), self.look)
        self._printing.run(True for _slice in pages.build())

    def _open_preview(self, pages: Pages) -> None:
        preview = PreviewDialog(self.workplace, pages, self)
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.open()

    def _choose_printer(self) -> None:
        if self._pages() is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        on_whole_a4(printer)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def print_on(self, printer: QPrinter) -> None:
        pages = self._pages()
        if pages is None:
            return
        # Its own name in the printer's queue: no name of anybody, no reference.
        printer.setDocName("Intake")
        on_whole_a4(printer)

        def done() -> None:
            self._tell(_("Sent to the printer."))
            self._remember()

        self._begin(done, self.print)
        self._printing.start(pages, printer, printer.resolution())

    def _choose_pdf(self) -> None:
        if self._pages() is not None and (path := self._new_file("PDF (*.pdf)", ".pdf")):
            self.save_pdf(path)

    def save_pdf(self, path: Path) -> None:
        pages = self._pages()
        if pages is None:
            return
        pdf = PdfInMemory(pages.paper.title)
        self._begin(lambda: self._write(path, pdf.data()), self.pdf)
        self._printing.start(pages, pdf.writer, pdf.dots_per_inch)

    def _choose_html(self) -> None:
        if self._pages() is not None and (path := self._new_file("HTML (*.html)", ".html")):
            self.save_html(path)

    def save_html(self, path: Path) -> None:
        if (paper := self._made()) is not None:
            self.workplace.background.run(
                self, lambda: write_html(paper).encode(), lambda data: self._write(path, data), self._failed
            )

    def _write(self, path: Path, data: bytes) -> None:
        def write() -> None:
            with written_whole(path) as out:
                out.write(data)

        def done(_none: object) -> None:
            self._tell(_("Saved: {path}").format(path=ltr(str(path))))
            self._remember()

        self.workplace.background.run(self, write, done, self._failed)

    def _remember(self) -> None:
        reach, following, store = self.reach.toPlainText(), self.following(), self.workplace.store
        self.workplace.background.run(
            self, lambda: store.paper.keep(reach, following), lambda _none: None, self._failed
        )

    # While it prints

    def reject(self) -> None:
        """Closing stops the printing first."""
        if self._printing.running:
            self._stop()
            return
        super().reject()

    def _begin(self, after: Callable[[], object], deed: QPushButton) -> None:
        self.clear_problem()
        self._deed = deed
        self._after = after
        self.outcome.hide()
        self.progress.setRange(0, 0)
        self.progress.show()
        for deed in (self.look, self.print, self.pdf, self.html):
            deed.setEnabled(False)
        self.stop.show()
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _printed(self) -> None:
        self._ended()
        after, self._after = self._after, self._clear_after
        after()

    def _print_failed(self) -> None:
        self._ended()
        self.show_problem(
            _("The printer did not take it. Look whether it is on and has paper, then print again."),
            self.print,
        )

    def _stop(self) -> None:
        self._printing.stop()
        self._after = self._clear_after
        self._ended()
        self._tell(_("Stopped. Pages that had gone to the printer may still come out."))

    def _ended(self) -> None:
        # The focus wanders while controls go and come; only where it ends is to be heard.
        with in_silence():
            self.progress.hide()
            for deed in (self.look, self.print, self.pdf, self.html):
                deed.setEnabled(True)
            self._deed.setFocus(Qt.FocusReason.OtherFocusReason)
            self.stop.hide()

    def _tell(self, words: str) -> None:
        with in_silence():
            self.outcome.setText(words)
            self.outcome.show()
            self.fit()
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear_after(self) -> None:
        """Nothing is to be done after printing that was never begun."""

    def _made(self) -> Paper | None:
        """None where something has to be mended first, and that is said."""
        self.clear_problem()
        try:
            return self.paper()
        except IntakeError as error:
            self.show_error(error, self.field_of(error))
            return None

    def _pages(self) -> Pages | None:
        paper = self._made()
        if paper is None:
            return None
        pages = Pages(paper)
        if missing := pages.missing():
            words = _("This computer has no letters for: {words}")
            self.show_problem(words.format(words=fsi(missing[0])), self.reach)
            return None
        return pages

    def _failed(self, error: IntakeError) -> None:
        self.show_problem(sentence(error), self.print)

    def _new_file(self, kinds: str, ending: str) -> Path | None:
        name = f"{self.file_name()}{ending}"
        found, _kind = QFileDialog.getSaveFileName(self, self.windowTitle(), name, kinds)
        return Path(found) if found else None

    def _name_rows(self) -> None:
        for row, tag in enumerate(self._tags):
            self.language.setItemText(row, language_words(self._library, tag))
        for row, points in enumerate(sizes()):
            self.letters.setItemText(row, size_words(points))

    @staticmethod
    def _pdf_hint() -> str:
        return _("Only for printing: a screen reader cannot use it. The web page can be read by one.")

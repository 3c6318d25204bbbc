"""What the organisation says of the questions in other languages: who checked them, and what people see."""

from collections import Counter
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from intake_app.approvals import Approval
from intake_app.errors import IntakeError
from intake_app.forms import translator_sheet
from intake_app.forms.code_lists import by_need, shown_name
from intake_app.forms.model import CodeList
from intake_app.forms.prompts import PromptStatus
from intake_app.forms.translator_sheet import TakenIn
from intake_app.i18n import _, ngettext
from intake_app.store.wordings import KeptWordings
from intake_app.text import ltr, without_isolates
from ui.accessibility import ComboBox
from ui.form.person_language import language_row
from ui.rows import add_row, note
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

_WORKBOOKS = "*.xlsx"
_ENGLISH = ("en", "en-GB")
_SHOWN_LETTERS = 24


class WordingsDialog(AskingDialog):
    """One language at a time. Naming a reviewer holds for the words as they are now, for no later ones.

    For a translator every text is written into one workbook, and taken in again from it: also in a language
    that came with no words.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Questions in other languages"), parent)
        self._library = workplace.library
        self._wordings = workplace.library.wordings
        self._tags = [one.code for one in by_need(self._languages) if one.code not in _ENGLISH]
        self.rows.addWidget(
            note(
                lambda: _(
                    "Every translation here is a draft until somebody who speaks the language has checked "
                    "it. Until then it is an aid for staff and interpreters, and people are not shown it."
                )
            )
        )
        self.language = ComboBox(self)
        # As wide as the dialog, not as the longest name of a language.
        self.language.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.language.setMinimumContentsLength(_SHOWN_LETTERS)
        add_row(self.rows, self.language, lambda: _("Language"), "wording_language")
        self.reviewer = QLineEdit()
        add_row(
            self.rows,
            self.reviewer,
            lambda: _("Checked by"),
            "wording_reviewer",
            lambda: _("The name of whoever speaks the language and has read every question. Empty: nobody."),
        )
        self.drafts = QCheckBox()
        self.drafts.setAccessibleIdentifier("wording_drafts")
        tr(self.drafts, self.drafts.setText, lambda: _("Show people unchecked words too, marked as a draft"))
        self.rows.addWidget(self.drafts)
        self.rows.addWidget(
            note(
                lambda: _(
                    "Never shown unchecked: danger, confidentiality, what they agree to, and equality. "
                    "The person is then shown English, and may ask for an interpreter."
                )
            )
        )
        self.add_deed(lambda: _("Keep"), "wording_keep", self._keep, default=True)
        self.add_deed(lambda: _("For a translator …"), "wording_write", self._write)
        self.add_deed(lambda: _("Take in a translation …"), "wording_take_in", self._choose_file)
        self.add_deed(lambda: _("Close"), "wording_close", self.reject)
        self.language.currentIndexChanged.connect(lambda _row: self._show_language())
        tr(self, lambda _words: self._show_rows(), str)
        workplace.background.run(self, workplace.store.wordings.all, self._take)

    @property
    def _languages(self) -> CodeList:
        return self.workplace.library.code_list("languages")

    def _take(self, kept: KeptWordings) -> None:
        self._wordings.use(kept.approvals, kept.sheets)
        self._show_rows()
        self._show_language()

    def _show_rows(self) -> None:
        for row, tag in enumerate(self._tags):
            # By the name that an English voice can read, and that letters typed find.
            name = shown_name(self._languages, tag)
            words = without_isolates(language_row(name, name, self._wordings.status(tag)))
            if row < self.language.count():
                self.language.setItemText(row, words)
            else:
                self.language.addItem(words)

    def _show_language(self) -> None:
        approval = self._wordings.approval(self._tag())
        self.reviewer.setText(approval.reviewed_by)
        self.drafts.setChecked(approval.shows_drafts)

    def _tag(self) -> str:
        return self._tags[self.language.currentIndex()]

    def _name(self) -> str:
        return shown_name(self._languages, self._tag())

    def _by(self) -> str:
        member = self.workplace.store.staff.current
        return member.id if member is not None else ""

    # Who has checked it

    def _keep(self) -> None:
        tag, name, by = self._tag(), self.reviewer.text().strip(), self._by()
        wanted = Approval(
            language=tag,
            reviewed_by=name,
            shows_drafts=self.drafts.isChecked(),
            hashes=self._wordings.hashes(tag) if name else {},
        )
        wordings = self.workplace.store.wordings

        def keep() -> KeptWordings:
            wordings.approve(wanted, by)
            return wordings.all()

        self.clear_problem()
        self.workplace.background.run(self, keep, self._kept, self._failed)

    def _kept(self, kept: KeptWordings) -> None:
        self._take(kept)
        checked = self._wordings.status(self._tag()) is PromptStatus.OFFICIAL
        said = _("{language}: kept, checked.") if checked else _("{language}: kept, a draft.")
        self.workplace.announce(said.format(language=self._name()))

    def _failed(self, error: IntakeError) -> None:
        self.show_error(error, self.reviewer)

    # For a translator

    def _write(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("A workbook for the translator"), f"intake-{self._tag()}.xlsx", _WORKBOOKS
        )
        if chosen:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Every text for the person beside its English."""
        tag, library = self._tag(), self._library

        def done(count: int) -> None:
            said = ngettext("{count} text written to {file}.", "{count} texts written to {file}.", count)
            self.workplace.announce(said.format(count=count, file=ltr(path.name)))

        self.clear_problem()
        self.workplace.background.run(
            self, lambda: translator_sheet.write(path, library, tag), done, self._failed
        )

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Take in a translation"), "", _WORKBOOKS)
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path) -> None:
        """The organisation's own words from now on; a draft until somebody else has read them."""
        tag, library, by = self._tag(), self._library, self._by()
        wordings = self.workplace.store.wordings

        def read() -> tuple[TakenIn, KeptWordings]:
            found = translator_sheet.take_in(path, library, tag)
            wordings.take_in(found.sheets, by)
            return found, wordings.all()

        self.clear_problem()
        self.workplace.background.run(self, read, self._taken_in, self._failed)

    def _taken_in(self, found: tuple[TakenIn, KeptWordings]) -> None:
        taken, kept = found
        self._take(kept)
        count = taken.texts
        said = ngettext("{language}: {count} text taken in.", "{language}: {count} texts taken in.", count)
        words = [said.format(language=self._name(), count=count)]
        if taken.left_out:
            words.append(left_out_words(taken))
            self.show_problem(" ".join(words), self.language)
        self.workplace.announce(" ".join(words))


def left_out_words(taken: TakenIn) -> str:
    """How many rows were left out, why, and where to look first."""
    reasons = {
        "unknown": _("no such text here"),
        "fields": _("the words in braces differ"),
        "numbers": _("a number is missing"),
    }
    counts = Counter(reason for _row, reason in taken.left_out)
    told = ", ".join(f"{reasons[reason]}: {count}" for reason, count in counts.items())
    rows = ", ".join(str(row) for row, _reason in taken.left_out[:5])
    return _("Left out ({reasons}), first in rows {rows}. Mend them and take the file in again.").format(
        reasons=told, rows=rows
    )

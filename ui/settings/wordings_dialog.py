"""What the organisation says of the questions in other languages: who checked them, and what people see."""

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from intake_app.approvals import Approval
from intake_app.forms.code_lists import by_need, language_names
from intake_app.forms.prompts import PromptStatus
from intake_app.i18n import _
from ui.accessibility import ComboBox
from ui.form.person_language import language_row
from ui.rows import add_row, note
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace


class WordingsDialog(AskingDialog):
    """One language at a time. Naming a reviewer holds for the words as they are now, for no later ones."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Questions in other languages"), parent)
        self._wordings = workplace.library.wordings
        self._tags = self._ordered()
        self.rows.addWidget(
            note(
                lambda: _(
                    "Every translation here is a draft until somebody who speaks the language has checked "
                    "it. Until then it is an aid for staff and interpreters, and people are not shown it."
                )
            )
        )
        self.language = ComboBox(self)
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
        self.add_deed(lambda: _("Close"), "wording_close", self.reject)
        self.deeds.addStretch(1)
        self.language.currentIndexChanged.connect(lambda _row: self._show_language())
        tr(self, lambda _words: self._show_rows(), str)
        self.fit()
        workplace.background.run(self, workplace.store.wordings.approvals, self._take)

    def _ordered(self) -> list[str]:
        languages = by_need(self.workplace.library.code_list("languages"))
        worded = self._wordings.languages()
        return [one.code for one in languages if one.code in worded]

    def _take(self, approvals: tuple[Approval, ...]) -> None:
        self._wordings.approve(approvals)
        self._show_rows()
        self._show_language()

    def _show_rows(self) -> None:
        names = self.workplace.library.code_list("languages")
        for row, tag in enumerate(self._tags):
            name, own = language_names(names, tag)
            words = language_row(own, name, self._wordings.status(tag))
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

    def _keep(self) -> None:
        tag, workplace = self._tag(), self.workplace
        name = self.reviewer.text().strip()
        wanted = Approval(
            language=tag,
            reviewed_by=name,
            shows_drafts=self.drafts.isChecked(),
            hashes=self._wordings.hashes(tag) if name else {},
        )
        member = workplace.store.staff.current
        by = member.id if member is not None else ""

        def kept(_approval: object) -> None:
            workplace.background.run(self, workplace.store.wordings.approvals, self._kept)

        workplace.background.run(
            self,
            lambda: workplace.store.wordings.approve(wanted, by),
            kept,
            lambda error: self.show_error(error, self.reviewer),
        )

    def _kept(self, approvals: tuple[Approval, ...]) -> None:
        self._take(approvals)
        name = language_names(self.workplace.library.code_list("languages"), self._tag())[0]
        checked = self._wordings.status(self._tag()) is PromptStatus.OFFICIAL
        said = _("{language}: kept, checked.") if checked else _("{language}: kept, a draft.")
        self.workplace.announce(said.format(language=name))

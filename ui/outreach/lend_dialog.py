"""Before the screen is handed to the person: what that does, what it does not, and in which language."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.channels.outreach.respondent import prompts_shown, questions
from intake_app.drafting import Draft
from intake_app.forms.model import ENGLISH
from intake_app.i18n import _, ngettext
from intake_app.store.wordings import KeptWordings
from ui.accessibility import ComboBox
from ui.outreach.words import language_words, languages
from ui.record import words
from ui.rows import add_row, note
from ui.settings.asking_dialog import AskingDialog
from ui.workplace import Workplace


class LendDialog(AskingDialog):
    """Signals: ``lent(str)`` the tag of the language that was chosen, empty for English."""

    lent = Signal(str)

    def __init__(
        self, workplace: Workplace, draft: Draft, item: str, key: str, parent: QWidget | None = None
    ) -> None:
        """``key`` takes the screen back."""
        super().__init__(workplace, lambda: _("Hand the screen to the person"), parent)
        self._draft, self._item = draft, item
        reference = words.reference(draft.record.reference)
        self.rows.addWidget(
            note(
                lambda: _(
                    "They answer by themselves, one question a page, in record {reference}. Intake shows "
                    "them no other record, list or menu."
                ).format(reference=reference)
            )
        )
        self.rows.addWidget(
            note(
                lambda: _(
                    "This is a soft lock. Somebody can still change to another program of this computer, "
                    "and then to whatever is open there. Stay near, and close what nobody may see."
                )
            )
        )
        self.rows.addWidget(
            note(
                lambda: _(
                    "You take the screen back with {key}. On the last page there is a button for it too: "
                    "hold it for three seconds."
                ).format(key=key)
            )
        )
        self.language = ComboBox()
        add_row(self.rows, self.language, lambda: _("Language of the questions"), "lend_language")
        self.told = note(str)
        # Heard at the language, which it is about.
        self.told.setAccessibleName(" ")
        self.rows.addWidget(self.told)
        self.go = self.add_deed(lambda: _("Hand over"), "lend_go", self._lend, default=True)
        self.add_deed(lambda: _("Cancel"), "lend_cancel", self.reject)
        self.go.setEnabled(False)
        store = workplace.store
        # Another computer may have named a reviewer since.
        workplace.background.run(self, store.wordings.all, self._show)

    def _show(self, kept: KeptWordings) -> None:
        library = self.workplace.library
        library.wordings.use(kept.approvals, kept.sheets)
        for tag in languages(library):
            self.language.addItem(language_words(library, tag), "" if tag == ENGLISH else tag)
        self.language.setCurrentIndex(max(self.language.findData(self._draft.record.asked_in), 0))
        self.language.currentIndexChanged.connect(lambda _row: self._tell())
        self._tell()
        self.go.setEnabled(True)
        self.fit()

    def _tell(self) -> None:
        tag, library = self.language.currentData(), self.workplace.library
        asked = questions(self._draft, library, self._item)
        count = len(asked)
        said = ngettext("{count} question at first.", "{count} questions at first.", count)
        said = said.format(count=count)
        if tag:
            shown = [prompts_shown(library, one, tag).say(one.question).is_foreign for one in asked]
            if english := shown.count(False):
                in_english = ngettext(
                    "{count} of them is in English: its words in this language may not be shown.",
                    "{count} of them are in English: their words in this language may not be shown.",
                    english,
                )
                said += " " + in_english.format(count=english)
        self.told.setText(said)
        self.language.setAccessibleDescription(said)

    def _lend(self) -> None:
        self.accept()
        self.lent.emit(self.language.currentData())

"""The person's language on the page: chosen for the record, and one question shown large for them to read."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from intake_app import drafting
from intake_app.forms.code_lists import shown_name, wording_tag
from intake_app.forms.prompts import PromptStatus
from intake_app.i18n import ENGLISH, _
from intake_app.store.wordings import KeptWordings
from ui.form.person_language import PersonLanguage
from ui.record.enlarged import EnlargedView
from ui.record.open_record import OpenRecord
from ui.record.parts import Parts
from ui.record.person_language_dialog import PersonLanguageDialog
from ui.workplace import Workplace


class PersonWords(QObject):
    """Nothing is retyped when the language changes: each answer keeps the words that it was asked in."""

    def __init__(
        self, parts: Parts, record: OpenRecord, workplace: Workplace, person: PersonLanguage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._record = record
        self._workplace = workplace
        self._person = person
        self.dialog: PersonLanguageDialog | None = None
        self.view: EnlargedView | None = None
        self._offered: set[tuple[str, str]] = set()
        person.changed.connect(self._person_changed)

    def choose(self) -> None:
        """At any moment of the conversation."""
        self.dialog = PersonLanguageDialog(self._workplace, self._parts.shell)
        self.dialog.chosen.connect(self._chosen)
        self.dialog.open()

    def _chosen(self, tag: str) -> None:
        asked_in = "" if tag == ENGLISH else tag
        if asked_in != self._record.draft.record.asked_in:
            self._record.apply(drafting.with_record(self._record.current(), asked_in=asked_in))
        self._look_what_is_approved(lambda: self._workplace.announce(self._told()))

    def offer(self, language: str) -> None:
        """The person said which language they speak or read: says once how the questions come in it."""
        library = self._workplace.library
        tag = wording_tag(library.code_list("languages"), language, library.wordings.languages())
        if tag and (tag, self._record.draft.id) not in self._offered and tag != self._person.tag:
            self._offered.add((tag, self._record.draft.id))
            name = shown_name(library.code_list("languages"), tag)
            said = _("Ctrl+Shift+W shows the questions in {language}.").format(language=name)
            form = self._parts.form_pane.form
            if form is not None:
                # In one go with what the list says of the choice, which took its place (heard).
                form.say_too(said)
            else:
                self._workplace.announce(said)

    def _person_changed(self) -> None:
        if not self._person.is_english:
            self._look_what_is_approved(lambda: None)

    def _told(self) -> str:
        person, language = self._person, self._person.name()
        if person.is_english:
            return _("Questions in English only.")
        status = self._workplace.library.wordings.status(person.tag)
        if status is PromptStatus.OFFICIAL:
            return _("Questions in {language} beside the English.").format(language=language)
        if status is PromptStatus.DRAFT:
            return _(
                "Questions in {language} beside the English: a draft that nobody who speaks it has checked."
            ).format(language=language)
        return _("There are no questions in {language}. Offer an interpreter: F5.").format(language=language)

    def enlarge(self) -> None:
        """The question that has the focus, or had it last, on the whole screen."""
        form = self._parts.form_pane.form
        if form is None:
            return
        self.view = EnlargedView(form, self._workplace.announce, self._parts.shell)
        self.view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view.showFullScreen()
        # The title and the words themselves are read when a dialog opens (heard).
        said = (self.view.shown_words(), _("Esc goes back."))
        self._workplace.announce(" ".join(one for one in said if one))

    def _look_what_is_approved(self, then: Callable[[], object]) -> None:
        """Another computer may have named a reviewer since."""
        store, wordings = self._workplace.store, self._workplace.library.wordings

        def done(kept: KeptWordings) -> None:
            if wordings.use(kept.approvals, kept.sheets):
                self._person.changed.emit()
            then()
            if unreadable := wordings.take_unreadable():
                said = _("The wording in {files} cannot be read: those questions are in English.")
                self._workplace.announce(said.format(files=", ".join(unreadable)))

        self._workplace.background.run(self, store.wordings.all, done)

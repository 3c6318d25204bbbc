"""Takes a translation of what was told, beside the original, and who compared the two; no word is changed."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QTextEdit, QVBoxLayout, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n import _
from intake_app.narratives import ENGLISH, digest, in_order, is_current, waiting_for_translation
from intake_app.records import Method, Narrative, NarrativeKind, Record
from intake_app.text import clean_text
from ui.accessibility import ComboBox
from ui.fonts import show_any_script
from ui.form.wrapped_buttons import NamedBox, WrappedRadio
from ui.languages import Languages
from ui.narrative import NarrativeBox
from ui.narrative_words import method_words, title
from ui.record.rows import Rows
from ui.record.words import quoted
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

_LINES_SHOWN = 4
_ROWS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Work:
    """One row: an original to translate, or a translation that is there, to be checked or made better."""

    original: Narrative
    translation: Narrative | None


class TranslateDialog(AskingDialog):
    """What is typed for one text stays while another is looked at.

    Signals: ``kept()`` a new version of the record is saved.
    """

    kept = Signal()

    def __init__(self, workplace: Workplace, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Translate"), parent)
        self._record = record
        self._languages = Languages(workplace.library)
        self._work = _work(record)
        self._shown = ""
        self._typed: dict[str, str] = {}
        self._warned = False
        self._built = False
        show_any_script(self)
        self._build()
        self._built = True
        self._size_texts()
        waiting = {one.id for one in waiting_for_translation(record)}
        first = next((key for key, one in self._work.items() if one.original.id in waiting), "")
        keys = list(self._work)
        self.texts.setCurrentIndex(self.texts.words.index(keys.index(first) if first else 0))
        self._show()
        self.texts.moved.connect(self._show)
        self.fit()

    def _build(self) -> None:
        self.texts = Rows("translate_texts")
        self.texts.show_rows([(key, self._row(one)) for key, one in self._work.items()])
        add_row(self.rows, self.texts, lambda: _("Texts of this record"), "translate_texts")
        self.original = QTextEdit(readOnly=True)
        self._original_label = add_row(self.rows, self.original, self._original_words, "translate_original")
        self.language = ComboBox()
        for found in self._languages.rows("", self.workplace.clock().civil, (ENGLISH,)):
            self._offer(str(found.value), found.text)
        add_row(self.rows, self.language, lambda: _("Translation into"), "translate_language")
        self.box = NarrativeBox()
        add_row(self.rows, self.box, lambda: _("Translation"), "translate_text")
        self.translator = QLineEdit()
        add_row(
            self.rows,
            self.translator,
            lambda: _("Who made it"),
            "translate_by",
            lambda: _("A name, or that of the program."),
        )
        self.rows.addWidget(self._methods())
        self.checker = QLineEdit()
        add_row(
            self.rows,
            self.checker,
            lambda: _("Checked by"),
            "translate_checked_by",
            lambda: _("Who has compared it with the original. Empty if nobody has."),
        )
        self.add_deed(lambda: _("Go back"), "translate_back", self.reject)
        self.add_deed(lambda: _("Keep the translation"), "translate_keep", self._keep)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._built:
            self._size_texts()
            self.fit()

    def _size_texts(self) -> None:
        """Lists and boxes are as high as what they show in letters of today's size."""
        line = self.fontMetrics().height()
        rows = min(len(self._work), _ROWS_SHOWN) * self.texts.sizeHintForRow(0)
        self.texts.setFixedHeight(rows + line)
        for box in (self.original, self.box):
            box.setFixedHeight(_LINES_SHOWN * line)

    def _methods(self) -> QWidget:
        box = NamedBox()
        tr(box, box.setAccessibleName, lambda: _("How it was made"))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(self)
        self.methods: dict[str, WrappedRadio] = {}
        for method in Method:
            radio = self.methods[method] = WrappedRadio(box)
            radio.setAccessibleIdentifier(f"translate_{method}")
            tr(radio, radio.show_text, _method(method))
            self._group.addButton(radio)
            column.addWidget(radio)
        return box

    # What is shown

    def _show(self) -> None:
        if self._shown:
            self._typed[self._shown] = self.box.words()
        key = self._shown = self.texts.current_key()
        work = self._work[key]
        made = work.translation
        self.original.setPlainText(work.original.text)
        self._original_label.setText(self._original_words())
        self.original.setAccessibleName(self._original_words())
        self._choose_language(made.language if made is not None else ENGLISH)
        self.box.set_words(self._typed.get(key, made.text if made is not None else ""))
        self.translator.setText(made.translator if made is not None else "")
        self._choose_method(made.method if made is not None else "")
        self.checker.setText(made.checked_by if made is not None else "")
        self.clear_problem()

    def _row(self, work: _Work) -> str:
        narrative = work.translation or work.original
        return f"{title(narrative, self._languages)}: {quoted(narrative.text)}"

    def _original_words(self) -> str:
        return title(self._work[self._shown].original, self._languages) if self._shown else _("The words")

    def _offer(self, code: str, text: str) -> None:
        tag = self._languages.written(code)[0]
        if self.language.findData(tag) < 0:
            self.language.addItem(text, tag)

    def _choose_language(self, tag: str) -> None:
        self._offer(tag, self._languages.name(tag))
        self.language.setCurrentIndex(self.language.findData(tag))

    def _choose_method(self, method: str) -> None:
        self._group.setExclusive(False)
        for code, radio in self.methods.items():
            radio.setChecked(code == method)
        self._group.setExclusive(True)

    # What is kept

    def _keep(self) -> None:
        self.clear_problem()
        words = self.box.words()
        translator = clean_text(self.translator.text()).strip()
        method = next((code for code, radio in self.methods.items() if radio.isChecked()), "")
        if not words.strip():
            self.show_problem(_("Write the translation"), self.box)
        elif not translator:
            self.show_problem(_("Write who made it"), self.translator)
        elif not method:
            self.show_problem(_("Say how it was made"), self.methods[Method.STAFF])
        else:
            self._save(self._made(words, translator, method))

    def _made(self, words: str, translator: str, method: str) -> Narrative:
        work, language = self._work[self._shown], str(self.language.currentData())
        checker = clean_text(self.checker.text()).strip()
        before = work.translation
        same = before is not None and (before.text, before.language) == (words, language)
        if before is None or not same:
            # Other words are another translation; the one before stays as it was.
            before = Narrative(
                id=self.workplace.ids(),
                text=words,
                kind=NarrativeKind.TRANSLATION,
                language=language,
                speaker=work.original.speaker,
                derived_from=work.original.id,
            )
        facts: dict[str, object] = {"translator": translator, "method": method, "checked_by": checker}
        if not checker:
            facts["checked"] = None
        elif not same or checker != before.checked_by or not is_current(before, work.original):
            facts["checked"] = self.workplace.clock()
        if checker or not same:
            facts["of_text"] = digest(work.original.text)
        return before.model_copy(update=facts)

    def _save(self, made: Narrative) -> None:
        store, record = self.workplace.store, self._record.id

        def done(_record: Record) -> None:
            self._typed.clear()
            self._warned = True
            self.accept()
            self.kept.emit()

        def save() -> Record:
            member = store.staff.current
            by = member.id if member is not None else ""
            return store.records.translate(
                record, made if made.by else made.model_copy(update={"by": by}), by
            )

        self.workplace.background.run(self, save, done, self._refused)

    def _refused(self, error: IntakeError) -> None:
        self.show_error(error, self.box)

    def reject(self) -> None:
        """Words that only the dialog holds are not thrown away by one key."""
        self._typed[self._shown] = self.box.words()
        lost = any(
            words.strip() and words != (made.text if (made := self._work[key].translation) else "")
            for key, words in self._typed.items()
        )
        if lost and not self._warned:
            self._warned = True
            self.show_problem(
                _("The translation is not kept yet. Go back once more to throw it away."), self.box
            )
            return
        super().reject()


def _work(record: Record) -> dict[str, _Work]:
    by_id = {one.id: one for one in record.narratives}
    found = {}
    for one in in_order(record.narratives):
        if one.kind is NarrativeKind.TRANSLATION:
            original = by_id.get(one.derived_from)
            if original is not None:
                found[one.id] = _Work(original, one)
        elif one.text.strip():
            found[one.id] = _Work(one, None)
    return found


def _method(method: Method) -> Callable[[], str]:
    return lambda: _("Made {how}").format(how=method_words(method))

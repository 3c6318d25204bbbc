"""Online responses, the second step: where each column goes, the first records, and bringing them in."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QGroupBox,
    QLineEdit,
    QRadioButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from intake_app.channels.webform import mapping as uses
from intake_app.channels.webform.looking import unknown_answers
from intake_app.channels.webform.mapping import ColumnUse, FormMapping, targets
from intake_app.channels.webform.moments import Order
from intake_app.drafting import Draft
from intake_app.i18n import _
from intake_app.text import clean_text
from ui.accessibility import heading
from ui.record.rows import Rows
from ui.rows import add_row
from ui.settings.working_dialog import WorkingDialog
from ui.theme import em
from ui.translation import tr
from ui.webform import words
from ui.webform.answers_dialog import AnswersDialog
from ui.webform.column_dialog import ColumnDialog
from ui.webform.found import found_of
from ui.webform.preview import preview_words
from ui.workplace import Workplace

_LINES_OF_LIST = 7
_LINES_OF_PREVIEW = 8
_LINES_LEFT_OUT = 5
_WIDTH_EM = 52
_MOST_OF_SCREEN = 0.8
_DAY, _MONTH = 0, 1


class FormDialog(WorkingDialog):
    """Nothing is brought in before its first records were shown as they will be."""

    def __init__(
        self, workplace: Workplace, path: str, report: dict[str, Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(workplace, lambda: _("Where the columns go"), lambda: _("Bring in"), parent)
        self._path = path
        self._found = found_of(report)
        self._uses: list[ColumnUse] = [one.use for one in self._found.columns]
        self._targets = targets(workplace.library)
        self._dry = True
        self._previewed: FormMapping | None = None
        found = self._found
        self.about = heading()
        self.about.setAccessibleIdentifier("form_about")
        tr(self.about, self.about.setText, lambda: words.about_words(found))
        self.rows.addWidget(self.about)
        self._build_columns()
        self._build_names()
        self.dates = self._build_dates()
        self.to_check = QCheckBox()
        self.to_check.setAccessibleIdentifier("form_to_check")
        tr(
            self.to_check,
            self.to_check.setText,
            lambda: _("Look through every response before it is finished"),
        )
        self.to_check.setChecked(found.mapping.to_check)
        self.rows.addWidget(self.to_check)
        self._build_results()
        self.finish_rows()
        self.begin.setDefault(False)
        self.look.setDefault(True)
        tr(self, lambda _text: self._show_columns(), lambda: "")

    def showEvent(self, event: QShowEvent) -> None:
        # A row is a title and what people answered: narrow, each of them would be a paragraph.
        most = round(self.screen().availableSize().width() * _MOST_OF_SCREEN)
        self.resize(max(self.width(), min(em(self, _WIDTH_EM), most)), self.height())
        super().showEvent(event)

    # What is on it

    def _build_columns(self) -> None:
        self.columns = Rows("form_columns")
        add_row(
            self.rows,
            self.columns,
            lambda: _("Columns, and where each goes"),
            "form_columns",
            lambda: _("Enter: say where it goes."),
        )
        self.columns.setMinimumHeight(_LINES_OF_LIST * self.fontMetrics().lineSpacing())
        self.columns.chosen.connect(lambda _key: self._ask_column())
        self.columns.moved.connect(self._show_deeds)

    def _build_names(self) -> None:
        self.name, self.partner = QLineEdit(), QLineEdit()
        self.name.setText(self._found.mapping.name)
        self.partner.setText(self._found.mapping.partner)
        add_row(
            self.rows,
            self.name,
            lambda: _("Name of the form (required)"),
            "form_name",
            lambda: _("A response is known again by it and by its id. Keep the name for the same form."),
        )
        add_row(
            self.rows,
            self.partner,
            lambda: _("Partner organisation"),
            "form_partner",
            lambda: _("Only if it is another organisation’s form. It is written in each record."),
        )

    def _build_dates(self) -> QGroupBox:
        box = QGroupBox()
        tr(box, box.setTitle, lambda: _("What is 3/9/2026 in this file? (required)"))
        column = QVBoxLayout(box)
        self._order = QButtonGroup(self)
        labels = {
            _DAY: lambda: _("3 September: the day first"),
            _MONTH: lambda: _("9 March: the month first"),
        }
        for number, name in ((_DAY, "day_first"), (_MONTH, "month_first")):
            radio = QRadioButton()
            radio.setAccessibleIdentifier(f"form_{name}")
            tr(radio, radio.setText, labels[number])
            self._order.addButton(radio, number)
            column.addWidget(radio)
        said = self._found.mapping.day_first
        if said is not None:
            self._order.button(_DAY if said else _MONTH).setChecked(True)
        self.rows.addWidget(box)
        return box

    def _build_results(self) -> None:
        self.preview = QTextEdit(readOnly=True)
        self._preview_label = add_row(
            self.rows, self.preview, lambda: _("The first records as they will be"), "form_preview"
        )
        self.left_out = QTextEdit(readOnly=True)
        self._left_label = add_row(
            self.rows, self.left_out, lambda: _("Rows that need your eyes, or were left out"), "form_left_out"
        )
        self.preview.setMinimumHeight(_LINES_OF_PREVIEW * self.fontMetrics().lineSpacing())
        self.left_out.setFixedHeight(_LINES_LEFT_OUT * self.fontMetrics().lineSpacing())
        self._show_text(self.preview, "")
        self._show_text(self.left_out, "")
        self.change = self.add_deed(lambda: _("Where it goes …"), "form_change", self._ask_column)
        self.answers = self.add_deed(lambda: _("Its answers …"), "form_answers", self._ask_answers)
        self.look = self.add_deed(lambda: _("Show the first records"), "form_look", self._look)

    def _show_text(self, box: QTextEdit, text: str) -> None:
        box.setPlainText(text)
        label = self._preview_label if box is self.preview else self._left_label
        for widget in (box, label):
            widget.setVisible(bool(text))

    def _show_columns(self) -> None:
        library = self.workplace.library
        rows = []
        for number, (column, use) in enumerate(zip(self._found.columns, self._uses, strict=True)):
            goes = words.target_words(use.target, self._targets, library.latest)
            unknown = len(self._unknown(number))
            rows.append((str(number), words.column_words(use.title, goes, column.values, unknown)))
        self.columns.show_rows(rows)
        self._show_deeds()

    def _show_deeds(self) -> None:
        number = self._current()
        self.answers.setEnabled(number is not None and bool(self._no_choice(number)))
        self.dates.setVisible(self._asks_order())

    # Which column, and what of it

    def _current(self) -> int | None:
        key = self.columns.current_key()
        return int(key) if key else None

    def _no_choice(self, number: int) -> tuple[str, ...]:
        """Answers whose words are those of no choice, whatever was said of them since."""
        use = self._uses[number]
        return unknown_answers(self._found.columns[number], use.target, self.workplace.library)

    def _unknown(self, number: int) -> tuple[str, ...]:
        """Of these, the ones of which nobody has said yet what they mean."""
        return tuple(one for one in self._no_choice(number) if one not in self._uses[number].choices)

    def _asks_order(self) -> bool:
        """Whether the dates of the responses can be read in two ways, or nobody can tell how."""
        orders = {
            column.order
            for column, use in zip(self._found.columns, self._uses, strict=True)
            if use.target == uses.RECEIVED
        }
        return bool(orders & {Order.EITHER, Order.MIXED})

    def _ask_column(self) -> None:
        number = self._current()
        if number is None:
            return
        dialog = ColumnDialog(self.workplace, self._found.columns[number], self._uses[number], self)
        dialog.chosen.connect(lambda target: self._use(number, target=target, choices={}))
        self._open(dialog)

    def _ask_answers(self) -> None:
        number = self._current()
        if number is None or not (answers := self._no_choice(number)):
            return
        use = self._uses[number]
        dialog = AnswersDialog(self.workplace, self._targets[use.target], answers, dict(use.choices), self)
        dialog.kept.connect(lambda choices: self._use(number, choices=choices))
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: self.columns.setFocus(Qt.FocusReason.OtherFocusReason))
        dialog.open()

    def _use(self, number: int, **changes: Any) -> None:
        self._uses[number] = self._uses[number].model_copy(update=changes)
        self._show_columns()

    # Doing it

    def _mapping(self) -> FormMapping | None:
        """What is said on the dialog; None where something is missing, which is told."""
        self.clear_problem()
        name = clean_text(self.name.text()).strip()
        if not name:
            self.show_problem(_("Write a name for the form"), self.name)
            return None
        day_first: bool | None = None
        if self._asks_order():
            if self._order.checkedId() < 0:
                first = self._order.button(_DAY)
                self.show_problem(_("Say whether the day or the month comes first"), first)
                return None
            day_first = self._order.checkedId() == _DAY
        made = FormMapping(
            name=name,
            partner=clean_text(self.partner.text()).strip(),
            day_first=day_first,
            to_check=self.to_check.isChecked(),
            columns=tuple(self._uses),
        )
        if twice := made.twice():
            goes = words.target_words(twice, self._targets, self.workplace.library.latest)
            self.show_problem(_("Only one column can be: {goes}").format(goes=goes), self.columns)
            return None
        return made

    def start(self) -> None:
        """Brings in what was looked at; else shows it first."""
        made = self._mapping()
        if made is not None:
            self._run(made, dry=made != self._previewed)

    def _look(self) -> None:
        made = self._mapping()
        if made is not None:
            self._run(made, dry=True)

    def _run(self, made: FormMapping, dry: bool) -> None:
        self._dry = dry
        forms = self.workplace.store.web_forms
        self._show_text(self.left_out, "")
        if dry:
            self._previewed = made
        arguments = ["import-responses", self._path, "--mapping", made.name, *(["--dry-run"] if dry else [])]
        values = made.model_dump(mode="json")
        self.workplace.background.run(
            self,
            lambda: forms.keep(made.name, values),
            lambda _none: self.work(arguments, self.columns),
            lambda error: self.show_error(error, self.columns),
        )

    def report_words(self, report: dict[str, Any]) -> str:
        self._show_text(self.left_out, "\n".join(str(one) for one in report.get("left_out") or ()))
        if self._dry:
            self._show_first(report.get("first") or ())
        else:
            self._show_text(self.preview, "")
            # Once more by mistake does no harm, but shows first what would be done.
            self._previewed = None
        return words.report_words(report, self._dry)

    def _show_first(self, first: Any) -> None:
        library = self.workplace.library

        def read() -> str:
            return preview_words([(int(row), Draft.parse(body)) for row, body in first], library)

        def show(text: str) -> None:
            self._show_text(self.preview, text)
            self.fit()

        self.workplace.background.run(self, read, show, lambda error: self.show_error(error, self.columns))

"""Why a question set or code list was refused: sheet, row, column, a reason's code, and its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake_app.errors import QuestionSetRefused
from intake_app.i18n import N_, _

_SENTENCES = {
    "file_missing": N_("There is no {value} here."),
    "file_kind": N_("{value} is neither a folder of CSV files nor an .xlsx workbook."),
    "file_old_excel": N_("{value} is in the old Excel form. Open it and save it as an .xlsx workbook."),
    "file_unreadable": N_("{value} cannot be read: it is damaged, or not what its name says."),
    "file_encoding": N_("{value} is not saved as UTF-8. In Excel, choose “CSV UTF-8”."),
    "file_too_large": N_("There are more than {value} rows here."),
    "sheet_missing": N_("The sheet “{value}” is missing."),
    "sheet_empty": N_("The sheet “{value}” has no rows."),
    "column_missing": N_("The column “{value}” is missing."),
    "column_twice": N_("The column “{value}” appears twice."),
    "column_unsupported": N_("The column “{value}” is not supported here."),
    "id_missing": N_("This set has no id that can be used: “{value}”."),
    "type_missing": N_("This row has no type."),
    "type_unsupported": N_("The type “{value}” is not supported here."),
    "repeat_unsupported": N_("Repeated groups are not supported here: what repeats is an item."),
    "name_missing": N_("This row has no name."),
    "name_wrong": N_("“{value}” is not a name: use letters, digits, - and _, and begin with a letter."),
    "name_twice": N_("The name “{value}” is used twice."),
    "label_missing": N_("“{value}” has no label, so nobody could be asked it."),
    "list_missing": N_("There is no list of choices named “{value}”."),
    "list_empty": N_("The list “{value}” has no choices."),
    "code_missing": N_("A choice of the list “{value}” has no name."),
    "code_wrong": N_("The choice “{value}” has a space in its name."),
    "code_twice": N_("The choice “{value}” appears twice in its list."),
    "code_list_missing": N_("There is no code list named “{value}”."),
    "group_not_ended": N_("The group “{value}” is not ended."),
    "group_not_begun": N_("This ends a group that was not begun."),
    "place_wrong": N_("“{value}” is no place: write “before” or “after”."),
    "default_dynamic": N_("The default “{value}” is worked out on opening, which is not supported here."),
    "default_wrong": N_("The default “{value}” is not one of the choices."),
    "calculation_missing": N_("“{value}” is a calculation without one."),
    "name_unknown": N_("There is no question named “{value}”."),
    "column_unknown": N_("“{value}” is neither a question (write ${{name}}) nor a column of its choices."),
    "own_value": N_("A full stop means the answer itself and works in a constraint only."),
    "cycle": N_("These questions wait for one another: {value}."),
    "expression_empty": N_("There is nothing to work out."),
    "expression_too_long": N_("The expression is longer than {value} characters."),
    "expression_too_deep": N_("The expression has brackets more than {value} deep."),
    "expression_character": N_("The expression cannot be read from here: {value}"),
    "expression_unexpected": N_("“{value}” does not belong here."),
    "expression_unfinished": N_("The expression ends too early. {value}"),
    "function_unknown": N_("The function {value}() is not supported here."),
    "function_arguments": N_("{value} has too few or too many values between its brackets."),
    "pattern_not_literal": N_("The pattern of regex() must be written out in quotation marks."),
    "pattern_wrong": N_("The pattern cannot be read: {value}"),
    "pattern_too_heavy": N_("The pattern repeats inside a repetition and could take for ever: {value}"),
    "date_wrong": N_("“{value}” is not a date such as 2026-03-09."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason. ``row`` counts as the spreadsheet does, the heading being 1; 0 where no row is meant."""

    sheet: str
    row: int
    column: str
    reason: str
    value: str = ""

    def words(self) -> str:
        """A sentence in the language of the screens, with its place in front."""
        sentence = _(_SENTENCES[self.reason]).format(value=self.value).strip()
        if self.row and self.column:
            place = _("{sheet}, row {row}, {column}: {sentence}")
        elif self.row:
            place = _("{sheet}, row {row}: {sentence}")
        else:
            place = _("{sheet}: {sentence}") if self.sheet else "{sentence}"
        return place.format(sheet=self.sheet, row=self.row, column=self.column, sentence=sentence)


class Refusals:
    """Gathers every reason, so that an administrator mends a sheet once, not once for each row."""

    MOST = 100

    def __init__(self) -> None:
        self.found: list[Refusal] = []

    def add(self, sheet: str, row: int, column: str, reason: str, value: object = "") -> None:
        if len(self.found) < self.MOST:
            self.found.append(Refusal(sheet, row, column, reason, str(value)[:200]))

    def raise_if_any(self) -> None:
        """Raises QuestionSetRefused with all of them."""
        if self.found:
            raise refused(self.found)


def refused(refusals: Sequence[Refusal]) -> QuestionSetRefused:
    return QuestionSetRefused(refusals=tuple(refusals))


def refuse(sheet: str, reason: str, value: object = "", row: int = 0, column: str = "") -> QuestionSetRefused:
    """The error with one reason, to be raised."""
    return refused([Refusal(sheet, row, column, reason, str(value)[:200])])

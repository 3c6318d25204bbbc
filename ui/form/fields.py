"""The only map from a question's kind to what takes its answer: a new kind is one function and one line."""

from collections.abc import Callable, Mapping

from intake_app.forms.model import Kind
from ui.form.choices import Acknowledgement, CheckChoices, RadioChoices
from ui.form.context import Asking
from ui.form.control import Control
from ui.form.found_choices import FoundChoices
from ui.form.notes import Note
from ui.form.services import ServiceSearch
from ui.form.topics import TopicSearch
from ui.form.typed import TypedDate, TypedLine, TypedText, number, whole_number

MOST_BUTTONS = 9
"""A longer list is searched: it has no digit for every choice and would take a screen of its own."""

MULTILINE = "multiline"
SEARCH = "search"


def text(asking: Asking) -> Control:
    if asking.question.appearance == MULTILINE:
        return TypedText(asking)
    return TypedLine(asking)


def integer(asking: Asking) -> Control:
    return TypedLine(asking, whole_number)


def decimal(asking: Asking) -> Control:
    return TypedLine(asking, number)


def select_one(asking: Asking) -> Control:
    return FoundChoices(asking, several=False) if _is_long(asking) else RadioChoices(asking)


def select_multiple(asking: Asking) -> Control:
    return FoundChoices(asking, several=True) if _is_long(asking) else CheckChoices(asking)


def _is_long(asking: Asking) -> bool:
    question = asking.question
    return SEARCH in question.appearance.split() or len(question.choices) > MOST_BUTTONS


BUILDERS: Mapping[Kind, Callable[[Asking], Control]] = {
    Kind.NOTE: Note,
    Kind.TEXT: text,
    Kind.INTEGER: integer,
    Kind.DECIMAL: decimal,
    Kind.DATE: TypedDate,
    Kind.SELECT_ONE: select_one,
    Kind.SELECT_MULTIPLE: select_multiple,
    Kind.ACKNOWLEDGE: Acknowledgement,
    Kind.SERVICES: ServiceSearch,
    Kind.TOPICS: TopicSearch,
}
"""Every kind but CALCULATE, which nobody answers."""

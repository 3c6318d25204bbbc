"""The questions that are put to the person themselves, on paper or on a screen, in the order of the form."""

from dataclasses import dataclass

from intake_app import drafting, taking_down
from intake_app.drafting import EQUALITY, PERSON, Draft
from intake_app.forms.library import Library
from intake_app.forms.model import Kind, Question
from intake_app.forms.validation import relevant
from intake_app.taking_down import Section

BY_STAFF = frozenset({"danger_asked"})
"""Asked by a person who can act at once, and by nobody else."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and the section that it stands in."""

    section: Section
    question: Question

    @property
    def key(self) -> tuple[str, str]:
        return self.section.key, self.question.id

    @property
    def place(self) -> tuple[str, str]:
        """Where its answer is kept: the key of the sheet, and the question."""
        return self.section.sheet_key, self.question.id


def asked(draft: Draft, library: Library, item_id: str = "") -> tuple[Asked, ...]:
    """Those that apply now: what staff read out, and the free words of the details.

    What staff note or tick for themselves is not among them.
    """
    return tuple(
        Asked(section, question)
        for section in taking_down.sections(draft, library, item_id)
        for question in _that_apply(draft, section)
        if _is_for_the_person(section, question)
    )


def _that_apply(draft: Draft, section: Section) -> list[Question]:
    values = drafting.shared_values(draft, section.sheet_key)
    answers = taking_down.settled_sheet(draft, section).answers
    applies = relevant(section.question_set, answers, values)
    return [one for one in section.question_set.in_group(section.group) if one.id in applies]


def _is_for_the_person(section: Section, question: Question) -> bool:
    if not question.kind.asks or question.kind is Kind.ACKNOWLEDGE or question.id in BY_STAFF:
        return False
    own_words = section.sheet_key in (PERSON, EQUALITY) and question.kind is Kind.TEXT
    return bool(question.say) or own_words

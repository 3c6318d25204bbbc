"""Where each column of a form goes: said once by a person, kept under the form's name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import Field

from intake_app.bodies import Body
from intake_app.drafting import EQUALITY, FRAME, PERSON
from intake_app.folding import fold
from intake_app.forms.library import Library
from intake_app.forms.model import Kind, Question
from intake_app.records import FEEDBACK

BESIDE, LEAVE_OUT = "beside", "leave_out"
"""Kept in the record as it was written; and: a person decided that it is not kept at all."""
RESPONSE, RECEIVED, PARTNER, STORY = "response", "received", "partner", "story"
SERVICE, PLACE, SERVICE_ID = "service", "place", "service_id"
DANGER = "danger"
OWN = (STORY, SERVICE, PLACE, SERVICE_ID, RECEIVED, RESPONSE, PARTNER, DANGER, BESIDE, LEAVE_OUT)
ONCE = (RESPONSE, RECEIVED, PARTNER, SERVICE_ID)
"""Two columns cannot both be this."""
SHEETS = (FEEDBACK, FRAME, PERSON, EQUALITY)
_NOT_OF_A_FORM = frozenset(
    {"channel", "support", "mode", "danger_asked", "signposted_to", "signposted_how", "outcome", "services"}
)
"""What staff note of a conversation, or what has a place of its own here."""
_OTHER_KINDS = (Kind.NOTE, Kind.CALCULATE, Kind.ACKNOWLEDGE, Kind.SERVICES)
"""Nothing that a column of a form could answer."""
_NO_LETTER = re.compile(r"[\W_]+")


class ColumnUse(Body):
    """``target`` is one of ``OWN``, or a sheet and a question: ``feedback:care``.

    ``choices`` are answers as the form words them, each with the code that a person chose for it.
    """

    title: str
    target: str = BESIDE
    choices: dict[str, str] = Field(default_factory=dict)


class FormMapping(Body):
    """``day_first`` None: the dates say so themselves. ``to_check``: every response is looked through."""

    name: str
    partner: str = ""
    day_first: bool | None = None
    to_check: bool = False
    columns: tuple[ColumnUse, ...] = ()

    def use_of(self, title: str) -> ColumnUse:
        """A column that was not there when the form was set up is kept beside."""
        alike = [one for one in self.columns if plain(one.title) == plain(title)]
        exact = (one for one in alike if one.title == title)
        return next(exact, alike[0] if alike else ColumnUse(title=title))

    def missing(self, titles: Iterable[str]) -> tuple[str, ...]:
        """Columns that hold something here and that a file lacks."""
        there = {plain(one) for one in titles}
        return tuple(
            one.title
            for one in self.columns
            if one.target not in (BESIDE, LEAVE_OUT) and plain(one.title) not in there
        )

    def twice(self) -> str:
        """What two columns are said to be although only one can; empty for nothing."""
        said = [one.target for one in self.columns]
        return next((one for one in ONCE if said.count(one) > 1), "")


@dataclass(frozen=True, slots=True)
class Target:
    """A question that a column may answer."""

    sheet: str
    question: Question

    @property
    def key(self) -> str:
        return f"{self.sheet}:{self.question.id}"


def targets(library: Library) -> Mapping[str, Target]:
    """Every question of the sets that a form may have asked, by its key, in their order."""
    found = (
        Target(sheet, question)
        for sheet in SHEETS
        for question in library.latest(sheet).questions
        if question.kind not in _OTHER_KINDS and question.id not in _NOT_OF_A_FORM
    )
    return {one.key: one for one in found}


def plain(text: str) -> str:
    """For comparing titles and answers: without capitals, accents and marks."""
    return " ".join(_NO_LETTER.sub(" ", fold(text)).split())

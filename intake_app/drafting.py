"""The record that is being taken down: a draft, and what may be done to it without a screen."""

from pydantic import Field

from intake_app.bodies import Body, StoredInstant
from intake_app.people import EqualityAnswers, PersonDetails
from intake_app.records import Record


class Place(Body):
    """Where the operator was: section key, question id, caret and scroll position in the narrative."""

    section: str = ""
    item: str = ""
    question: str = ""
    caret: int = 0
    in_narrative: bool = True


class Draft(Body):
    """A record not yet finished, as it is autosaved.

    ``record.id`` is the draft's id and stays the record's. ``based_on`` is the mutation of the finished
    version being edited, empty for a new record. ``person`` is kept under seal by the store. The caller's
    number before consent is no part of a draft: it lives in memory only.
    """

    record: Record
    person: PersonDetails | None = None
    equality: EqualityAnswers | None = None
    based_on: str = ""
    parked: StoredInstant | None = None
    updated: StoredInstant | None = None
    place: Place = Field(default_factory=Place)

    @property
    def id(self) -> str:
        return self.record.id

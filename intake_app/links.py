"""A link says that a person found two records to belong together; it joins nothing and can be taken back."""

from enum import StrEnum

from intake_app.bodies import Body, StoredInstant


class Relation(StrEnum):
    """Of a follow-up, the first record of the link follows on from the second."""

    SAME_PERSON = "same_person"
    SAME_STORY = "same_story"
    FOLLOW_UP = "follow_up"


class RecordLink(Body):
    """One act of linking two records by their ids, or of taking a link back.

    ``undoes`` is the id of the link that is taken back, empty where a link is made. A link is never changed
    afterwards, so two people who link and unlink at the same time are never in conflict. ``relation`` is a
    Relation, or that of a newer program. ``by`` is a staff member's id.
    """

    id: str
    records: tuple[str, str]
    relation: str
    by: str = ""
    at: StoredInstant
    undoes: str = ""

"""A person who told us, under seal and kept apart from the story; equality answers are a third document."""

import json
from typing import Self

from intake_app.bodies import Body, StoredInstant
from intake_app.records import Joined, Sheet


class PersonDetails(Sheet):
    """The ``person`` question set's answers in the clear; only ``store.people`` opens it, with a reason."""

    id: str
    number: str = ""


class SealedPerson(Body):
    """What travels and is stored of a person.

    ``sealed`` is base64 of nonce + AES-256-GCM of PersonDetails' JSON under a key derived from the
    organisation's key. ``tags`` are HMAC-SHA256 (hexadecimal) of the E.164 number and of the lower-cased
    email, for matching without opening. ``by`` is the staff member who wrote this version; ``joined`` tells
    what a version that joins others came from, by places and never by what stands there.
    """

    id: str
    sealed: str
    tags: tuple[str, ...] = ()
    made: StoredInstant | None = None
    by: str = ""
    joined: Joined | None = None


class EqualityAnswers(Sheet):
    """Equality answers of one ``record``, apart from story and person; left out of exports by default.

    ``made``, ``by`` and ``joined`` are of this version, as of a sealed person.
    """

    id: str
    subject: str = "person"
    record: str = ""
    made: StoredInstant | None = None
    by: str = ""
    joined: Joined | None = None

    @property
    def bare(self) -> Self:
        """What was answered, without what says whose record it is and who wrote this version when."""
        return self.model_copy(update={"record": "", "made": None, "by": "", "joined": None})


def details_in(body: str) -> tuple[str, ...]:
    """The ids of the person and the equality answers that a record's body, or a draft's, tells of.

    Empty for a body that names none or cannot be read.
    """
    try:
        values = json.loads(body)
    except ValueError:
        return ()
    if isinstance(values, dict) and isinstance(values.get("record"), dict):
        values = values["record"]
    found = (values.get(name) for name in ("person", "equality")) if isinstance(values, dict) else ()
    return tuple(one for one in found if isinstance(one, str) and one)

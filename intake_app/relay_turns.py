"""One turn of a text relay call. A log of turns only ever grows: a turn is corrected by another one."""

from enum import StrEnum

from intake_app.bodies import Body, StoredInstant


class TurnBy(StrEnum):
    """Whose turn it was. The relay assistant is a role: never the person, and never the one who reports."""

    PERSON = "person"
    RELAY_ASSISTANT = "relay_assistant"
    STAFF = "staff"


class Turn(Body):
    """What was typed or heard in one turn, or which question staff read out.

    ``words`` are as they were heard. ``prompt`` is the id of the question whose words staff read out; a turn
    of staff needs neither. ``go_ahead`` and ``ends`` are the marks GA and SK; ``hold`` is "please hold".
    ``direct``: the person typed to us, with no assistant between. ``corrects`` is the id of an earlier turn
    whose words were garbled: that turn stays as it was.
    """

    id: str
    at: StoredInstant | None = None
    by: str = TurnBy.PERSON.value
    words: str = ""
    prompt: str = ""
    go_ahead: bool = False
    ends: bool = False
    hold: bool = False
    direct: bool = False
    corrects: str = ""

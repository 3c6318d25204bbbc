"""Where words were taken from: a stretch of the message that a record was made of, or of a relay turn."""

from intake_app.bodies import Body, StoredInstant


class Passage(Body):
    """Characters ``start`` to ``end`` of the message as it was read, or of the turn with the id ``turn``.

    It holds no words: those stand in the answer or story, and in the message on the computer that has it.
    """

    turn: str = ""
    start: int = 0
    end: int = 0


class MessageRef(Body):
    """The email that a record was made of, for replies and for finding others of the same exchange.

    ``id`` is its Message-ID and ``answers`` those that it refers to; ``mailbox`` names the shared mailbox
    where it was fetched, empty for a file. Nobody's address: that lies under seal.
    """

    id: str
    answers: tuple[str, ...] = ()
    mailbox: str = ""


class Reply(Body):
    """That an answer was written: when, by whom, from which template, in which language.

    ``way`` is ``file`` or ``program``. Neither the address nor the words are kept: whether it was sent is
    known to the mail program alone.
    """

    id: str
    at: StoredInstant | None = None
    by: str = ""
    template: str = ""
    language: str = ""
    way: str = ""

"""Where a record of a web form came from: which form, which response, and what no question here holds."""

from typing import Self

from intake_app.bodies import Body


class KeptAnswer(Body):
    """What somebody wrote under one title of the form and what no question here holds.

    ``question`` is what it was meant for and ``reason`` why it could not be read as its answer (see
    ``channels.webform``); both are empty where nobody said which question it answers.
    """

    title: str
    text: str
    question: str = ""
    reason: str = ""


class OnlineResponse(Body):
    """``response`` is the id that the form gave, ``partner`` the organisation on whose form it was given.

    ``digest`` is of everything that was answered: the same response with other answers is told by it.
    """

    form: str
    response: str = ""
    partner: str = ""
    digest: str = ""
    kept: tuple[KeptAnswer, ...] = ()

    @property
    def unread(self) -> tuple[KeptAnswer, ...]:
        """What somebody has to look at."""
        return tuple(one for one in self.kept if one.reason)

    def looked_through(self) -> Self:
        """Once somebody has: what they wrote stays, and nothing is to be checked any more."""
        kept = tuple(one.model_copy(update={"reason": ""}) for one in self.kept if one.text)
        return self.model_copy(update={"kept": kept})

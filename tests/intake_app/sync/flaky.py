"""A bad line between device and hub."""

import random
from collections.abc import Sequence

from intake_app.documents import Document
from intake_app.errors import HubTimedOut
from intake_app.sync.protocol import PullAnswer, PushAnswer


class Flaky:
    """Loses requests before the hub sees them and answers after it did."""

    def __init__(self, hub: object, dice: random.Random) -> None:
        self.hub, self.dice, self.loss = hub, dice, 0.0

    def _maybe_lost(self) -> None:
        if self.dice.random() < self.loss:
            raise HubTimedOut

    def push(self, documents: Sequence[Document]) -> PushAnswer:
        self._maybe_lost()
        answer = self.hub.push(documents)
        self._maybe_lost()
        return answer

    def pull(self, since: int, scope: str) -> PullAnswer:
        self._maybe_lost()
        answer = self.hub.pull(since, scope)
        self._maybe_lost()
        return answer

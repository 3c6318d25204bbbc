"""The turns that this device takes with its hub, so that a copy of its folder is found out."""

import secrets
from typing import Any

from intake_app.store import home as facts
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.times import Clock, IdMaker

BETWEEN_TURNS_MS = 3_600_000
"""A turn is a write on the hub. An hour is soon enough to find a copy."""


class Turns:
    def __init__(self, database: Database, home: Home, clock: Clock, ids: IdMaker) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids

    def begin(self) -> tuple[str, str]:
        """What the hub is to be told in this round: the turn kept, and one to be taken, empty for none.

        It is on disk before the hub hears of it: should the answer be lost, the next round says the same.
        """
        now = self._clock().utc_ms
        with self._database.read() as connection:
            turn = _turn(facts.read_fact(connection, facts.TURN))
        if turn["tried"] or 0 <= now - int(turn["at_ms"]) < BETWEEN_TURNS_MS:
            return str(turn["kept"]), str(turn["tried"])
        number = int(str(turn["kept"]).partition(".")[0] or 0) + 1
        turn["tried"] = f"{number}.{secrets.token_hex(8)}"
        with self._database.write() as connection:
            facts.write_fact(connection, facts.TURN, turn)
        return str(turn["kept"]), str(turn["tried"])

    def taken(self, tried: str) -> None:
        """The hub has answered to it."""
        if tried:
            kept = {"kept": tried, "tried": "", "at_ms": self._clock().utc_ms}
            with self._database.write() as connection:
                facts.write_fact(connection, facts.TURN, kept)

    def new_device(self) -> str:
        """The id that this copy is to have; the same until it has it, so that asking twice is harmless."""
        with self._database.write() as connection:
            asked = facts.read_fact(connection, facts.SPLIT)
            if asked is None:
                asked = self._ids()
                facts.write_fact(connection, facts.SPLIT, asked)
        return str(asked)

    def become(self, device: str, token: str) -> None:
        """The hub knows this copy by an id and a token of its own; what waits to be sent goes on waiting."""
        with self._database.write() as connection:
            enrolment = facts.read_fact(connection, facts.ENROLMENT)
            facts.write_fact(connection, facts.ENROLMENT, enrolment | {"device": device, "token": token})
            facts.write_fact(connection, facts.DEVICE, device)
            facts.write_fact(connection, facts.TURN, None)
            facts.write_fact(connection, facts.SPLIT, None)
            fresh = facts.read_home(connection, self._home.store)
        self._home.take_over(fresh)


def _turn(found: Any) -> dict[str, Any]:
    return dict(found or {"kept": "", "tried": "", "at_ms": -BETWEEN_TURNS_MS})

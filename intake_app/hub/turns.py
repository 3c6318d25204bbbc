"""Finds out that two computers use one device's identity: a copied folder, or an old copy brought back.

Now and then a device takes a *turn*: it makes up a text, keeps it, and tells the hub that its turn was
``kept`` and is to be ``tried`` from now on. Both keep the last one. A lost answer is harmless: the hub has
``tried`` then. But once a copy has taken a turn of its own, the other one's ``kept`` is out of date; it is
told so. A turn begins with its number. Where the *hub* was set back to an older copy of itself, the hub's
number is the lower one, and the device is right.
"""

from sqlalchemy import Connection, update

from intake_app.hub.errors import DeviceTwice
from intake_app.hub.scopes import Caller
from intake_app.hub.tables import DEVICES
from intake_app.sync.protocol import Turn, turn_number


def must_write(caller: Caller, turn: Turn | None) -> bool:
    """Whether ``take`` has something to keep. Raises DeviceTwice."""
    if turn is None:
        return False
    if caller.turn not in ("", turn.kept, turn.tried) and turn_number(caller.turn) >= turn_number(turn.kept):
        raise DeviceTwice
    return (turn.tried or turn.kept) != caller.turn


def take(connection: Connection, caller: Caller, turn: Turn | None) -> None:
    """Keeps the device's new turn, in the transaction of its request. Raises DeviceTwice."""
    if turn is None or not must_write(caller, turn):
        return
    wanted = turn.tried or turn.kept
    # What was read must still be there, or this very turn: of two copies that ask at once, one is the second.
    changed = connection.execute(
        update(DEVICES)
        .where(
            DEVICES.c.organisation == caller.organisation,
            DEVICES.c.device == caller.device,
            DEVICES.c.turn.in_((caller.turn, wanted)),
        )
        .values(turn=wanted)
    )
    if not changed.rowcount:
        raise DeviceTwice

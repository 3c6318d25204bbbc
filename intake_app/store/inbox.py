"""Emails that came to this computer: waiting, taken down or set aside; encrypted with everything else.

They stay on the computer that fetched them: what travels is the record that is made of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from intake_app.errors import MessageMissing
from intake_app.store import home as facts
from intake_app.store.database import Database
from intake_app.store.tables import DOCUMENT, DRAFT, MESSAGE, MESSAGE_SOURCE
from intake_app.times import Clock, IdMaker, Instant

PAGE = 200
"""Messages in a list at a time."""


class MessageState(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of a message when it comes. ``answers`` are the ids of messages that it refers to.

    ``sent`` is the sender's own date, None where that cannot be; ``reason`` set: it waits for nobody;
    ``place`` is where it lies in the shared mailbox, ``reading`` what was read of it, for ``reading`` to
    give back.
    """

    message_id: str
    answers: tuple[str, ...]
    name: str
    address: str
    subject: str
    sent: Instant | None
    sha256: str
    reading: str
    reason: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """``earlier_record`` is the record of the same sender's message that this one follows, empty for none.

    Unless ``is_here``, only its headers are: the rest waits in the mailbox.
    """

    id: str
    name: str
    address: str
    subject: str
    sent: Instant
    state: MessageState
    reason: str
    record: str
    earlier_record: str
    is_here: bool = True


# A draft that was thrown away took nobody's words down: its message waits again.
_THERE: ColumnElement[bool] = exists().where(DRAFT.c.id == MESSAGE.c.record) | exists().where(
    DOCUMENT.c.id == MESSAGE.c.record
)
_state_now = case(
    ((MESSAGE.c.state == MessageState.TAKEN) & ~_THERE, MessageState.WAITING.value), else_=MESSAGE.c.state
)
_EARLIER = MESSAGE.alias("earlier")
_ROWS = (
    select(
        MESSAGE.c.id,
        MESSAGE.c.name,
        MESSAGE.c.address,
        MESSAGE.c.subject,
        MESSAGE.c.sent_ms,
        _state_now.label("state"),
        MESSAGE.c.reason,
        MESSAGE.c.record,
        MESSAGE.c.sha256,
        func.coalesce(_EARLIER.c.record, "").label("earlier_record"),
    )
    .outerjoin(_EARLIER, _EARLIER.c.id == MESSAGE.c.earlier)
    .order_by(MESSAGE.c.sent_ms.desc(), MESSAGE.c.id.desc())
)
_LEFT = "left in the mailbox "
"""Instead of a hash: all but its headers is still in the mailbox, at its place."""
_KNOWN_ID = select(MESSAGE.c.id).where(
    MESSAGE.c.message_id == bindparam("message_id"), MESSAGE.c.address == bindparam("address")
)
_KNOWN = select(MESSAGE.c.id).where(MESSAGE.c.sha256 == bindparam("sha256"))
# Anybody can refer to any message: only what the same address wrote before counts as its thread.
_FOLLOWED = (
    select(MESSAGE.c.id)
    .where(
        MESSAGE.c.address == bindparam("address"), MESSAGE.c.message_id.in_(bindparam("ids", expanding=True))
    )
    .order_by(MESSAGE.c.sent_ms.desc())
    .limit(1)
)
_RAW = select(MESSAGE_SOURCE.c.raw).where(MESSAGE_SOURCE.c.id == bindparam("wanted"))
_READING = select(MESSAGE_SOURCE.c.reading).where(MESSAGE_SOURCE.c.id == bindparam("wanted"))
_MOST_ANSWERS = 50
_ACCOUNT, LISTED = "mailbox", "listed"


class Inbox:
    def __init__(self, database: Database, clock: Clock, ids: IdMaker) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids

    def add(self, arrived: Sequence[tuple[Arrival, bytes]]) -> frozenset[str]:
        """Keeps messages with their bytes, in one transaction; the hashes of those that were not here yet."""
        with self._database.write() as connection:
            return frozenset(one.sha256 for one, raw in arrived if self._add(connection, one, raw))

    def _add(self, connection: Connection, arrival: Arrival, raw: bytes) -> bool:
        if connection.execute(_KNOWN, {"sha256": arrival.sha256}).first() is not None:
            return False
        made, came = self._ids(), self._clock()
        sent = arrival.sent
        # A date that lies in the future would stand on top of every list for ever.
        when = came if sent is None or sent.utc_ms > came.utc_ms else sent
        connection.execute(
            insert(MESSAGE),
            {
                "id": made,
                "message_id": arrival.message_id,
                "sha256": arrival.sha256,
                "name": arrival.name,
                "address": arrival.address.lower(),
                "subject": arrival.subject,
                "sent_ms": when.utc_ms,
                "came_ms": came.utc_ms,
                "state": MessageState.ASIDE if arrival.reason else MessageState.WAITING,
                "reason": arrival.reason,
                "record": "",
                "earlier": self._earlier(connection, arrival),
                "place": arrival.place,
                "told": False,
            },
        )
        connection.execute(insert(MESSAGE_SOURCE), {"id": made, "reading": arrival.reading, "raw": raw})
        return True

    def list_only(self, arrival: Arrival) -> bool:
        """Keeps what its headers say, until ``complete``; False where it is here already."""
        left = replace(arrival, sha256=_LEFT + arrival.place)
        with self._database.write() as connection:
            asked = {"message_id": arrival.message_id, "address": arrival.address.lower()}
            if connection.execute(_KNOWN_ID, asked).first() is not None:
                return False
            return self._add(connection, left, b"")

    def left_in_mailbox(self, message: str) -> str:
        """The place of a message of which only the headers are here; empty where all of it is."""
        with self._database.read() as connection:
            asked = select(MESSAGE.c.sha256, MESSAGE.c.place).where(MESSAGE.c.id == message)
            found = connection.execute(asked).first()
        if found is None:
            raise MessageMissing
        return str(found.place) if found.sha256.startswith(_LEFT) else ""

    def complete(self, message: str, arrival: Arrival, raw: bytes) -> None:
        """All of it, in the place of its headers. Raises MessageMissing."""
        with self._database.write() as connection:
            known = connection.execute(_KNOWN, {"sha256": arrival.sha256}).scalar_one_or_none()
            # The same bytes may have come as a file meanwhile: then two rows hold one message.
            sha256 = arrival.sha256 if known in (None, message) else f"{arrival.sha256} {message}"
            changed = connection.execute(update(MESSAGE).where(MESSAGE.c.id == message).values(sha256=sha256))
            if not changed.rowcount:
                raise MessageMissing
            whole = {"reading": arrival.reading, "raw": raw}
            connection.execute(update(MESSAGE_SOURCE).where(MESSAGE_SOURCE.c.id == message).values(**whole))

    def _earlier(self, connection: Connection, arrival: Arrival) -> str:
        if not arrival.address or not arrival.answers:
            return ""
        asked = {"address": arrival.address.lower(), "ids": arrival.answers[-_MOST_ANSWERS:]}
        return connection.execute(_FOLLOWED, asked).scalar_one_or_none() or ""

    def rows(self, state: MessageState | None = None) -> tuple[InboxRow, ...]:
        """The newest first, at most ``PAGE``; of every state without one."""
        statement = _ROWS if state is None else _ROWS.where(_state_now == state.value)
        with self._database.read() as connection:
            return tuple(
                InboxRow(
                    row.id,
                    row.name,
                    row.address,
                    row.subject,
                    Instant(row.sent_ms),
                    MessageState(row.state),
                    row.reason,
                    row.record if row.state == MessageState.TAKEN else "",
                    row.earlier_record,
                    not row.sha256.startswith(_LEFT),
                )
                for row in connection.execute(statement.limit(PAGE))
            )

    def waiting(self) -> int:
        """How many nobody has looked at."""
        return self.count(MessageState.WAITING)

    def count(self, state: MessageState | None = None) -> int:
        """How many there are in this state, or in all; ``rows`` gives the newest of them."""
        asked = select(func.count()).select_from(MESSAGE)
        if state is not None:
            asked = asked.where(_state_now == state.value)
        with self._database.read() as connection:
            return int(connection.execute(asked).scalar_one())

    def source(self, message: str) -> bytes:
        """As it came. Raises MessageMissing."""
        return bytes(self._of_source(_RAW, message))

    def reading(self, message: str) -> str:
        """What was read of it when it came. Raises MessageMissing."""
        return str(self._of_source(_READING, message))

    def of_record(self, record: str) -> str:
        """The message that this record or draft was made of; empty where this computer has none."""
        asked = select(MESSAGE.c.id).where(MESSAGE.c.record == record, MESSAGE.c.state == MessageState.TAKEN)
        with self._database.read() as connection:
            return connection.execute(asked.order_by(MESSAGE.c.sent_ms).limit(1)).scalar_one_or_none() or ""

    def mailbox_of(self, message: str) -> str:
        """The name of the shared mailbox that it was fetched from; empty for one from a file."""
        with self._database.read() as connection:
            asked = select(MESSAGE.c.place).where(MESSAGE.c.id == message)
            if not connection.execute(asked).scalar_one_or_none():
                return ""
            return str((facts.read_fact(connection, _ACCOUNT) or {}).get("user", ""))

    def _of_source(self, wanted: Select[Any], message: str) -> Any:
        with self._database.read() as connection:
            found = connection.execute(wanted, {"wanted": message}).scalar_one_or_none()
        if found is None:
            raise MessageMissing
        return found

    def take_down(self, message: str, record: str) -> None:
        """It is being taken down in this record or draft. Raises MessageMissing."""
        self._set(message, state=MessageState.TAKEN, record=record, reason="")

    def set_aside(self, message: str, reason: str) -> None:
        """It is nobody's feedback, somebody says. Raises MessageMissing."""
        self._set(message, state=MessageState.ASIDE, record="", reason=reason)

    def wait_again(self, message: str) -> None:
        """Set aside or taken down by mistake. Raises MessageMissing."""
        self._set(message, state=MessageState.WAITING, record="", reason="")

    def account(self) -> dict[str, Any] | None:
        """The shared mailbox and how to get in, as ``keep_account`` was given it; None for none."""
        with self._database.read() as connection:
            found: dict[str, Any] | None = facts.read_fact(connection, _ACCOUNT)
            return found

    def keep_account(self, values: dict[str, Any] | None) -> None:
        """With its password: it is as safe here as what people say. None forgets it."""
        with self._database.write() as connection:
            facts.write_fact(connection, _ACCOUNT, values)

    def replace_in_account(self, name: str, before: str, after: str) -> str:
        """Puts ``after`` where ``before`` stands and returns what is there now; empty without an account.

        What another process has put there meanwhile stays.
        """
        with self._database.write() as connection:
            values: dict[str, Any] = facts.read_fact(connection, _ACCOUNT) or {}
            if values and values[name] == before:
                values[name] = after
                facts.write_fact(connection, _ACCOUNT, values)
            return str(values.get(name, ""))

    def note_listed(self, place: str) -> None:
        """Up to where the mailbox was listed; nothing where the account is gone meanwhile."""
        with self._database.write() as connection:
            values = facts.read_fact(connection, _ACCOUNT)
            if values:
                facts.write_fact(connection, _ACCOUNT, {**values, LISTED: place})

    def to_tell(self) -> tuple[tuple[str, str], ...]:
        """(id, place) of what was taken down and the mailbox has not been told of yet."""
        with self._database.read() as connection:
            asked = select(MESSAGE.c.id, MESSAGE.c.place).where(
                MESSAGE.c.place != "", MESSAGE.c.told == 0, _state_now == MessageState.TAKEN.value
            )
            return tuple((row.id, row.place) for row in connection.execute(asked))

    def note_told(self, message: str) -> None:
        with self._database.write() as connection:
            connection.execute(update(MESSAGE).where(MESSAGE.c.id == message).values(told=True))

    def _set(self, message: str, **values: str) -> None:
        with self._database.write() as connection:
            changed = connection.execute(update(MESSAGE).where(MESSAGE.c.id == message).values(**values))
            if not changed.rowcount:
                raise MessageMissing


def forget(connection: Connection, records: Sequence[str]) -> None:
    """The messages of records that are erased go too, as they came and what is known of them."""
    of_records = select(MESSAGE.c.id).where(MESSAGE.c.record.in_(records))
    connection.execute(delete(MESSAGE_SOURCE).where(MESSAGE_SOURCE.c.id.in_(of_records)))
    connection.execute(delete(MESSAGE).where(MESSAGE.c.record.in_(records)))

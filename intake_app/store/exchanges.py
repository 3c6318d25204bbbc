"""Which records were made of one exchange of emails: those of one sender that refer to one another."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, or_, select

from intake_app.projection.tables import RECORD
from intake_app.records import Identity, Record, RecordState
from intake_app.store.inbox import MessageState
from intake_app.store.tables import MESSAGE

_FIRST = (
    select(MESSAGE.c.id, MESSAGE.c.earlier)
    .where(MESSAGE.c.record == bindparam("own"), MESSAGE.c.state == MessageState.TAKEN.value)
    .cte("exchange", recursive=True)
)
# A message knows the earlier one of its own sender alone: a stranger's answer is in no exchange but theirs.
_EXCHANGE = _FIRST.union(
    select(MESSAGE.c.id, MESSAGE.c.earlier).join(
        _FIRST, or_(MESSAGE.c.id == _FIRST.c.earlier, MESSAGE.c.earlier == _FIRST.c.id)
    )
)
_RECORDS = (
    select(RECORD.c.id)
    .join(MESSAGE, MESSAGE.c.record == RECORD.c.id)
    .where(
        MESSAGE.c.id.in_(select(_EXCHANGE.c.id)),
        RECORD.c.organisation == bindparam("of"),
        RECORD.c.id != bindparam("own"),
        RECORD.c.identity != Identity.ANONYMOUS.value,
        RECORD.c.state == RecordState.FINISHED.value,
    )
    .order_by(RECORD.c.order_key.desc())
)


def records(connection: Connection, organisation: str, record_id: str) -> tuple[str, ...]:
    """Other finished records of the exchange that this computer's emails tell of, newest first."""
    asked = {"of": organisation, "own": record_id}
    return tuple(dict.fromkeys(connection.execute(_RECORDS, asked).scalars()))


def is_one(record: Record, other: Record) -> bool:
    """Whether the emails of two records refer to one another, or to the same one.

    Ids can be forged: it says something only of records that are one person's by their sealed address.
    """
    first, second = _ids(record), _ids(other)
    return bool(set(first) & set(second))


def _ids(record: Record) -> Sequence[str]:
    return () if record.message is None else (record.message.id, *record.message.answers)

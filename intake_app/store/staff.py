"""Who writes on this computer: several people, each with a passphrase of their own if they want one."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, bindparam, insert, select, update

from intake_app.errors import NotEntitled
from intake_app.store import home as facts
from intake_app.store import keys as key_slots
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.keys import Keys
from intake_app.store.names import name_of
from intake_app.store.summaries import StaffMember
from intake_app.store.tables import STAFF
from intake_app.text import clean_text
from intake_app.times import Clock, IdMaker, Instant

_ADD = insert(STAFF)
_ALL = select(STAFF).where(STAFF.c.left_ms.is_(None)).order_by(STAFF.c.added_ms, STAFF.c.id)
_RENAME = update(STAFF).where(STAFF.c.id == bindparam("member")).values(name=bindparam("new_name"))
_LEAVE = update(STAFF).where(STAFF.c.id == bindparam("member")).values(left_ms=bindparam("at"))


def add_first(connection: Connection, member: str, name: str, at: Instant) -> None:
    """While a store is being made."""
    row = {"id": member, "name": clean_text(name).strip(), "added_ms": at.utc_ms, "left_ms": None}
    connection.execute(_ADD, row)
    facts.write_fact(connection, facts.STAFF, member)


class StaffStore:
    """``key`` gives the store's key, needed only while a passphrase is set."""

    def __init__(
        self,
        database: Database,
        home: Home,
        clock: Clock,
        ids: IdMaker,
        folder: Path,
        key: Callable[[], bytes],
    ) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids
        self._folder = folder
        self._key = key
        self._known: StaffMember | None = None

    @property
    def current(self) -> StaffMember | None:
        """Who is at the keyboard; None until somebody gave a name. Asked once, then known."""
        known = self._known
        if known is None or known.id != self._home.staff:
            known = next((one for one in self.all() if one.id == self._home.staff), None)
            self._known = known
        return known

    def all(self) -> tuple[StaffMember, ...]:
        """In the order they were added; those who left are left out."""
        with self._database.read() as connection:
            rows = connection.execute(_ALL).all()
        with_slot = {slot.owner for slot in self._read_keys().slots if slot.kind == key_slots.PASSPHRASE}
        return tuple(StaffMember(row.id, row.name, row.id in with_slot) for row in rows)

    def name_of(self, staff_id: str) -> str:
        """Also of those who left, or write on another computer; empty for an id that is not known here."""
        with self._database.read() as connection:
            return name_of(connection, staff_id)

    def add(self, name: str, passphrase: str = "") -> StaffMember:
        """Adds somebody; with a passphrase, a way to open the store of their own.

        The first one added sits at the keyboard at once.
        """
        member = self._ids()
        row = {
            "id": member,
            "name": clean_text(name).strip(),
            "added_ms": self._clock().utc_ms,
            "left_ms": None,
        }
        with self._database.write() as connection:
            connection.execute(_ADD, row)
            if not self._home.staff:
                facts.write_fact(connection, facts.STAFF, member)
        if not self._home.staff:
            self._home.staff = member
        if passphrase:
            self.set_passphrase(member, passphrase)
        return StaffMember(member, str(row["name"]), bool(passphrase))

    def rename(self, staff_id: str, name: str) -> None:
        with self._database.write() as connection:
            connection.execute(_RENAME, {"member": staff_id, "new_name": clean_text(name).strip()})
        self._known = None

    def leave(self, staff_id: str) -> None:
        """They write here no more; their passphrase opens nothing and what they wrote keeps their name.

        Raises NotEntitled for whoever is at the keyboard, and where theirs is the only passphrase of a store
        that no keyring opens.
        """
        keys = self._read_keys()
        left = keys.without(key_slots.PASSPHRASE, staff_id)
        locked_out = not (left.has(key_slots.KEYRING) or left.has(key_slots.PASSPHRASE))
        if staff_id == self._home.staff or (left != keys and locked_out):
            raise NotEntitled(act="leave")
        with self._database.write() as connection:
            connection.execute(_LEAVE, {"member": staff_id, "at": self._clock().utc_ms})
        if left != keys:
            key_slots.write(self._folder, left)

    def switch(self, staff_id: str) -> StaffMember:
        """Somebody else sits down. Raises NotEntitled for an id that is not one of the staff here."""
        member = next((one for one in self.all() if one.id == staff_id), None)
        if member is None:
            raise NotEntitled(act="switch")
        with self._database.write() as connection:
            facts.write_fact(connection, facts.STAFF, staff_id)
        self._home.staff = staff_id
        return member

    def set_passphrase(self, staff_id: str, passphrase: str) -> None:
        """Makes or replaces this member's slot; empty takes it away.

        Raises NotEntitled where taking it away would leave the recovery code as the only way in.
        """
        self._known = None
        keys = self._read_keys()
        if passphrase:
            slot = key_slots.passphrase_slot(keys, self._key(), staff_id, passphrase)
            key_slots.write(self._folder, keys.with_slot(slot))
            return
        left = keys.without(key_slots.PASSPHRASE, staff_id)
        if not (left.has(key_slots.KEYRING) or left.has(key_slots.PASSPHRASE)):
            raise NotEntitled(act="remove_passphrase")
        key_slots.write(self._folder, left)

    def _read_keys(self) -> Keys:
        return key_slots.read(self._folder)

"""Nicknames of services as documents: given on one computer, found on all of the organisation's."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, func, select, update

from intake_app.documents import Document, Kind
from intake_app.services import nicknames as directory
from intake_app.services.nicknames import Nickname, cleaned
from intake_app.store import versions
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import DOCUMENT, VERSION
from intake_app.times import Clock, IdMaker

_AMONG = select(func.json_each(bindparam("ids")).table_valued("value").c.value)
_SHOWN = (
    select(DOCUMENT.c.id, VERSION.c.body, VERSION.c.deleted)
    .join(VERSION, VERSION.c.mutation == DOCUMENT.c.mutation)
    .where(DOCUMENT.c.kind == Kind.NICKNAME, DOCUMENT.c.id.in_(_AMONG))
)
_SPLIT = select(DOCUMENT.c.id).where(DOCUMENT.c.kind == Kind.NICKNAME, DOCUMENT.c.conflict == 1)
_SETTLED = (
    update(DOCUMENT).where(DOCUMENT.c.kind == Kind.NICKNAME, DOCUMENT.c.id.in_(_AMONG)).values(conflict=False)
)


class NicknameStore:
    def __init__(self, database: Database, home: Home, clock: Clock, ids: IdMaker) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids

    def of_service(self, service: str) -> tuple[str, ...]:
        """Oldest first, each once."""
        with self._database.read() as connection:
            return tuple(dict.fromkeys(name for _, name in directory.of_service(connection, service)))

    def add(self, service: str, name: str, by: str = "") -> str:
        """The name as it was kept; empty for no name, or for one that the service has already."""
        name = cleaned(name)
        if not name:
            return ""
        now = self._clock()
        with self._database.write() as connection:
            known = {one.casefold() for _, one in directory.of_service(connection, service)}
            if name.casefold() in known:
                return ""
            body = Nickname(service=service, name=name, made=now, by=by).to_json()
            made = self._document(self._ids(), body)
            versions.add(connection, made, None, now, by, self._home.device)
            directory.put(connection, made.id, service, name)
        return name

    def remove(self, service: str, name: str, by: str = "") -> bool:
        """On every computer; False where the service has no such nickname."""
        with self._database.write() as connection:
            given = [
                document
                for document, one in directory.of_service(connection, service)
                if one.casefold() == name.casefold()
            ]
            for document in given:
                found = versions.shown_body(connection, document, Kind.NICKNAME)
                tip = versions.shown(connection, document, Kind.NICKNAME)
                if found is not None and tip is not None:
                    gone = self._document(document, found[0], deleted=True, **versions.lineage(tip))
                    versions.add(connection, gone, tip, self._clock(), by, self._home.device)
            directory.take_away(connection, given)
        return bool(given)

    def settle(self) -> int:
        """Where two computers took the same nickname away, it is away and no question for anybody; how many.

        A nickname is given and taken away, never changed, so that its versions differ in nothing else.
        """
        with self._database.write() as connection:
            split = list(connection.execute(_SPLIT).scalars())
            directory.take_away(connection, split)
            if split:
                connection.execute(_SETTLED, {"ids": json.dumps(split)})
        return len(split)

    def _document(self, document: str, body: str, deleted: bool = False, **lineage: object) -> Document:
        base, after = lineage.get("base", 0), lineage.get("after", "")
        return Document(
            organisation=self._home.organisation.id,
            kind=Kind.NICKNAME,
            id=document,
            mutation=self._ids(),
            body=body,
            deleted=deleted,
            base=int(str(base)),
            after=str(after),
        )


def take_in(connection: Connection, documents: Iterable[str]) -> None:
    """Nickname documents whose shown version is another one than before; unreadable ones are only kept."""
    ids = list(documents)
    if not ids:
        return
    for row in connection.execute(_SHOWN, {"ids": json.dumps(ids)}).all():
        try:
            given = Nickname.parse(row.body)
        except ValueError:
            continue
        if row.deleted or not cleaned(given.name):
            directory.take_away(connection, [row.id])
        else:
            directory.put(connection, row.id, given.service, cleaned(given.name))

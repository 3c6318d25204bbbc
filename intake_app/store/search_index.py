"""Feeds the full-text index and takes records out of it, leaving no erased word behind."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, text

from intake_app.folding import index_tokens, token_line
from intake_app.projection.bulk import put_rows, put_values
from intake_app.projection.derive import Derived
from intake_app.store.tables import TEXT

_INSERT = insert(TEXT)
_FEED = "INSERT INTO record_search (rowid, words, tokens) VALUES (?, ?, ?)"
_TAKE_OUT = text(
    "INSERT INTO record_search (record_search, rowid, words, tokens) VALUES ('delete', :key, :words, :tokens)"
)
_FED = select(TEXT.c.key, TEXT.c.words, TEXT.c.tokens).where(TEXT.c.id.in_(bindparam("ids", expanding=True)))
_DELETE = delete(TEXT).where(TEXT.c.id.in_(bindparam("ids", expanding=True)))
_MARKS = "SELECT DISTINCT term FROM record_search_idx"
_OF_WHOLE_WORDS = b"0"
"""What FTS5 puts before each word; another digit stands before those of its prefix indexes."""
_BEGINS = "SELECT 1 FROM record_search WHERE record_search MATCH ? LIMIT 1"
_ANEW = "INSERT INTO record_search (record_search) VALUES ('rebuild')"
_SLICE = 500
_FLUSHES = "SAVEPOINT search_flush", "RELEASE search_flush"
"""A savepoint makes FTS5 write out what it holds back."""


def row_of(derived: Derived) -> dict[str, object]:
    """What will be fed but the key: folding takes time, so it is done before a transaction begins."""
    return {"id": derived.id, "words": index_tokens(derived.words), "tokens": derived.tokens}


def feed(connection: Connection, rows: Sequence[dict[str, object]], keys: dict[str, int]) -> None:
    """Adds records by their order keys; one already indexed must have been taken out before."""
    if rows:
        keyed = [row | {"key": keys[str(row["id"])]} for row in rows]
        put_rows(connection, _INSERT, keyed)
        put_values(connection, _FEED, [(row["key"], row["words"], row["tokens"]) for row in keyed])


def take_out(connection: Connection, ids: Sequence[str]) -> None:
    """Removes records; an id that is not indexed is no error."""
    for start in range(0, len(ids), _SLICE):
        part = list(ids[start : start + _SLICE])
        fed = connection.execute(_FED, {"ids": part}).mappings().all()
        if fed:
            _flush(connection)
            # The index needs the very words it was fed, or it keeps them.
            connection.execute(_TAKE_OUT, [dict(row) for row in fed])
            connection.execute(_DELETE, {"ids": part})
            _flush(connection)


def _flush(connection: Connection) -> None:
    # With secure-delete, one number taken out and fed again between two flushes spoils the index: a later
    # taking out leaves words behind, and those of an erased record are found again (SQLite 3.53.4, tried).
    for statement in _FLUSHES:
        connection.exec_driver_sql(statement)


def forget(connection: Connection, texts: Iterable[str]) -> None:
    """After ``take_out``: no word that only these texts had stays in the index's file.

    Between its pages FTS5 keeps a word, or its beginning, as a mark to find the right page by, and leaves it
    there when the word itself is taken out, secure-delete or not. Rarely one is of these texts: then all is
    indexed anew, within the same transaction.
    """
    words = {word for one in texts for word in token_line(one).split()}
    beginnings = {word[:length] for word in words for length in range(1, len(word) + 1)}
    marks = connection.exec_driver_sql(_MARKS).scalars()
    left = {mark[1:].decode(errors="ignore") for mark in marks if mark[:1] == _OF_WHOLE_WORDS} & beginnings
    if any(connection.exec_driver_sql(_BEGINS, (f'"{one}"*',)).first() is None for one in left):
        connection.exec_driver_sql(_ANEW)

"""Finding records: newest first, by words, reference, channel, state, service and dates of receipt."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from intake_app.folding import line_has, query, query_words
from intake_app.projection.derive import (
    NEEDS,
    UNMET,
    WAITS_FOR_TRANSLATION,
    event_token,
    month_token,
    plain,
)
from intake_app.projection.tables import SERVICE
from intake_app.records import parse_reference
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.needs import with_needs
from intake_app.store.summaries import Page, RecordQuery, RecordSummary
from intake_app.store.whereabouts import COLUMNS, JOINS, TO_SETTLE, Surroundings, draft_summary
from intake_app.times import Instant

MOST_MONTHS = 36
"""Months of a date range that are asked of the index; longer ranges are compared row by row."""

_BY_INDEX = """
FROM record_search s
CROSS JOIN projected_record p ON p.organisation = :organisation AND p.order_key = s.rowid
"""
_BY_ORDER = "FROM projected_record p"
_DRAFTS = f"""
SELECT id, order_key, reference, received_ms, parked_ms, danger, channel, services, items, first_words, words,
       tokens, CASE WHEN instr(tokens, '{NEEDS}') THEN json_extract(body, '$.record.sessions') END AS sessions
FROM draft
"""
_KNOWN_SERVICE = (
    select(SERVICE.c.service)
    .where(SERVICE.c.organisation == bindparam("organisation"), SERVICE.c.service == bindparam("service"))
    .limit(1)
)
_COUNT_WAITING = (
    f"SELECT count(*) FROM record_search WHERE record_search MATCH 'tokens : {WAITS_FOR_TRANSLATION}'"
)
_BY_TOKEN = {"untranslated": WAITS_FOR_TRANSLATION, "unmet": UNMET}
_RARE_STATE, _COMMON_STATE = "withdrawn", "finished"
_DRAFT_STATES = ("draft", "parked")


class Finder:
    """Statements are few fixed texts, run as they are: each is prepared once and nothing is built anew."""

    def __init__(self, database: Database, home: Home) -> None:
        self._database = database
        self._home = home

    def find(self, asked: RecordQuery, before: int | None, limit: int) -> Page:
        with self._database.read() as connection:
            surroundings = Surroundings(connection, self._home)
            drafts = connection.exec_driver_sql(_DRAFTS).all()
            danger: tuple[RecordSummary, ...] = ()
            if before is None:
                danger = self._in_danger(connection, surroundings, drafts)
            reference = parse_reference(asked.words)
            if reference is not None:
                hits = self._of_reference(connection, surroundings, reference)
                if hits:
                    return Page(rows=tuple(one for one in hits if not one.danger), danger=danger)
            rows: list[tuple[int, RecordSummary]] = []
            if asked.state not in (*_DRAFT_STATES, "danger"):
                rows = self._records(connection, surroundings, asked, before, limit + 1)
            if asked.include_drafts:
                rows += _fitting_drafts(drafts, asked, before)
        rows.sort(key=lambda row: row[0], reverse=True)
        page, more = rows[:limit], None
        if len(rows) > limit:
            # A draft of a later version stands where its record stands: a page never parts them.
            page += [row for row in rows[limit:] if row[0] == page[-1][0]]
            more = page[-1][0] if len(rows) > len(page) else None
        return Page(rows=tuple(one for _, one in page), more=more, danger=danger)

    def by_reference(self, typed: str) -> tuple[RecordSummary, ...]:
        reference = parse_reference(typed)
        if reference is None:
            return ()
        with self._database.read() as connection:
            return self._of_reference(connection, Surroundings(connection, self._home), reference)

    def by_ids(self, ids: Iterable[str]) -> tuple[RecordSummary, ...]:
        found: list[tuple[int, RecordSummary]] = []
        with self._database.read() as connection:
            surroundings = Surroundings(connection, self._home)
            for wanted in ids:
                found += self._run(connection, surroundings, _BY_ORDER, "AND p.id = :id", {"id": wanted}, 1)
        return _newest_first(found)

    def untranslated(self) -> int:
        """Records, with danger or without, of which a story waits for a translation."""
        with self._database.read() as connection:
            return int(connection.exec_driver_sql(_COUNT_WAITING).scalar_one())

    def _records(
        self,
        connection: Connection,
        surroundings: Surroundings,
        asked: RecordQuery,
        before: int | None,
        limit: int,
    ) -> list[tuple[int, RecordSummary]]:
        conditions = ["AND p.danger = 0"]
        values: dict[str, Any] = {}
        match = self._match(connection, asked)
        if asked.words.strip() and not query(asked.words):
            return []
        if match:
            conditions.append("AND record_search MATCH :match")
            values["match"] = match
        if before is not None:
            conditions.append("AND s.rowid < :before" if match else "AND p.order_key < :before")
            values["before"] = before
        if asked.received_from is not None:
            conditions.append("AND p.received_on >= :received_from")
            values["received_from"] = asked.received_from.isoformat()
        if asked.received_to is not None:
            conditions.append("AND p.received_on <= :received_to")
            values["received_to"] = asked.received_to.isoformat()
        if asked.state == _COMMON_STATE:
            # Nearly every record: going through a list of all of them in the index would cost half the time.
            conditions.append(f"AND p.state = '{_COMMON_STATE}'")
        if asked.state == "waiting":
            if not surroundings.enrolled:
                return []
            conditions.append("AND o.organisation = :sent_as AND o.refused = ''")
            values["sent_as"] = surroundings.organisation
        if asked.state == "quarantined":
            conditions.append("AND o.refused <> ''")
        if asked.state == "joined":
            conditions.append(
                "AND p.id IN (SELECT document FROM notice WHERE staff = :reader AND read_ms IS NULL)"
            )
            values["reader"] = self._home.staff
        if asked.state == "conflict":
            conditions.append(f"AND p.order_key IN ({TO_SETTLE})")
        source = _BY_INDEX if match else _BY_ORDER
        return self._run(connection, surroundings, source, " ".join(conditions), values, limit)

    def _match(self, connection: Connection, asked: RecordQuery) -> str:
        """The full-text expression; empty when nothing asked for is in the index."""
        words = query(asked.words)
        tokens = [plain_token for plain_token in self._tokens(connection, asked) if plain_token]
        parts = [f"words : ({words})"] if words else []
        parts += [f"tokens : ({token})" for token in tokens]
        return " AND ".join(parts)

    def _tokens(self, connection: Connection, asked: RecordQuery) -> list[str]:
        tokens = []
        if asked.channel:
            tokens.append(f'"c{plain(asked.channel)}"')
        if asked.state == _RARE_STATE:
            tokens.append(f'"s{plain(asked.state)}"')
        if asked.state in _BY_TOKEN:
            tokens.append(f'"{_BY_TOKEN[asked.state]}"')
        if asked.kind:
            tokens.append(f'"k{plain(asked.kind)}"')
        if asked.event:
            tokens.append(f'"{event_token(asked.event)}"')
        if asked.service:
            tokens.append(self._service_token(connection, asked.service))
        if asked.received_from is not None and asked.received_to is not None:
            months = _months(asked.received_from, asked.received_to)
            tokens.append(" OR ".join(f'"{month}"' for month in months))
        return tokens

    def _service_token(self, connection: Connection, service: str) -> str:
        known = {"organisation": self._home.projected_as, "service": service}
        if connection.execute(_KNOWN_SERVICE, known).first() is not None:
            return f'"i{plain(service)}"'
        words = [part for word in query_words(service) for part in word.split()]
        # Words as of a name being typed; text without any asks for a service that cannot be.
        return " ".join(f'"v{word}"*' for word in words) or '"v"'

    def _in_danger(
        self, connection: Connection, surroundings: Surroundings, drafts: Sequence[Row[Any]]
    ) -> tuple[RecordSummary, ...]:
        rows = []
        if surroundings.danger:
            rows = self._run(connection, surroundings, _BY_ORDER, "AND p.danger = 1", {}, -1)
        rows += [(row.order_key, draft_summary(row)) for row in drafts if row.danger]
        return _newest_first(rows)

    def _of_reference(
        self, connection: Connection, surroundings: Surroundings, reference: str
    ) -> tuple[RecordSummary, ...]:
        values = {"reference": reference}
        rows = self._run(connection, surroundings, _BY_ORDER, "AND p.reference = :reference", values, -1)
        drafts = connection.exec_driver_sql(f"{_DRAFTS} WHERE reference = :reference", values)
        rows += [(row.order_key, draft_summary(row)) for row in drafts]
        return _newest_first(rows)

    def _run(
        self,
        connection: Connection,
        surroundings: Surroundings,
        source: str,
        conditions: str,
        values: dict[str, Any],
        limit: int,
    ) -> list[tuple[int, RecordSummary]]:
        order = "s.rowid" if source is _BY_INDEX else "p.order_key"
        sql = (
            f"{COLUMNS} {source} {JOINS} WHERE p.organisation = :organisation {conditions} "
            f"ORDER BY {order} DESC LIMIT :limit"
        )
        bound = values | {"organisation": self._home.projected_as, "limit": limit}
        result = connection.exec_driver_sql(sql, bound)
        found = surroundings.summaries(result.cursor)
        result.close()
        return with_needs(connection, self._home.projected_as, found)


def _newest_first(rows: list[tuple[int, RecordSummary]]) -> tuple[RecordSummary, ...]:
    return tuple(one for _, one in sorted(rows, key=lambda row: row[0], reverse=True))


def _fitting_drafts(
    drafts: Sequence[Row[Any]], asked: RecordQuery, before: int | None
) -> list[tuple[int, RecordSummary]]:
    if asked.state and asked.state not in _DRAFT_STATES:
        return []
    return [
        (row.order_key, draft_summary(row))
        for row in drafts
        if (before is None or row.order_key < before) and not row.danger and _draft_fits(row, asked)
    ]


def _draft_fits(row: Row[Any], asked: RecordQuery) -> bool:
    tokens = row.tokens.split()
    received = Instant(row.received_ms).civil
    return (
        (asked.state != "parked" or row.parked_ms is not None)
        and (not asked.channel or row.channel == asked.channel)
        and (not asked.kind or "k" + plain(asked.kind) in tokens)
        and (not asked.event or event_token(asked.event) in tokens)
        and (asked.received_from is None or received >= asked.received_from)
        and (asked.received_to is None or received <= asked.received_to)
        and (not asked.service or _draft_is_about(tokens, asked.service))
        and (not asked.words.strip() or (bool(query(asked.words)) and line_has(row.words, asked.words)))
    )


def _draft_is_about(tokens: list[str], service: str) -> bool:
    words = ["v" + part for word in query_words(service) for part in word.split()]
    by_name = bool(words) and all(any(token.startswith(word) for token in tokens) for word in words)
    return by_name or "i" + plain(service) in tokens


def _months(first: date, last: date) -> list[str]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 0 < months <= MOST_MONTHS:
        return []
    start = first.year * 12 + first.month - 1
    return [
        month_token(f"{number // 12:04d}-{number % 12 + 1:02d}") for number in range(start, start + months)
    ]

"""Finding records: newest first, by words, reference, channel, state, service and dates of receipt."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, TextClause, bindparam, select, text

from intake_app.folding import line_has, query, query_words
from intake_app.projection.derive import month_token, plain
from intake_app.projection.tables import SERVICE
from intake_app.records import parse_reference
from intake_app.store import home as facts
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.summaries import Page, RecordQuery, RecordSummary, Whereabouts, WhereState
from intake_app.store.tables import DRAFT
from intake_app.times import Instant

MOST_MONTHS = 36
"""Months of a date range that are asked of the index; longer ranges are compared row by row."""

_COLUMNS = """
SELECT p.order_key, p.id, p.reference, p.received_ms, p.channel, p.services, p.first_words, p.state, p.danger,
       p.items, d.conflict, v.seq, v.received_ms AS hub_ms, v.receipt_code, o.seq AS unsent,
       o.organisation AS sent_as, o.refused
"""
_JOINS = """
JOIN document d ON d.kind = 'record' AND d.id = p.id
JOIN version v ON v.mutation = p.mutation
LEFT JOIN outbox o ON o.seq = v.seq
"""
_BY_INDEX = """
FROM record_search s
CROSS JOIN projected_record p ON p.organisation = :organisation AND p.order_key = s.rowid
"""
_BY_ORDER = "FROM projected_record p"
_DRAFTS = select(*(column for column in DRAFT.c if column.name not in ("body", "sealed")))
_KNOWN_SERVICE = (
    select(SERVICE.c.service)
    .where(SERVICE.c.organisation == bindparam("organisation"), SERVICE.c.service == bindparam("service"))
    .limit(1)
)
_RECORD_STATES = ("finished", "withdrawn")
_DRAFT_STATES = ("draft", "parked")


class Finder:
    """The statements are few and fixed texts, so that each is prepared once."""

    def __init__(self, database: Database, home: Home) -> None:
        self._database = database
        self._home = home
        self._prepared: dict[str, TextClause] = {}

    def find(self, asked: RecordQuery, before: int | None, limit: int) -> Page:
        with self._database.read() as connection:
            surroundings = _Surroundings(connection, self._home)
            danger: tuple[RecordSummary, ...] = ()
            if before is None:
                danger = self._in_danger(connection, surroundings)
            reference = parse_reference(asked.words)
            if reference is not None:
                hits = self._of_reference(connection, surroundings, reference)
                if hits:
                    return Page(rows=tuple(one for one in hits if not one.danger), danger=danger)
            rows: list[tuple[int, RecordSummary]] = []
            if asked.state not in (*_DRAFT_STATES, "danger"):
                rows = self._records(connection, surroundings, asked, before, limit + 1)
            if asked.include_drafts:
                rows += self._drafts(connection, asked, before)
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
            return self._of_reference(connection, _Surroundings(connection, self._home), reference)

    def by_ids(self, ids: Iterable[str]) -> tuple[RecordSummary, ...]:
        found: list[tuple[int, RecordSummary]] = []
        with self._database.read() as connection:
            surroundings = _Surroundings(connection, self._home)
            for wanted in ids:
                found += self._run(connection, surroundings, _BY_ORDER, "AND p.id = :id", {"id": wanted}, 1)
        return tuple(one for _, one in sorted(found, key=lambda row: row[0], reverse=True))

    def _records(
        self,
        connection: Connection,
        surroundings: "_Surroundings",
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
        if asked.state == "waiting":
            if not surroundings.enrolled:
                return []
            conditions.append("AND o.organisation = :sent_as AND o.refused = ''")
            values["sent_as"] = surroundings.organisation
        if asked.state == "conflict":
            conditions.append("AND d.conflict = 1")
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
        if asked.state in _RECORD_STATES:
            tokens.append(f'"s{plain(asked.state)}"')
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

    def _drafts(
        self, connection: Connection, asked: RecordQuery, before: int | None
    ) -> list[tuple[int, RecordSummary]]:
        if asked.state and asked.state not in _DRAFT_STATES:
            return []
        return [
            (row.order_key, _draft_summary(row))
            for row in connection.execute(_DRAFTS)
            if (before is None or row.order_key < before) and not row.danger and _draft_fits(row, asked)
        ]

    def _in_danger(self, connection: Connection, surroundings: "_Surroundings") -> tuple[RecordSummary, ...]:
        rows = self._run(connection, surroundings, _BY_ORDER, "AND p.danger = 1", {}, -1)
        drafts = connection.execute(_DRAFTS.where(DRAFT.c.danger))
        rows += [(row.order_key, _draft_summary(row)) for row in drafts]
        return tuple(one for _, one in sorted(rows, key=lambda row: row[0], reverse=True))

    def _of_reference(
        self, connection: Connection, surroundings: "_Surroundings", reference: str
    ) -> tuple[RecordSummary, ...]:
        values = {"reference": reference}
        rows = self._run(connection, surroundings, _BY_ORDER, "AND p.reference = :reference", values, -1)
        drafts = connection.execute(_DRAFTS.where(DRAFT.c.reference == reference))
        rows += [(row.order_key, _draft_summary(row)) for row in drafts]
        return tuple(one for _, one in sorted(rows, key=lambda row: row[0], reverse=True))

    def _run(
        self,
        connection: Connection,
        surroundings: "_Surroundings",
        source: str,
        conditions: str,
        values: dict[str, Any],
        limit: int,
    ) -> list[tuple[int, RecordSummary]]:
        order = "s.rowid" if source is _BY_INDEX else "p.order_key"
        sql = (
            f"{_COLUMNS} {source} {_JOINS} WHERE p.organisation = :organisation {conditions} "
            f"ORDER BY {order} DESC LIMIT :limit"
        )
        statement = self._prepared.setdefault(sql, text(sql))
        bound = values | {"organisation": self._home.projected_as, "limit": limit}
        return [
            (row.order_key, _record_summary(row, surroundings))
            for row in connection.execute(statement, bound)
        ]


class _Surroundings:
    """What every row's whereabouts depend on; read with the rows, as another process may change it."""

    def __init__(self, connection: Connection, home: Home) -> None:
        self.organisation = home.organisation.id
        self.enrolled = facts.read_fact(connection, facts.ENROLMENT) is not None
        backed_up = facts.read_fact(connection, facts.BACKED_UP) or {"seq": 0, "ms": 0}
        self._seq, self._ms = int(backed_up["seq"]), int(backed_up["ms"])

    def whereabouts(self, row: Row[Any]) -> Whereabouts:
        backed_up = Instant(self._ms) if 0 < row.seq <= self._seq else None
        at = None if row.hub_ms is None else Instant(row.hub_ms)
        return Whereabouts(self._state(row), at, row.receipt_code, backed_up)

    def _state(self, row: Row[Any]) -> WhereState:
        if row.conflict:
            return "conflict"
        if row.unsent is None:
            return "received"
        if row.refused:
            return "quarantined"
        # Taken before joining a hub, and nobody has yet said that it may be sent there.
        return "waiting" if self.enrolled and row.sent_as == self.organisation else "alone"


def _record_summary(row: Row[Any], surroundings: _Surroundings) -> RecordSummary:
    return RecordSummary(
        id=row.id,
        reference=row.reference,
        received=Instant(row.received_ms),
        channel=row.channel,
        services=tuple(row.services.split("\n")) if row.services else (),
        first_words=row.first_words,
        state=row.state,
        danger=bool(row.danger),
        items=row.items,
        where=surroundings.whereabouts(row),
    )


def _draft_summary(row: Row[Any]) -> RecordSummary:
    return RecordSummary(
        id=row.id,
        reference=row.reference,
        received=Instant(row.received_ms),
        channel=row.channel,
        services=tuple(row.services.split("\n")) if row.services else (),
        first_words=row.first_words,
        state="draft" if row.parked_ms is None else "parked",
        danger=row.danger,
        items=row.items,
        where=Whereabouts("draft"),
    )


def _draft_fits(row: Row[Any], asked: RecordQuery) -> bool:
    tokens = row.tokens.split()
    received = Instant(row.received_ms).civil
    return (
        (asked.state != "parked" or row.parked_ms is not None)
        and (not asked.channel or row.channel == asked.channel)
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

"""The first page of several kinds of search, each beside a raw full-text query for the same."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from big_store import (
    CHANNELS,
    SEED,
    MovingClock,
    opened,
    raw_connection,
    say,
    shared_store,
    some_words,
    vocabulary,
)
from rows import Row, median, milliseconds, percentile

from intake_app.folding import query
from intake_app.projection.derive import plain
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery

QUERIES = 200
FIRST_PAGE = 50
TIMES, MANY = 2.0, 1_000_000
"""Of the raw query that reads its rows too, where there are many: no list is shown from numbers alone."""
TIMES_NUMBERS, COMBINED = 3.0, "words + channel + state"
_ROWID = "SELECT rowid FROM record_search WHERE record_search MATCH ? ORDER BY rowid DESC LIMIT ?"
_WORDS = f"SELECT rowid, words, tokens {_ROWID.removeprefix('SELECT rowid')}"


@dataclass(frozen=True)
class Took:
    """Milliseconds of every query: ours, the raw one with its rows, the raw one with row numbers only."""

    ours: list[float]
    rows: list[float]
    numbers: list[float]


def rows(options: Any) -> Iterator[Row]:
    folder, _env = shared_store(options.shared, options.records)
    with opened(folder, MovingClock(options.records)) as store:
        for what, asked in KINDS.items():
            took = measured(store, list(asked(QUERIES)), options.rounds)
            yield from _rows(what, options.records, took)


def _rows(kind: str, records: int, took: Took) -> Iterator[Row]:
    what = f"{kind}, {records:,} narratives, first page, p95"
    first, limit, bare = (percentile(one, 95) for one in (took.ours, took.rows, took.numbers))
    with_rows = TIMES if records >= MANY else None
    yield Row(what, first, "raw FTS5 newest first that reads its rows, p95", limit, times=with_rows)
    numbers = TIMES_NUMBERS if kind == COMBINED else None
    yield Row("the same", first, "raw FTS5, row numbers only, p95", bare, times=numbers)
    first, _limit, bare = (median(one) for one in (took.ours, took.rows, took.numbers))
    yield Row("the same, median", first, "raw FTS5, row numbers only, median", bare)


def measured(store: Store, queries: list[RecordQuery], rounds: int) -> Took:
    """Every query in three ways, one after the other, so that whatever else goes on meets all alike.

    Raises RuntimeError where ours finds another number of records than the raw query.
    """
    connection = raw_connection(store)
    ours: list[Callable[[], object]] = []
    whole, numbers = [], []
    for asked in queries:
        ours.append(partial(store.records.find, asked, None, FIRST_PAGE))
        given = (matched(asked), FIRST_PAGE + 1)
        whole.append(partial(_all, connection, _WORDS, given))
        numbers.append(partial(_all, connection, _ROWID, given))
        found, expected = store.records.find(asked, None, FIRST_PAGE), _all(connection, _ROWID, given)
        if len(found.rows) != min(len(expected), FIRST_PAGE):
            raise RuntimeError(f"{asked}: {len(found.rows)} found, {len(expected)} expected")
    say(f"{len(queries)} queries, {rounds} times each")
    took = _side_by_side((ours, whole, numbers), rounds)
    connection.close()
    return Took(*took)


def filtered(count: int) -> Iterator[RecordQuery]:
    """One to three words: the commonest, those that most stories lack, and beginnings of either."""
    chance = random.Random(SEED)
    for _ in range(count):
        words = some_words(chance, chance.choice((1, 1, 2, 2, 3)))
        if chance.random() < 0.3:
            words[-1] = chance.choice(vocabulary()[:2_000])
        yield RecordQuery(words=" ".join(words), channel=chance.choice(CHANNELS), state="finished")


def whole_words(count: int) -> Iterator[RecordQuery]:
    chance = random.Random(SEED)
    for _ in range(count):
        yield RecordQuery(words=f"{_word(chance)} ")


def beginnings(count: int) -> Iterator[RecordQuery]:
    """Two to four letters, as after the first pause in typing."""
    chance = random.Random(SEED)
    for _ in range(count):
        yield RecordQuery(words=_word(chance)[: chance.randint(2, 4)])


def pairs(count: int) -> Iterator[RecordQuery]:
    chance = random.Random(SEED)
    for _ in range(count):
        yield RecordQuery(words=f"{_word(chance)} {_word(chance)} ")


KINDS: dict[str, Callable[[int], Iterator[RecordQuery]]] = {
    "a word": whole_words,
    "the beginning of a word": beginnings,
    "two words": pairs,
    COMBINED: filtered,
}


def matched(asked: RecordQuery) -> str:
    """The full-text expression that asks for the same."""
    parts = [f"words : ({query(asked.words)})"]
    if asked.channel:
        parts.append(f'tokens : ("c{plain(asked.channel)}")')
    if asked.state:
        parts.append(f'tokens : ("s{plain(asked.state)}")')
    return " AND ".join(parts)


def _word(chance: random.Random) -> str:
    """As common as in speech, or one of the two thousand commonest."""
    return some_words(chance, 1)[0] if chance.random() < 0.5 else chance.choice(vocabulary()[:2_000])


def _all(connection: Any, statement: str, given: tuple[str, int]) -> list[Any]:
    return list(connection.execute(statement, given))


def _side_by_side(ways: tuple[list[Callable[[], object]], ...], rounds: int) -> list[list[float]]:
    took: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds):
        for one in zip(*ways, strict=True):
            for way, work in enumerate(one):
                took[way].append(milliseconds(work))
    return took

"""The first page for words, channel and state together, beside a raw full-text query for the same."""

import random
from collections.abc import Callable, Iterator
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
from intake_app.store.summaries import RecordQuery

QUERIES = 200
FIRST_PAGE = 50
_ROWID = "SELECT rowid FROM record_search WHERE record_search MATCH ? ORDER BY rowid DESC LIMIT ?"
_WORDS = f"SELECT rowid, words, tokens {_ROWID.removeprefix('SELECT rowid')}"


def rows(options: Any) -> Iterator[Row]:
    folder, _env = shared_store(options.shared, options.records)
    with opened(folder, MovingClock(options.records)) as store:
        connection = raw_connection(store)
        ours: list[Callable[[], object]] = []
        whole, numbers = [], []
        for asked in queries():
            ours.append(partial(store.records.find, asked, None, FIRST_PAGE))
            given = (matched(asked), FIRST_PAGE + 1)
            whole.append(partial(_all, connection, _WORDS, given))
            numbers.append(partial(_all, connection, _ROWID, given))
            found, expected = store.records.find(asked, None, FIRST_PAGE), _all(connection, _ROWID, given)
            if len(found.rows) != min(len(expected), FIRST_PAGE):
                raise RuntimeError(f"{asked}: {len(found.rows)} found, {len(expected)} expected")
        say(f"{QUERIES} queries, {options.rounds} times each")
        took = _side_by_side((ours, whole, numbers), options.rounds)
        connection.close()
    what = f"words + channel + state, {options.records:,} narratives, first page, p95"
    first, limit, bare = (percentile(one, 95) for one in took)
    yield Row(what, first, "raw FTS5 newest first, row numbers only, p95", bare, times=3)
    yield Row("the same", first, "raw FTS5 that reads its rows too, p95", limit)
    first, _limit, bare = (median(one) for one in took)
    yield Row("the same, median", first, "raw FTS5 newest first, row numbers only, median", bare)


def queries() -> Iterator[RecordQuery]:
    """One to three words: the commonest, those that most stories lack, and beginnings of either."""
    chance = random.Random(SEED)
    for _ in range(QUERIES):
        words = some_words(chance, chance.choice((1, 1, 2, 2, 3)))
        if chance.random() < 0.3:
            words[-1] = chance.choice(vocabulary()[:2_000])
        yield RecordQuery(words=" ".join(words), channel=chance.choice(CHANNELS), state="finished")


def matched(asked: RecordQuery) -> str:
    channel, state = f'"c{plain(asked.channel)}"', f'"s{plain(asked.state)}"'
    return f"words : ({query(asked.words)}) AND tokens : ({channel}) AND tokens : ({state})"


def _all(connection: Any, statement: str, given: tuple[str, int]) -> list[Any]:
    return list(connection.execute(statement, given))


def _side_by_side(ways: tuple[list[Callable[[], object]], ...], rounds: int) -> list[list[float]]:
    """Each query in every way before the next one, so that whatever else goes on meets all alike."""
    took: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds):
        for one in zip(*ways, strict=True):
            for way, work in enumerate(one):
                took[way].append(milliseconds(work))
    return took
